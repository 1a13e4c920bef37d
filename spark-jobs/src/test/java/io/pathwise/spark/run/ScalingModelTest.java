package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The table of docs/scaling.md is what the model says; {@code -Dpathwise.update=true} writes it.
 */
class ScalingModelTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("pathwise.root"), "docs", "scaling.md");
  private static final String BEGIN = "<!-- model -->\n";
  private static final String END = "<!-- /model -->\n";

  /** What was measured, as the document says. */
  private static ScalingModel model(int executors) {
    return new ScalingModel(
        executors, 4, 0.1, 0.27, 0.01, 1.5, 2.0, TaskSizes.DRIVER_SECONDS_A_TASK);
  }

  private static String table() {
    StringBuilder out =
        new StringBuilder(
            "| executors | cores | 1 min a core: time | efficiency | driver busy | 10 min a core: time"
                + " | efficiency | driver busy |\n|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    for (int executors : new int[] {1, 2, 10, 100, 300, 1000, 3000}) {
      int cores = 4 * executors;
      ScalingModel.Outcome one = model(executors).run(600L * cores);
      ScalingModel.Outcome ten = model(executors).run(6000L * cores);
      out.append(
          String.format(
              Locale.ROOT,
              "| %,d | %,d | %.0f s | %.2f | %.2f | %.0f s | %.2f | %.2f |%n",
              executors,
              cores,
              one.seconds(),
              one.efficiency(),
              one.driver(),
              ten.seconds(),
              ten.efficiency(),
              ten.driver()));
    }
    return out.toString();
  }

  @Test
  void theTableOfTheDocumentIsThatOfTheModel() throws IOException {
    String text = Files.readString(DOCUMENT);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    String updated = text.substring(0, begin) + table() + text.substring(end);
    if (Boolean.getBoolean("pathwise.update")) {
      Files.writeString(DOCUMENT, updated);
    }
    assertThat(DOCUMENT).content().isEqualTo(updated);
  }

  @Test
  void aDriverKeepsUpWithAHundredExecutorsAndNotWithThreeThousand() {
    ScalingModel.Outcome hundred = model(100).run(6000L * 400);
    assertThat(hundred.efficiency()).isGreaterThan(0.9);
    assertThat(hundred.driver()).isLessThan(0.8);
    assertThat(model(3000).run(6000L * 12_000).driver()).isGreaterThan(0.95);
  }
}
