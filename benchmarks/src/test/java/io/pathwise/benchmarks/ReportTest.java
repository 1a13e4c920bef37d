package io.pathwise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of docs/benchmarks.md are replaced between their markers and nowhere else. */
class ReportTest {
  private static final String DOCUMENT =
      "before\n<!-- steps -->\n| old |\n<!-- /steps -->\nafter\n";

  @Test
  void whatStandsBetweenTheMarkersIsReplacedAndTheRestKept() {
    assertThat(Report.replaced(DOCUMENT, "steps", "| new |\n| newer |\n"))
        .isEqualTo("before\n<!-- steps -->\n| new |\n| newer |\n<!-- /steps -->\nafter\n");
  }

  @Test
  void aDocumentWithoutTheMarkersIsRefused() {
    assertThatThrownBy(() -> Report.replaced(DOCUMENT, "noise", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no lines <!-- noise --> and, after it, <!-- /noise -->");
  }

  @ParameterizedTest
  @ValueSource(strings = {"schemes", "estimators", "steps", "noise", "gradients", "calibration"})
  void theDocumentHasTheMarkersOfEveryProgram(String name) throws IOException {
    String document = Files.readString(Path.of("..", "docs", "benchmarks.md"));
    assertThat(Report.replaced(document, name, "")).contains("<!-- " + name + " -->\n<!-- /");
  }

  @Test
  void anArgumentThatNobodyKnowsIsRefused() {
    assertThatThrownBy(() -> new Report("steps", "--updat"))
        .hasMessage("argument --updat, expected --update and perhaps a remark, or nothing");
  }

  @ParameterizedTest
  @CsvSource({"0.012345, 0.0123", "1.2345, 1.23", "12.345, 12.3", "1234.5, 1235", "9.996, 10.00"})
  void numbersAreShownWithThreeDigits(double value, String shown) {
    assertThat(Report.three(value)).isEqualTo(shown);
  }
}
