package io.pathwise.spark.table;

/** How a run ended. */
public enum RunStatus {
  /** All results are in the tables. */
  DONE,
  /** The run ended with an error; only its row in {@code runs} is there. */
  FAILED
}
