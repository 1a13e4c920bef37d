package io.pathwise.model.analytic;

/**
 * European prices under Merton's jump diffusion: Black's formula averaged over the number of jumps
 * (Merton 1976, "Option pricing when underlying stock returns are discontinuous", equation 19).
 *
 * @param sigma volatility between jumps, a square root year
 * @param lambda jumps a year
 * @param muJ mean of a jump in log S
 * @param sigmaJ standard deviation of a jump in log S
 */
public record MertonAnalytic(double sigma, double lambda, double muJ, double sigmaJ) {
  private static final double NEGLIGIBLE = 1e-18;
  private static final int MOST_JUMPS = 10_000;

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException unless sigma is positive, lambda and sigma-j are not negative
   *     and all are finite
   */
  public MertonAnalytic {
    new Arguments("Merton")
        .positive("sigma", sigma)
        .notNegative("lambda", lambda)
        .finite("mu-j", muJ)
        .notNegative("sigma-j", sigmaJ)
        .check();
  }

  /**
   * The present value of an option.
   *
   * @throws IllegalArgumentException when a market argument is out of range
   */
  public double price(EuropeanOption option, double forward, double discountFactor, double expiry) {
    new Arguments("Merton price")
        .positive("forward", forward)
        .positive("discount factor", discountFactor)
        .positive("expiry", expiry)
        .check();
    double mean = muJ + 0.5 * sigmaJ * sigmaJ;
    double drift = -lambda * StrictMath.expm1(mean) * expiry;
    double count = lambda * expiry;
    double sum = 0;
    for (int n = 0; n < MOST_JUMPS; n++) {
      double weight = probability(count, n);
      double shifted = forward * StrictMath.exp(drift + n * mean);
      double deviation = Math.sqrt(sigma * sigma * expiry + n * sigmaJ * sigmaJ);
      sum += weight * BlackScholes.black(option, shifted, deviation);
      if (n > count && weight * (shifted + option.strike()) < NEGLIGIBLE * forward) {
        break;
      }
    }
    return discountFactor * sum;
  }

  private static double probability(double count, int n) {
    if (count == 0) {
      return n == 0 ? 1 : 0;
    }
    double log = n * StrictMath.log(count) - count;
    for (int k = 2; k <= n; k++) {
      log -= StrictMath.log(k);
    }
    return StrictMath.exp(log);
  }

  /** lambda (E[exp(s J)] - 1 - s E[exp(J) - 1]): what jumps add to the exponent a year. */
  static Complex jumpExponent(Complex s, double lambda, double muJ, double sigmaJ) {
    Complex transform = s.times(muJ).plus(s.square().times(0.5 * sigmaJ * sigmaJ)).expm1();
    double mean = StrictMath.expm1(muJ + 0.5 * sigmaJ * sigmaJ);
    return transform.minus(s.times(mean)).times(lambda);
  }
}
