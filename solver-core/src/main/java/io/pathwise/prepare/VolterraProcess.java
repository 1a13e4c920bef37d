package io.pathwise.prepare;

import java.util.Arrays;

/**
 * The Riemann-Liouville process sqrt(2H) int_0^t (t - s)^(H - 1/2) dW_s on a grid by the hybrid
 * scheme of Bennedsen, Lunde and Pakkanen (2017, "Hybrid scheme for Brownian semistationary
 * processes") with kappa = 1: the integral over the last step exactly, jointly normal with the
 * increment of W, and over each step before it the mean of the kernel times the increment (their
 * optimal points (2.7) for alpha = H - 1/2), on steps of any size. A uniform factor a time then
 * gives the process its exact variance t^2H.
 */
final class VolterraProcess {
  /** The quadratic number of weights ends here. */
  private static final int MOST_STEPS = 4096;

  private final NoisePlan plan;
  private final double[] times;
  private final double hurst;

  VolterraProcess(NoisePlan plan, double[] times, double hurst) {
    this.plan = plan;
    this.times = times;
    this.hurst = hurst;
  }

  /**
   * The arrays of the process at times 1 .. n.
   *
   * @param brownian the arrays of the normals of W, one a step
   * @param extra the arrays of independent normals, one a step; given back
   * @throws IllegalArgumentException if the steps are more than 4,096
   */
  int[] path(int[] brownian, int[] extra) {
    int n = times.length - 1;
    if (n > MOST_STEPS) {
      throw new IllegalArgumentException(
          "a Riemann-Liouville process on "
              + n
              + " steps, expected at most "
              + MOST_STEPS
              + ": each step sums over all before it");
    }
    int[] path = new int[n];
    for (int i = 1; i <= n; i++) {
      double[] weights = new double[i + 1];
      double variance = 0;
      for (int j = 0; j < i - 1; j++) {
        weights[j] = meanKernel(times[i], j) * Math.sqrt(times[j + 1] - times[j]);
      }
      double last = StrictMath.pow(times[i] - times[i - 1], hurst);
      double slope = 1 / (hurst + 0.5);
      weights[i - 1] = last * slope;
      weights[i] = last * Math.sqrt(Math.max(0, 1 / (2 * hurst) - slope * slope));
      for (double weight : weights) {
        variance += weight * weight;
      }
      double scale = StrictMath.pow(times[i], hurst) / Math.sqrt(variance);
      int[] terms = Arrays.copyOf(brownian, i + 1);
      terms[i] = extra[i - 1];
      path[i - 1] = plan.linear(Arrays.stream(weights).map(w -> w * scale).toArray(), terms);
      plan.free(extra[i - 1]);
    }
    return path;
  }

  /** The mean of (t - s)^(H - 1/2) for s in step j. */
  private double meanKernel(double t, int j) {
    double power = hurst + 0.5;
    double integral =
        (StrictMath.pow(t - times[j], power) - StrictMath.pow(t - times[j + 1], power)) / power;
    return integral / (times[j + 1] - times[j]);
  }
}
