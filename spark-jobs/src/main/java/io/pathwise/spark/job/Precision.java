package io.pathwise.spark.job;

/** The floating-point numbers of kernels. */
public enum Precision {
  /** 64 bits. */
  DOUBLE,
  /** 32 bits. */
  SINGLE
}
