package io.pathwise.solve;

/** Receives the per-path values of captured outputs, a shard at a time. */
@FunctionalInterface
public interface PathSink {

  /** A sink that drops everything. */
  PathSink NONE = (output, paths, values, n) -> {};

  /**
   * Takes the values of one output.
   *
   * @param output the number of the output instance
   * @param paths the numbers of the paths, increasing; dropped ones are missing
   * @param values a value a path
   * @param n how many there are; both arrays may be longer and are reused afterwards
   */
  void accept(int output, long[] paths, double[] values, int n);
}
