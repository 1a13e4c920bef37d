package io.pathwise.spark.job;

import io.pathwise.spark.report.ResultTable;
import java.util.List;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param runId names the run in the tables
 * @param error why it failed, where it did
 * @param held why a calibration is not published; empty where it is
 * @param summary the results in short, for the terminal
 * @param tables the full names of the tables that were written
 * @param warehouse where the tables are
 * @param notes what the user should know of the results, such as paths that were dropped
 */
public record RunOutcome(
    String runId,
    Optional<String> error,
    List<String> held,
    ResultTable summary,
    List<String> tables,
    String warehouse,
    List<String> notes) {

  /** Copies the lists. */
  public RunOutcome {
    held = List.copyOf(held);
    notes = List.copyOf(notes);
    tables = List.copyOf(tables);
  }

  /** What came of a run that holds nothing back. */
  public RunOutcome(
      String runId,
      Optional<String> error,
      ResultTable summary,
      List<String> tables,
      String warehouse,
      List<String> notes) {
    this(runId, error, List.of(), summary, tables, warehouse, notes);
  }

  /** Whether the run came to its end. */
  public boolean succeeded() {
    return error.isEmpty();
  }
}
