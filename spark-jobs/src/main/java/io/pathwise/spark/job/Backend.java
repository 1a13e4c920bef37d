package io.pathwise.spark.job;

/** Where kernels run. */
public enum Backend {
  /** On the cores. */
  CPU,
  /** On an OpenCL device; never falls back. */
  GPU,
  /** On a GPU and idle cores where there is a GPU, else on the cores. */
  AUTO
}
