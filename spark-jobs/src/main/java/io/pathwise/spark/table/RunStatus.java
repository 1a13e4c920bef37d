package io.pathwise.spark.table;

/** How a run stands. */
public enum RunStatus {
  /** The run is on its way, or its driver was lost. */
  RUNNING,
  /** All results are in the tables. */
  DONE,
  /** A guard or a person holds the results back: they are on the run's own branch. */
  HELD,
  /** The run ended with an error; only its row in {@code runs} is there. */
  FAILED
}
