package io.pathwise.spark.job;

/** How the paths of a job become an estimate: {@code simulation.estimator.method}. */
public enum EstimatorMethod {
  /** A path is a sample. */
  PLAIN,
  /** A sample is the mean of a path and its mirror image. */
  ANTITHETIC,
  /** Brownian motion with a drift, values weighted. */
  IMPORTANCE,
  /** Few paths on fine grids, many on coarse ones, until an error is met. */
  MULTILEVEL
}
