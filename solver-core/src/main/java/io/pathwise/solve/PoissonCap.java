package io.pathwise.solve;

/** How many jumps a step of a fixed grid makes room for. */
final class PoissonCap {
  /** The most jumps that a step can have. */
  static final int LARGEST = 16;

  /** The probability of more jumps in a step than there is room for, at most. */
  static final double NEGLIGIBLE = 1e-12;

  private PoissonCap() {}

  /**
   * The least J, from 1, with P(N > J) below {@link #NEGLIGIBLE} for a Poisson variable N.
   *
   * @param mean the mean of N, at least 0
   * @return more than {@link #LARGEST} where the mean needs more
   */
  static int of(double mean) {
    for (int most = 1; most <= LARGEST; most++) {
      if (tail(mean, most) < NEGLIGIBLE) {
        return most;
      }
    }
    return LARGEST + 1;
  }

  /** P(N > J), or a bound of it, by the ratios of its terms. */
  private static double tail(double mean, int most) {
    double term = StrictMath.exp(-mean);
    for (int k = 1; k <= most + 1; k++) {
      term *= mean / k;
    }
    double ratio = mean / (most + 2);
    return ratio < 1 ? term / (1 - ratio) : 1;
  }
}
