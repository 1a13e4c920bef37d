package io.pathwise.model.analytic;

/**
 * European prices under Kou's double exponential jump diffusion (Kou 2002, "A jump-diffusion model
 * for option pricing"), from the characteristic function by {@link LewisIntegral}.
 *
 * @param sigma volatility between jumps, a square root year
 * @param lambda jumps a year
 * @param p probability that a jump goes up
 * @param eta1 rate of jumps up, above 1
 * @param eta2 rate of jumps down, above 0
 */
public record KouAnalytic(double sigma, double lambda, double p, double eta1, double eta2) {

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException unless sigma and eta2 are positive, lambda is not negative, p
   *     is in [0, 1], eta1 is above 1 and all are finite
   */
  public KouAnalytic {
    new Arguments("Kou")
        .positive("sigma", sigma)
        .notNegative("lambda", lambda)
        .within("p", p, 0, 1)
        .require(eta1 > 1 && Double.isFinite(eta1), "eta1", eta1, "a finite number > 1")
        .positive("eta2", eta2)
        .check();
  }

  /**
   * The present value of an option.
   *
   * @throws IllegalArgumentException when a market argument is out of range
   * @throws ArithmeticException when the integral does not converge
   */
  public double price(EuropeanOption option, double forward, double discountFactor, double expiry) {
    new Arguments("Kou price")
        .positive("forward", forward)
        .positive("discount factor", discountFactor)
        .positive("expiry", expiry)
        .check();
    return LewisIntegral.price(new Law(this, expiry), option, forward, discountFactor);
  }

  private record Law(KouAnalytic model, double expiry) implements LogPriceLaw {
    @Override
    public Complex moment(double u) {
      Complex s = LogPriceLaw.argument(u);
      double variance = model.sigma * model.sigma;
      Complex diffusion = s.square().minus(s).times(0.5 * variance);
      double mean =
          model.p * model.eta1 / (model.eta1 - 1)
              + (1 - model.p) * model.eta2 / (model.eta2 + 1)
              - 1;
      Complex up = s.negate().plus(model.eta1).reciprocal().times(model.p * model.eta1);
      Complex down = s.plus(model.eta2).reciprocal().times((1 - model.p) * model.eta2);
      Complex jumps = up.plus(down).plus(-1).minus(s.times(mean)).times(model.lambda);
      return diffusion.plus(jumps).times(expiry).exp();
    }

    @Override
    public double variance() {
      double square =
          2 * model.p / (model.eta1 * model.eta1) + 2 * (1 - model.p) / (model.eta2 * model.eta2);
      return expiry * (model.sigma * model.sigma + model.lambda * square);
    }
  }
}
