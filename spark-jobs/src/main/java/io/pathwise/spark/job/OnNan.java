package io.pathwise.spark.job;

/** What a path that becomes NaN does. */
public enum OnNan {
  /** Fails the run. */
  FAIL,
  /** Leaves the results; the run reports how many did. */
  DROP
}
