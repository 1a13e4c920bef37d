package io.pathwise.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FitReportTest {
  private static FitReport report(SortedMap<Integer, List<FitReport.Step>> starts) {
    return new FitReport(
        "desk <1>",
        List.of(List.of("status", "DONE"), List.of("error", "a & b")),
        new ResultTable(
            List.of("parameter", "value", "std_err"),
            List.of(List.of("v0", 0.04, 0.001), Arrays.asList("kappa", 2.0, null))),
        List.of(
            new FitReport.Quote("small", 90, 0.5, 0.25, 0.251),
            new FitReport.Quote("large", 110, 0.5, 0.20, 0.23),
            new FitReport.Quote("alone", 100, 1, 0.22, 0.219)),
        starts,
        new ResultTable(List.of("metric", "value"), List.of(List.of("condition_number", 12.5))));
  }

  private static long count(String page, String text) {
    return Pattern.compile(Pattern.quote(text)).matcher(page).results().count();
  }

  @Test
  void thePageHasASmileAnExpiryTheResidualsAndThePathOfTheObjective() {
    SortedMap<Integer, List<FitReport.Step>> starts = new TreeMap<>();
    starts.put(0, List.of(new FitReport.Step(0, 100), new FitReport.Step(1, 10)));
    String page = report(starts).html();
    assertThat(count(page, "<svg")).isEqualTo(4);
    assertThat(count(page, "</svg>")).isEqualTo(4);
    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .doesNotContain("<?xml")
        .doesNotContain("<!DOCTYPE svg")
        .contains("condition_number")
        .contains("<td>kappa</td><td>2</td><td></td>");
    assertThat(page.indexOf("large")).isLessThan(page.indexOf("small"));
  }

  @Test
  void textIsEscaped() {
    assertThat(report(new TreeMap<>()).html())
        .contains("<title>desk &lt;1&gt;</title>")
        .contains("a &amp; b");
  }
}
