package io.pathwise.spark.cli;

import io.pathwise.spark.job.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on the terminal: paths done, path-steps a second, time left. */
final class ProgressBarDisplay implements Progress {
  private static final int MILLIS = 250;
  private static final int WIDTH = 100;

  private final PrintStream terminal;
  private final AtomicLong pathSteps = new AtomicLong();
  private volatile ProgressBar bar;
  private volatile long started;

  ProgressBarDisplay(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public void begin(long totalPaths) {
    started = System.nanoTime();
    bar =
        new ProgressBarBuilder()
            .setTaskName("paths")
            .setInitialMax(totalPaths)
            .setUpdateIntervalMillis(MILLIS)
            .setMaxRenderedLength(WIDTH)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(terminal))
            .build();
  }

  @Override
  public void advance(long paths, long steps) {
    long total = pathSteps.addAndGet(steps);
    double seconds = Math.max(1e-9, (System.nanoTime() - started) / 1e9);
    ProgressBar shown = bar;
    if (shown != null) {
      shown.setExtraMessage(String.format(Locale.ROOT, " %.3g path-steps/s", total / seconds));
      shown.stepBy(paths);
    }
  }

  /** Above the bar, which the next update draws again. */
  @Override
  public void note(String text) {
    terminal.print("\r" + " ".repeat(WIDTH) + "\r");
    terminal.println("note: " + text);
  }

  @Override
  public void close() {
    ProgressBar shown = bar;
    bar = null;
    if (shown != null) {
      shown.close();
    }
  }
}
