package io.pathwise.spark.table;

/** How a run stands. */
public enum RunStatus {
  /** The run is on its way, or its driver was lost. */
  RUNNING,
  /** All results are in the tables. */
  DONE,
  /** The run ended with an error; only its row in {@code runs} is there. */
  FAILED
}
