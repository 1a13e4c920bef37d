package io.pathwise.spark.job;

/** Where a barrier stands, and what reaching it does. */
public enum BarrierKind {
  /** Below: ends the option. */
  DOWN_OUT,
  /** Below: starts the option. */
  DOWN_IN,
  /** Above: ends the option. */
  UP_OUT,
  /** Above: starts the option. */
  UP_IN
}
