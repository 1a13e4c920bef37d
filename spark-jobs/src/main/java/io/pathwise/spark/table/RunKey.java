package io.pathwise.spark.table;

import java.time.LocalDate;
import java.util.Objects;

/**
 * What identifies a run in every table.
 *
 * @param runId the run; writing it again replaces its rows
 * @param asOf the valuation date
 * @param portfolio the portfolio
 */
public record RunKey(String runId, LocalDate asOf, String portfolio) {

  /** Checks that all three are there. */
  public RunKey {
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(portfolio, "portfolio");
    if (runId.isBlank()) {
      throw new IllegalArgumentException("run id: expected a name, got '" + runId + "'");
    }
  }
}
