package io.pathwise.spark.job;

/** The right an option gives. */
public enum OptionType {
  /** To buy. */
  CALL,
  /** To sell. */
  PUT
}
