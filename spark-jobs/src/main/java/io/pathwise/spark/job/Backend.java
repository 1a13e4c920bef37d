package io.pathwise.spark.job;

/** Where kernels run. */
public enum Backend {
  /** On the cores. */
  CPU,
  /** On an OpenCL device; never falls back. */
  GPU,
  /** On an OpenCL device where an executor for one is installed. */
  AUTO
}
