package io.pathwise.spark.run;

/**
 * How many levels the sum over tasks has. At depth 1 the driver merges what every task sends; at
 * depth d executors merge first, in groups of about tasks^(1/d), at the price of a stage a level.
 */
final class AggregationDepth {
  /** What a stage more takes on a small cluster. */
  static final double SECONDS_A_STAGE = 0.025;

  /** How fast one core reads and merges sums. */
  static final double BYTES_A_SECOND = 200e6;

  private static final int DEEPEST = 4;

  private AggregationDepth() {}

  /**
   * The depth that takes least time.
   *
   * @param bytes what a task sends
   */
  static int of(int tasks, long bytes) {
    int best = 1;
    for (int depth = 2; depth <= DEEPEST; depth++) {
      best = seconds(depth, tasks, bytes) < seconds(best, tasks, bytes) ? depth : best;
    }
    return best;
  }

  private static double seconds(int depth, int tasks, long bytes) {
    double merged = depth * Math.pow(tasks, 1.0 / depth);
    return (depth - 1) * SECONDS_A_STAGE + merged * bytes / BYTES_A_SECOND;
  }

  /**
   * About what a task sends.
   *
   * @param shards the most shards of a task
   * @param sums the sums of a shard
   */
  static long bytes(long shards, int sums) {
    long nodes = 2L * (64 - Long.numberOfLeadingZeros(shards));
    return nodes * Double.BYTES * sums;
  }
}
