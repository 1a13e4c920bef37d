package io.pathwise.model.analytic;

/**
 * Inverts {@link NormalisedBlack} in the standard deviation.
 *
 * <p>The unknown is the root of ln b(s) = ln beta for the lower half of the price range and of
 * ln(b_max - b(s)) = ln(b_max - beta) for the upper half (the objectives of Jaeckel, "Let's be
 * rational", 2015), found by Halley steps inside a bracket that every step tightens; a step that
 * leaves the bracket is replaced by a bisection.
 */
final class ImpliedVolatility {
  private static final int MAXIMUM_STEPS = 200;

  /** A Halley step this small, cubed, is beyond double precision. */
  private static final double LAST_STEP = 1e-7;

  private ImpliedVolatility() {}

  /**
   * The standard deviation s with b(x, s) = beta.
   *
   * @param x ln(F / K) of the out-of-the-money side, <= 0
   * @param beta the price divided by sqrt(F K), in (0, exp(x/2))
   */
  static double standardDeviation(double x, double beta) {
    double largest = StrictMath.exp(0.5 * x);
    boolean upper = beta > 0.5 * largest;
    double target = StrictMath.log(upper ? largest - beta : beta);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double s = guess(x, beta);
    for (int i = 0; i < MAXIMUM_STEPS; i++) {
      double value = upper ? NormalisedBlack.complement(x, s) : NormalisedBlack.price(x, s);
      double gap = StrictMath.log(value) - target;
      if (gap == 0) {
        return s;
      }
      if (gap > 0 != upper) {
        high = s;
      } else {
        low = s;
      }
      double slope = (upper ? -1 : 1) * NormalisedBlack.vega(x, s) / value;
      double curvature = x * x / (s * s * s) - 0.25 * s - slope;
      double newton = -gap / slope;
      double step = newton / Math.max(0.5, 1 + 0.5 * newton * curvature);
      double next = s + step;
      if (!(next > low && next < high)) {
        next = split(low, high);
      } else if (Math.abs(step) <= LAST_STEP * s) {
        return next;
      }
      if (next == low || next == high) {
        return next;
      }
      s = next;
    }
    throw new ArithmeticException(
        "implied volatility: no root after "
            + MAXIMUM_STEPS
            + " steps for ln(F/K) = "
            + x
            + ", price/sqrt(FK) = "
            + beta);
  }

  private static double guess(double x, double beta) {
    if (x == 0) {
      return Math.max(2.5 * beta, Double.MIN_NORMAL);
    }
    double inflection = Math.sqrt(-2 * x);
    return Math.min(inflection, -x / Math.sqrt(-2 * StrictMath.log(beta)));
  }

  private static double split(double low, double high) {
    if (high == Double.POSITIVE_INFINITY) {
      return 2 * low;
    }
    return low == 0 ? 0.5 * high : 0.5 * (low + high);
  }
}
