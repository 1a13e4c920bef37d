package io.pathwise.spark.cli;

import io.pathwise.spark.job.RunOutcome;
import io.pathwise.spark.report.ResultTable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What came of the days of a backfill, in their order. */
final class BackfillDays {
  private static final String DONE = "DONE";
  private static final String HELD = "HELD";
  private static final String FAILED = "FAILED";
  private static final String REFUSED = "REFUSED";

  /** Runs that a backfill does not do again by itself; those HELD are a person's to decide. */
  static final Set<String> LEFT_ALONE = Set.of(DONE, HELD);

  /** Worst first: what failed may succeed when tried again, wrong input does not. */
  private static final Map<String, Integer> CODES = codes();

  private final Map<LocalDate, Day> days = new LinkedHashMap<>();

  /**
   * One day.
   *
   * @param status of its run, or REFUSED where none began
   * @param values the fitted parameters by name; empty where no fit was made now
   * @param objective of the fit; null where none was made now
   */
  record Day(String status, Map<String, Object> values, Object objective) {

    /** A day whose run stands in the tables. */
    static Day stored(String status) {
      return new Day(status, Map.of(), null);
    }

    /** A day whose job or quotes are wrong. */
    static Day refused() {
      return new Day(REFUSED, Map.of(), null);
    }

    /** A day that was run; its summary has a row a parameter. */
    static Day of(RunOutcome outcome) {
      if (!outcome.succeeded()) {
        return new Day(FAILED, Map.of(), null);
      }
      ResultTable summary = outcome.summary();
      int name = summary.columns().indexOf("parameter");
      int value = summary.columns().indexOf("value");
      int objective = summary.columns().indexOf("objective");
      Map<String, Object> values = new LinkedHashMap<>();
      Object least = null;
      for (List<Object> row : summary.rows()) {
        values.put(String.valueOf(row.get(name)), row.get(value));
        least = row.get(objective);
      }
      return new Day(outcome.held().isEmpty() ? DONE : HELD, values, least);
    }
  }

  private static Map<String, Integer> codes() {
    Map<String, Integer> codes = new LinkedHashMap<>();
    codes.put(FAILED, ExitCode.FAILED);
    codes.put(REFUSED, ExitCode.USAGE);
    codes.put(HELD, ExitCode.HELD);
    return codes;
  }

  void add(LocalDate date, Day day) {
    days.put(date, day);
  }

  boolean isEmpty() {
    return days.isEmpty();
  }

  /** The worst of the days. */
  int exitCode() {
    for (Map.Entry<String, Integer> code : CODES.entrySet()) {
      if (days.values().stream().anyMatch(day -> day.status().equals(code.getKey()))) {
        return code.getValue();
      }
    }
    return ExitCode.DONE;
  }

  /** A row a day: date, status, objective, then the parameters. */
  ResultTable table() {
    Set<String> names = new LinkedHashSet<>();
    days.values().forEach(day -> names.addAll(day.values().keySet()));
    List<String> columns = new ArrayList<>(List.of("as_of", "status", "objective"));
    columns.addAll(names);
    List<List<Object>> rows = new ArrayList<>();
    days.forEach(
        (date, day) -> {
          List<Object> row = new ArrayList<>();
          row.add(date);
          row.add(day.status());
          row.add(day.objective());
          names.forEach(name -> row.add(day.values().get(name)));
          rows.add(row);
        });
    return new ResultTable(columns, rows);
  }
}
