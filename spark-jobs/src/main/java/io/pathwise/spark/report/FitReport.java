package io.pathwise.spark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The page of a calibration: parameters, what the run says, market against model for every expiry,
 * the residuals at a glance and the path of the objective. One HTML file with everything in it.
 *
 * @param title names the run
 * @param facts of the run, a row a fact: name and value
 * @param parameters the parameters with standard errors and bounds
 * @param quotes market and model
 * @param starts the path of the objective by start
 * @param extras condition number, correlations and the like: metric and value
 */
public record FitReport(
    String title,
    List<List<Object>> facts,
    ResultTable parameters,
    List<Quote> quotes,
    SortedMap<Integer, List<Step>> starts,
    ResultTable extras) {

  private static final int WORST = 10;
  static final String STYLE =
      """
      body { font-family: sans-serif; margin: 2em; max-width: 60em }
      table { border-collapse: collapse; margin: 1em 0 }
      td, th { border-bottom: 1px solid #ccc; padding: 0.2em 0.8em; text-align: right }
      td:first-child, th:first-child { text-align: left }
      .smiles { display: flex; flex-wrap: wrap }
      """;

  /**
   * A quote and its value under the model, in the quotes' own unit.
   *
   * @param instrument the quote's id
   * @param strike of the option
   * @param expiry in years
   * @param market the quote
   * @param model the model's value
   */
  public record Quote(
      String instrument, double strike, double expiry, double market, double model) {}

  /**
   * A point of the objective's path.
   *
   * @param iteration its number
   * @param objective the smallest sum of squares up to it
   */
  public record Step(long iteration, double objective) {}

  /** The page. */
  public String html() {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(escaped(title))
        .append("</title><style>\n")
        .append(STYLE)
        .append("</style></head><body>\n<h1>")
        .append(escaped(title))
        .append("</h1>\n");
    page.append(table(new ResultTable(List.of("run", ""), facts)));
    page.append("<h2>Parameters</h2>\n").append(table(parameters));
    page.append("<h2>Market and model</h2>\n<div class=\"smiles\">\n");
    expiries().forEach((expiry, members) -> page.append(FitCharts.smile(expiry, members)));
    page.append("</div>\n<h2>Residuals</h2>\n")
        .append(FitCharts.residuals(quotes))
        .append(table(worst()));
    if (!starts.isEmpty()) {
      page.append("<h2>Path of the objective</h2>\n").append(FitCharts.objective(starts));
    }
    page.append("<h2>How well the quotes determine the parameters</h2>\n").append(table(extras));
    return page.append("</body></html>\n").toString();
  }

  private SortedMap<Double, List<Quote>> expiries() {
    SortedMap<Double, List<Quote>> expiries = new TreeMap<>();
    quotes.forEach(
        quote -> expiries.computeIfAbsent(quote.expiry(), t -> new ArrayList<>()).add(quote));
    return expiries;
  }

  private ResultTable worst() {
    List<List<Object>> rows =
        quotes.stream()
            .sorted((a, b) -> Double.compare(misfit(b), misfit(a)))
            .limit(WORST)
            .map(
                q ->
                    List.<Object>of(
                        q.instrument(),
                        q.strike(),
                        q.expiry(),
                        q.market(),
                        q.model(),
                        q.model() - q.market()))
            .toList();
    return new ResultTable(
        List.of("largest residuals", "strike", "expiry", "market", "model", "residual"), rows);
  }

  private static double misfit(Quote quote) {
    return Math.abs(quote.model() - quote.market());
  }

  /** A table as HTML. */
  static String table(ResultTable table) {
    StringBuilder html = new StringBuilder("<table><tr>");
    table.columns().forEach(name -> html.append("<th>").append(escaped(name)).append("</th>"));
    html.append("</tr>\n");
    for (List<Object> row : table.rows()) {
      html.append("<tr>");
      row.forEach(cell -> html.append("<td>").append(escaped(text(cell))).append("</td>"));
      html.append("</tr>\n");
    }
    return html.append("</table>\n").toString();
  }

  private static String text(Object cell) {
    return cell == null ? "" : TextTable.cell(cell);
  }

  /** A text as HTML. */
  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
