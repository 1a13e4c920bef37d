package io.pathwise.spark.run;

import io.pathwise.spark.job.Progress;
import io.pathwise.spark.table.RunRow;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes progress on and keeps the run's row in {@code runs} up to date: the first one after two
 * seconds, then one for every percent, at most every half minute.
 */
final class RunningRow implements Progress {
  private static final Logger LOG = LoggerFactory.getLogger(RunningRow.class);
  private static final long FIRST_MS = 2_000;
  private static final long NEXT_MS = 30_000;
  private static final double STEP = 0.01;

  private final Progress display;
  private final BiFunction<Double, Long, RunRow> row;
  private final Consumer<RunRow> writer;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "pathwise-progress");
            thread.setDaemon(true);
            return thread;
          });
  private final ScheduledFuture<?> updates;
  private long total = 1;
  private long paths;
  private long pathSteps;
  private double written = -1;

  /**
   * Starts to keep a row.
   *
   * @param display who else is told
   * @param row makes the row from the fraction done and the path-steps taken
   */
  RunningRow(Progress display, BiFunction<Double, Long, RunRow> row, Consumer<RunRow> writer) {
    this.display = display;
    this.row = row;
    this.writer = writer;
    this.updates =
        clock.scheduleWithFixedDelay(this::write, FIRST_MS, NEXT_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void begin(long totalPaths) {
    synchronized (this) {
      total = Math.max(1, totalPaths);
      paths = 0;
    }
    display.begin(totalPaths);
  }

  @Override
  public void advance(long more, long moreSteps) {
    synchronized (this) {
      paths += more;
      pathSteps += moreSteps;
    }
    display.advance(more, moreSteps);
  }

  @Override
  public void note(String text) {
    display.note(text);
  }

  /** The fraction of the work that is done. */
  synchronized double fraction() {
    return Math.min(1, (double) paths / total);
  }

  private synchronized long pathSteps() {
    return pathSteps;
  }

  private void write() {
    double now = fraction();
    if (now - written < STEP) {
      return;
    }
    try {
      writer.accept(row.apply(now, pathSteps()));
      written = now;
    } catch (RuntimeException e) {
      LOG.warn("the progress of the run could not be written: {}", e.getMessage());
    }
  }

  /** Returns once no more rows come. Who else is told is not closed. */
  @Override
  public void close() {
    updates.cancel(false);
    clock.shutdown();
    try {
      if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("the progress of the run is still being written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
