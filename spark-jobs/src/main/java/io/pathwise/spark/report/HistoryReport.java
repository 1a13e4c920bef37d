package io.pathwise.spark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The page of a calibration to a history: estimates with standard errors, the correlation matrix
 * where there are several series, the series themselves and the likelihood. One HTML file with
 * everything in it.
 *
 * @param title names the run
 * @param facts of the run, a row a fact: name and value
 * @param parameters the estimates: name, value and standard error come first
 * @param series the observations by name
 * @param likelihood log-likelihood, number of observations and the like: metric and value
 */
public record HistoryReport(
    String title,
    List<List<Object>> facts,
    ResultTable parameters,
    SortedMap<String, List<Point>> series,
    ResultTable likelihood) {

  private static final int WIDTH = 840;
  private static final int HEIGHT = 360;
  private static final String SPOT = "spot-";
  private static final String CORRELATION = "rho-";

  /**
   * An observation.
   *
   * @param number of the row
   * @param value of the series
   */
  public record Point(long number, double value) {}

  /** The page. */
  public String html() {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(FitReport.escaped(title))
        .append("</title><style>\n")
        .append(FitReport.STYLE)
        .append("</style></head><body>\n<h1>")
        .append(FitReport.escaped(title))
        .append("</h1>\n")
        .append(FitReport.table(new ResultTable(List.of("run", ""), facts)))
        .append("<h2>Parameters</h2>\n")
        .append(FitReport.table(parameters));
    correlations()
        .ifPresent(
            matrix ->
                page.append("<h2>Correlations with standard errors</h2>\n")
                    .append(FitReport.table(matrix)));
    return page.append("<h2>Series</h2>\n")
        .append(chart())
        .append("<h2>Likelihood</h2>\n")
        .append(FitReport.table(likelihood))
        .append("</body></html>\n")
        .toString();
  }

  /** The correlation matrix of the assets there are. */
  private Optional<ResultTable> correlations() {
    List<String> assets =
        names().stream()
            .filter(name -> name.startsWith(SPOT))
            .map(name -> name.substring(SPOT.length()))
            .toList();
    if (assets.size() < 2) {
      return Optional.empty();
    }
    List<String> columns = new ArrayList<>(List.of(""));
    columns.addAll(assets);
    List<List<Object>> rows = new ArrayList<>();
    for (String asset : assets) {
      List<Object> cells = new ArrayList<>(List.of(asset));
      for (String other : assets) {
        cells.add(asset.equals(other) ? "1" : correlation(asset, other));
      }
      rows.add(cells);
    }
    return Optional.of(new ResultTable(columns, rows));
  }

  private List<String> names() {
    return parameters.rows().stream().map(row -> String.valueOf(row.get(0))).toList();
  }

  private String correlation(String a, String b) {
    for (String name : List.of(CORRELATION + a + "-" + b, CORRELATION + b + "-" + a)) {
      int at = names().indexOf(name);
      if (at >= 0) {
        List<Object> row = parameters.rows().get(at);
        String value = digits(row.get(1));
        return row.get(2) == null ? value : value + " ± " + digits(row.get(2));
      }
    }
    return "";
  }

  private static String digits(Object cell) {
    return String.format(Locale.ROOT, "%.3f", ((Number) cell).doubleValue());
  }

  /** The series over the number of the row; of several, each over its first value. */
  private String chart() {
    boolean several = series.size() > 1;
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(several ? "observations, the first is 1" : "observations")
            .xAxisTitle("row")
            .yAxisTitle(several ? "value over the first" : "value")
            .build();
    for (Map.Entry<String, List<Point>> entry : series.entrySet()) {
      List<Point> points = entry.getValue();
      double unit = several ? points.get(0).value() : 1;
      chart
          .addSeries(
              entry.getKey(),
              points.stream().map(point -> (double) point.number()).toList(),
              points.stream().map(point -> point.value() / unit).toList())
          .setMarker(SeriesMarkers.NONE);
    }
    return FitCharts.svg(chart);
  }
}
