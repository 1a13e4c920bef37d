package io.pathwise.spark.run;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What tasks count, for Spark's web UI. A task that runs twice may count twice there; results come
 * from what tasks return, never from here.
 *
 * @param paths finished paths
 * @param pathSteps the steps they took
 * @param nanPaths paths that became NaN or infinite and were dropped
 * @param compileMs time spent on making kernels ready, in milliseconds
 */
record PathCounters(
    LongAccumulator paths,
    LongAccumulator pathSteps,
    LongAccumulator nanPaths,
    LongAccumulator compileMs)
    implements Serializable {

  static PathCounters of(SparkContext spark) {
    return new PathCounters(
        spark.longAccumulator("paths"),
        spark.longAccumulator("path-steps"),
        spark.longAccumulator("NaN paths"),
        spark.longAccumulator("kernel compile ms"));
  }
}
