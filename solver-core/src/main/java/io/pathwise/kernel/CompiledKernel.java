package io.pathwise.kernel;

/** Generated code: the fragments of a program, compiled. Stateless, so threads may share it. */
public interface CompiledKernel {

  /**
   * Runs a fragment over the first {@code n} lanes.
   *
   * @param fragment the number of the fragment
   * @param t its arrays: inputs, targets, temporaries
   * @param u uniform doubles, read from {@code o}
   * @param o where the fragment's uniform doubles start
   * @param w uniform 64-bit integers, read from {@code q}
   * @param q where the fragment's uniform integers start
   * @param n lanes, at most {@link Lanes#WIDTH}
   */
  void run(int fragment, double[][] t, double[] u, int o, long[] w, int q, int n);
}
