package io.pathwise.solve;

/** Receives the per-path values of captured outputs, a block at a time. */
@FunctionalInterface
public interface PathSink {

  /** A sink that drops everything. */
  PathSink NONE = (output, firstPath, values, n) -> {};

  /**
   * Takes the values of paths {@code firstPath .. firstPath + n - 1}; the array is reused
   * afterwards.
   */
  void accept(int output, long firstPath, double[] values, int n);
}
