package io.pathwise.model.analytic;

/**
 * The standard normal distribution, accurate to a few units in the last place over the whole line,
 * tails included.
 *
 * <p>It rests on the scaled complementary error function erfcx(x) = exp(x^2) erfc(x) in the
 * rational Chebyshev approximations of Cody, "Rational Chebyshev approximations for the error
 * function", Math. Comp. 23 (1969), 631-637. The Gaussian factor is applied with the rounding error
 * of x^2 restored, so that the tail keeps its relative accuracy.
 */
final class Normal {
  private static final double SQRT_HALF = 0.7071067811865476;
  private static final double SQRT_TWO_PI = 2.5066282746310007;
  private static final double SQRT_HALF_PI = 1.2533141373155003;
  private static final double ONE_OVER_SQRT_PI = 0.5641895835477563;

  /** Beyond this the tail is below the smallest double. */
  private static final double UNDERFLOW = 39;

  /** erf(x) / x = A(x^2) / B(x^2) for x <= 0.46875. */
  private static final double[] SMALL_A = {
    0.18577770618460315,
    3.1611237438705655,
    113.86415415105016,
    377.485237685302,
    3209.3775891384694
  };

  private static final double[] SMALL_B = {
    1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171
  };

  /** erfcx(x) = C(x) / D(x) for 0.46875 <= x <= 4. */
  private static final double[] MIDDLE_C = {
    2.1531153547440383e-08, 0.5641884969886701, 8.883149794388377, 66.11919063714163,
    298.6351381974001, 881.952221241769, 1712.0476126340707, 2051.0783778260716,
    1230.3393547979972
  };

  private static final double[] MIDDLE_D = {
    1,
    15.744926110709835,
    117.6939508913125,
    537.1811018620099,
    1621.3895745666903,
    3290.7992357334597,
    4362.619090143247,
    3439.3676741437216,
    1230.3393548037495
  };

  /** x erfcx(x) = 1 / sqrt(pi) - x^-2 P(x^-2) / Q(x^-2) for x >= 4. */
  private static final double[] LARGE_P = {
    0.016315387137302097,
    0.30532663496123236,
    0.36034489994980445,
    0.12578172611122926,
    0.016083785148742275,
    0.0006587491615298378
  };

  private static final double[] LARGE_Q = {
    1,
    2.568520192289822,
    1.8729528499234673,
    0.5279051029514285,
    0.06051834131244132,
    0.0023352049762686918
  };

  private Normal() {}

  /** The density n(x) = exp(-x^2 / 2) / sqrt(2 pi). */
  static double density(double x) {
    return gaussian(x) / SQRT_TWO_PI;
  }

  /** The distribution function N(x). */
  static double cdf(double x) {
    double z = Math.abs(x) * SQRT_HALF;
    if (z <= 0.46875) {
      return 0.5 + 0.5 * Math.copySign(smallErf(z), x);
    }
    double tail = 0.5 * gaussian(x) * scaledErfc(z);
    return x < 0 ? tail : 1 - tail;
  }

  /** exp(a) N(x), without overflow of the first factor where the second is small. */
  static double expTimesCdf(double a, double x) {
    if (x >= 0) {
      return StrictMath.exp(a) * cdf(x);
    }
    double square = x * x;
    double error = Math.fma(x, x, -square);
    return 0.5 * StrictMath.exp(a - 0.5 * square) * (1 - 0.5 * error) * scaledErfc(-x * SQRT_HALF);
  }

  /** N(x) / n(x), the inverse of the Mills ratio's hazard; grows like exp(x^2 / 2) for large x. */
  static double cdfOverDensity(double x) {
    if (x <= 0) {
      return SQRT_HALF_PI * scaledErfc(-x * SQRT_HALF);
    }
    return cdf(x) / density(x);
  }

  /** exp(x^2) erfc(x) for x >= 0. */
  static double scaledErfc(double x) {
    if (x <= 0.46875) {
      return StrictMath.exp(x * x) * (1 - smallErf(x));
    }
    if (x <= 4) {
      return horner(MIDDLE_C, x) / horner(MIDDLE_D, x);
    }
    double y = 1 / (x * x);
    return (ONE_OVER_SQRT_PI - y * horner(LARGE_P, y) / horner(LARGE_Q, y)) / x;
  }

  private static double smallErf(double x) {
    double y = x * x;
    return x * horner(SMALL_A, y) / horner(SMALL_B, y);
  }

  /** exp(-x^2 / 2) with x^2 in twice the working precision. */
  private static double gaussian(double x) {
    if (Math.abs(x) > UNDERFLOW) {
      return 0;
    }
    double square = x * x;
    double error = Math.fma(x, x, -square);
    return StrictMath.exp(-0.5 * square) * (1 - 0.5 * error);
  }

  private static double horner(double[] coefficients, double x) {
    double sum = coefficients[0];
    for (int i = 1; i < coefficients.length; i++) {
      sum = Math.fma(sum, x, coefficients[i]);
    }
    return sum;
  }
}
