package io.pathwise.spark.report;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The pictures of a fit, as SVG elements to stand in an HTML page. */
final class FitCharts {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 300;
  private static final int MOST_STARTS = 20;
  private static final Color[] BELOW_TO_ABOVE = {
    new Color(33, 102, 172), new Color(247, 247, 247), new Color(178, 24, 43)
  };
  private static final Pattern DIGITS = Pattern.compile("(\\d\\.\\d\\d)\\d+");

  private FitCharts() {}

  /** Market and model of one expiry over the strike. */
  static String smile(double expiry, List<FitReport.Quote> quotes) {
    List<FitReport.Quote> sorted =
        quotes.stream().sorted(Comparator.comparingDouble(FitReport.Quote::strike)).toList();
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(digits(expiry) + " years")
            .xAxisTitle("strike")
            .yAxisTitle("quote")
            .build();
    List<Double> strikes = sorted.stream().map(FitReport.Quote::strike).toList();
    XYSeries market =
        chart.addSeries("market", strikes, sorted.stream().map(FitReport.Quote::market).toList());
    market.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart
        .addSeries("model", strikes, sorted.stream().map(FitReport.Quote::model).toList())
        .setMarker(SeriesMarkers.NONE);
    return svg(chart);
  }

  /** Residuals by strike and expiry; where there is no quote, nothing. */
  static String residuals(List<FitReport.Quote> quotes) {
    SortedMap<Double, Integer> strikes = positions(quotes.stream().map(q -> q.strike()).toList());
    SortedMap<Double, Integer> expiries = positions(quotes.stream().map(q -> q.expiry()).toList());
    List<Number[]> cells = new ArrayList<>();
    for (FitReport.Quote quote : quotes) {
      cells.add(
          new Number[] {
            strikes.get(quote.strike()),
            expiries.get(quote.expiry()),
            quote.model() - quote.market()
          });
    }
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(2 * WIDTH)
            .height(HEIGHT)
            .title("model less market")
            .xAxisTitle("strike")
            .yAxisTitle("expiry (years)")
            .build();
    double largest =
        quotes.stream().mapToDouble(q -> Math.abs(q.model() - q.market())).max().orElse(1);
    chart.getStyler().setRangeColors(BELOW_TO_ABOVE);
    chart.getStyler().setMin(-largest);
    chart.getStyler().setMax(largest);
    chart.getStyler().setHeatMapDecimalValueFormatter(FitCharts::digits);
    chart.addSeries("residual", labels(strikes), labels(expiries), cells);
    return svg(chart);
  }

  private static SortedMap<Double, Integer> positions(List<Double> values) {
    SortedMap<Double, Integer> positions = new TreeMap<>();
    values.forEach(value -> positions.put(value, 0));
    int next = 0;
    for (Map.Entry<Double, Integer> entry : positions.entrySet()) {
      entry.setValue(next++);
    }
    return positions;
  }

  private static List<String> labels(SortedMap<Double, Integer> positions) {
    return positions.keySet().stream().map(FitCharts::digits).toList();
  }

  private static String digits(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  /** The smallest objective by iteration, a line a start. */
  static String objective(SortedMap<Integer, List<FitReport.Step>> starts) {
    XYChart chart =
        new XYChartBuilder()
            .width(2 * WIDTH)
            .height(HEIGHT)
            .title("objective by iteration")
            .xAxisTitle("iteration")
            .yAxisTitle("sum of squares")
            .build();
    chart.getStyler().setYAxisLogarithmic(true);
    starts.entrySet().stream()
        .limit(MOST_STARTS)
        .forEach(
            start ->
                chart
                    .addSeries(
                        "start " + start.getKey(),
                        start.getValue().stream().map(s -> (double) s.iteration()).toList(),
                        start.getValue().stream().map(FitReport.Step::objective).toList())
                    .setMarker(SeriesMarkers.NONE));
    return svg(chart);
  }

  /** The element without the declarations that only a file of its own may have. */
  static String svg(Chart<?, ?> chart) {
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String text = bytes.toString(StandardCharsets.UTF_8);
    String element = text.substring(text.indexOf("<svg"));
    return DIGITS.matcher(element).replaceAll("$1"); // a hundredth of a pixel is enough
  }
}
