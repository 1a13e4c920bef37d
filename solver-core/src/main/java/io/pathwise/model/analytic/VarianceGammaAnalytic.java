package io.pathwise.model.analytic;

/**
 * European prices under the variance gamma model (Madan, Carr and Chang 1998, "The variance gamma
 * process and option pricing"), from the characteristic function by {@link LewisIntegral}.
 *
 * @param sigma volatility of the Brownian motion, a square root year
 * @param nu variance of the gamma clock, a year
 * @param theta drift of the Brownian motion, a year
 */
public record VarianceGammaAnalytic(double sigma, double nu, double theta) {

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException unless sigma and nu are positive, all are finite and the price
   *     has a mean: theta nu + sigma^2 nu / 2 below 1
   */
  public VarianceGammaAnalytic {
    double exponent = theta * nu + 0.5 * sigma * sigma * nu;
    new Arguments("variance gamma")
        .positive("sigma", sigma)
        .positive("nu", nu)
        .finite("theta", theta)
        .require(exponent < 1, "theta nu + sigma^2 nu / 2", exponent, "a number < 1")
        .check();
  }

  /**
   * The present value of an option.
   *
   * @throws IllegalArgumentException when a market argument is out of range
   * @throws ArithmeticException when the integral does not converge, as for an expiry far below nu
   */
  public double price(EuropeanOption option, double forward, double discountFactor, double expiry) {
    new Arguments("variance gamma price")
        .positive("forward", forward)
        .positive("discount factor", discountFactor)
        .positive("expiry", expiry)
        .check();
    return LewisIntegral.price(new Law(this, expiry), option, forward, discountFactor);
  }

  private record Law(VarianceGammaAnalytic model, double expiry) implements LogPriceLaw {
    @Override
    public Complex moment(double u) {
      Complex s = LogPriceLaw.argument(u);
      double half = 0.5 * model.sigma * model.sigma;
      double mean = StrictMath.log1p(-model.nu * (model.theta + half));
      Complex growth = s.times(model.theta).plus(s.square().times(half)).times(-model.nu).log1p();
      return s.times(mean).minus(growth).times(expiry / model.nu).exp();
    }

    @Override
    public double variance() {
      return expiry * (model.sigma * model.sigma + model.theta * model.theta * model.nu);
    }
  }
}
