package io.pathwise.spark.run;

import io.pathwise.spark.job.Greek;
import io.pathwise.spark.report.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The results in short, for the terminal: a row a trade, a state and time, or a parameter. */
final class Summary {
  private Summary() {}

  static ResultTable trades(List<ResultRows.Npv> npv, List<ResultRows.Sensitivity> sensitivity) {
    boolean implied = npv.stream().anyMatch(row -> row.impliedVol() != null);
    boolean market = npv.stream().anyMatch(row -> row.marketImpliedVol() != null);
    int derivatives = sensitivity.size() / npv.size();
    List<String> columns = new ArrayList<>(List.of("trade_id", "pv", "std_err"));
    if (implied) {
      columns.add("implied_vol");
    }
    if (market) {
      columns.add("market_implied_vol");
    }
    for (ResultRows.Sensitivity row : sensitivity.subList(0, derivatives)) {
      columns.add(row.measure().equals(Greek.BY_PARAMETER) ? "d_" + row.factor() : row.measure());
    }
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < npv.size(); i++) {
      ResultRows.Npv row = npv.get(i);
      List<Object> cells = new ArrayList<>(List.of(row.tradeId(), row.pv(), row.stdErr()));
      if (implied) {
        cells.add(row.impliedVol());
      }
      if (market) {
        cells.add(row.marketImpliedVol());
      }
      sensitivity
          .subList(i * derivatives, (i + 1) * derivatives)
          .forEach(derivative -> cells.add(derivative.value()));
      rows.add(cells);
    }
    return new ResultTable(columns, rows);
  }

  /** The parameters of a calibration. */
  static ResultTable parameters(List<List<Object>> rows) {
    return new ResultTable(List.of("parameter", "value", "std_err", "at_bound", "objective"), rows);
  }

  static ResultTable states(List<ResultRows.PathSummary> summaries) {
    List<List<Object>> rows = new ArrayList<>();
    for (ResultRows.PathSummary row : summaries) {
      rows.add(
          Arrays.asList(
              row.state(), row.t(), row.mean(), row.std(), row.q05(), row.q50(), row.q95()));
    }
    return new ResultTable(List.of("state", "t", "mean", "std", "q05", "q50", "q95"), rows);
  }
}
