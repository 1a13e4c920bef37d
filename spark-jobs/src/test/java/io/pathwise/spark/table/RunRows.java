package io.pathwise.spark.table;

import java.time.Instant;

/** Rows of {@code runs} for tests. */
public final class RunRows {

  private RunRows() {}

  /** A run that ended well. */
  public static RunRow done(long seed) {
    return row(RunStatus.DONE, seed, null);
  }

  /** A run that failed. */
  public static RunRow failed(String error) {
    return row(RunStatus.FAILED, 1, error);
  }

  private static RunRow row(RunStatus status, long seed, String error) {
    return new RunRow(
        "price",
        status,
        1.0,
        "abc",
        "job = price",
        "0.1.0",
        seed,
        1000L,
        1,
        "cpu",
        "a CPU",
        "local[2]",
        null,
        Instant.parse("2026-01-02T03:04:05Z"),
        1.5,
        252_000L,
        168_000.0,
        error);
  }
}
