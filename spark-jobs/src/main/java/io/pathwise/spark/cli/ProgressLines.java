package io.pathwise.spark.cli;

import io.pathwise.spark.job.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A plain line about every ten seconds, for logs. */
final class ProgressLines implements Progress {
  private static final double SECONDS_BETWEEN = 10;

  private final PrintWriter out;
  private final LongSupplier nanos;
  private long total;
  private long paths;
  private long pathSteps;
  private long started;
  private long printed;

  /**
   * A display.
   *
   * @param nanos a clock in nanoseconds
   */
  ProgressLines(PrintWriter out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
  }

  @Override
  public synchronized void begin(long totalPaths) {
    total = totalPaths;
    started = nanos.getAsLong();
    printed = started;
  }

  @Override
  public synchronized void advance(long morePaths, long moreSteps) {
    paths += morePaths;
    pathSteps += moreSteps;
    long now = nanos.getAsLong();
    if ((now - printed) / 1e9 >= SECONDS_BETWEEN && paths > 0) {
      printed = now;
      double seconds = (now - started) / 1e9;
      double left = seconds * (total - paths) / paths;
      out.println(
          String.format(
              Locale.ROOT,
              "%d of %d paths, %.3g path-steps/s, %.0f s left",
              paths,
              total,
              pathSteps / seconds,
              left));
      out.flush();
    }
  }

  @Override
  public synchronized void note(String text) {
    out.println("note: " + text);
    out.flush();
  }

  @Override
  public void close() {}
}
