package io.pathwise.spark.job;

import io.pathwise.spark.report.ResultTable;
import java.util.List;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param runId names the run in the tables
 * @param error why it failed, where it did
 * @param summary the results in short, for the terminal
 * @param tables the full names of the tables that were written
 * @param warehouse where the tables are
 * @param notes what the user should know of the results, such as paths that were dropped
 */
public record RunOutcome(
    String runId,
    Optional<String> error,
    ResultTable summary,
    List<String> tables,
    String warehouse,
    List<String> notes) {

  /** Copies the lists. */
  public RunOutcome {
    notes = List.copyOf(notes);
    tables = List.copyOf(tables);
  }

  /** Whether the run came to its end. */
  public boolean succeeded() {
    return error.isEmpty();
  }
}
