package io.pathwise.spark.job;

/** What a job does. */
public enum JobKind {
  /** Summarises the states of an equation at given times. */
  SIMULATE,
  /** Values trades and their sensitivities. */
  PRICE,
  /** Fits parameters to quotes. */
  CALIBRATE,
  /** Measures of a portfolio. */
  RISK,
  /** Learns an equation from data. */
  TRAIN
}
