package io.pathwise.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.spark.job.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void linesComeAboutEveryTenSeconds() {
    StringWriter text = new StringWriter();
    AtomicLong clock = new AtomicLong(5 * SECOND);
    try (Progress progress = new ProgressLines(new PrintWriter(text), clock::get)) {
      progress.begin(1000);
      progress.advance(100, 25_200);
      clock.addAndGet(10 * SECOND);
      progress.advance(100, 25_200);
      clock.addAndGet(9 * SECOND);
      progress.advance(100, 25_200);
      clock.addAndGet(SECOND);
      progress.advance(100, 25_200);
    }
    assertThat(text.toString().lines())
        .containsExactly(
            "200 of 1000 paths, 5.04e+03 path-steps/s, 40 s left",
            "400 of 1000 paths, 5.04e+03 path-steps/s, 30 s left");
  }

  @Test
  void aShortRunPrintsNoLine() {
    StringWriter text = new StringWriter();
    try (Progress progress = new ProgressLines(new PrintWriter(text), () -> 0)) {
      progress.begin(10);
      progress.advance(10, 100);
    }
    assertThat(text.toString()).isEmpty();
  }

  @Test
  void theBarShowsThePathsDoneAndEndsOnce() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ProgressBarDisplay bar =
        new ProgressBarDisplay(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    bar.advance(1, 1);
    bar.begin(1000);
    bar.advance(1000, 252_000);
    bar.close();
    int length = bytes.size();
    bar.close();
    bar.advance(1, 1);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("paths", "1000/1000");
    assertThat(bytes.size()).isEqualTo(length);
  }

  @Test
  void noProgressTellsNobody() {
    try (Progress progress = Progress.none()) {
      progress.begin(1);
      progress.advance(1, 1);
    }
  }
}
