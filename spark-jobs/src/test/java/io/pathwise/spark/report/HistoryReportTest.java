package io.pathwise.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HistoryReportTest {
  private static HistoryReport report(List<List<Object>> parameters, String... series) {
    SortedMap<String, List<HistoryReport.Point>> observed = new TreeMap<>();
    for (String name : series) {
      observed.put(name, List.of(new HistoryReport.Point(0, 100), new HistoryReport.Point(1, 110)));
    }
    return new HistoryReport(
        "desk <1>",
        List.of(List.of("status", "DONE")),
        new ResultTable(List.of("parameter", "value", "std_err"), parameters),
        observed,
        new ResultTable(List.of("metric", "value"), List.of(List.of("log-likelihood", 12.5))));
  }

  @Test
  void severalSeriesHaveTheirCorrelationsWithStandardErrors() {
    String page =
        report(
                List.of(
                    List.of("rho-B-A", 0.25, 0.01),
                    Arrays.asList("spot-A", 100.0, null),
                    Arrays.asList("spot-B", 50.0, null)),
                "A",
                "B")
            .html();
    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .contains("<title>desk &lt;1&gt;</title>")
        .contains("<td>A</td><td>1</td><td>0.250 ± 0.010</td>")
        .contains("<td>B</td><td>0.250 ± 0.010</td><td>1</td>")
        .contains("<td>log-likelihood</td><td>12.5</td>")
        .contains("<svg");
  }

  @Test
  void oneSeriesHasNoCorrelations() {
    String page = report(List.of(List.of("sigma", 0.2, 0.01)), "close").html();
    assertThat(page).doesNotContain("Correlations").contains("<td>sigma</td>").contains("<svg");
  }
}
