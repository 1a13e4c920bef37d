package io.pathwise.model.analytic;

/**
 * The Black formula in one dimension less: the undiscounted call divided by sqrt(F K), as a
 * function of x = ln(F / K) and the total standard deviation s = sigma sqrt(T),
 *
 * <pre>b(x, s) = exp(x/2) N(x/s + s/2) - exp(-x/2) N(x/s - s/2),</pre>
 *
 * for x <= 0, the out-of-the-money call; the put of the same |x| has the same value (Jaeckel,
 * "Let's be rational", Wilmott 2015, section 2).
 *
 * <p>With Y = N / n the difference is n(h) exp(-t^2/2) (Y(h + t) - Y(h - t)), h = x/s, t = s/2,
 * which does not underflow term by term; where t is small the difference is the integral of Y'(z) =
 * 1 + z Y(z) over [h - t, h + t], by five Gauss-Legendre points, so that no digit is lost to
 * cancellation.
 */
final class NormalisedBlack {
  private static final double SMALL_HALF_DEVIATION = 0.1;
  private static final double[] NODES = {0, 0.5384693101056831, 0.906179845938664};
  private static final double[] WEIGHTS = {
    0.5688888888888889, 0.47862867049936647, 0.23692688505618908
  };
  private static final double SQRT_TWO_PI = 2.5066282746310007;

  private NormalisedBlack() {}

  /** b(x, s) for x <= 0 and s > 0. */
  static double price(double x, double s) {
    double h = x / s;
    double t = 0.5 * s;
    if (t < SMALL_HALF_DEVIATION) {
      return vega(x, s) * ratioDifference(h, t);
    }
    if (h + t <= 0) {
      return vega(x, s) * (Normal.cdfOverDensity(h + t) - Normal.cdfOverDensity(h - t));
    }
    return StrictMath.exp(0.5 * x) * Normal.cdf(h + t)
        - StrictMath.exp(-0.5 * x) * Normal.cdf(h - t);
  }

  /** exp(x/2) - b(x, s), the distance to the largest price, without cancellation. */
  static double complement(double x, double s) {
    double h = x / s;
    double t = 0.5 * s;
    return StrictMath.exp(0.5 * x) * Normal.cdf(-h - t)
        + StrictMath.exp(-0.5 * x) * Normal.cdf(h - t);
  }

  /** The derivative of b in s, n(h) exp(-t^2 / 2). */
  static double vega(double x, double s) {
    double h = x / s;
    double t = 0.5 * s;
    return StrictMath.exp(-0.5 * (h * h + t * t)) / SQRT_TWO_PI;
  }

  private static double ratioDifference(double h, double t) {
    double sum = WEIGHTS[0] * ratioSlope(h);
    for (int i = 1; i < NODES.length; i++) {
      sum += WEIGHTS[i] * (ratioSlope(h + t * NODES[i]) + ratioSlope(h - t * NODES[i]));
    }
    return t * sum;
  }

  private static double ratioSlope(double z) {
    return 1 + z * Normal.cdfOverDensity(z);
  }
}
