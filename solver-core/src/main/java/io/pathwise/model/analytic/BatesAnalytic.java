package io.pathwise.model.analytic;

/**
 * European prices under Bates's model, Heston's with normal jumps (Bates 1996, "Jumps and
 * stochastic volatility"), from the product of both characteristic functions by {@link
 * LewisIntegral}.
 *
 * @param heston the diffusion
 * @param lambda jumps a year
 * @param muJ mean of a jump in log S
 * @param sigmaJ standard deviation of a jump in log S
 */
public record BatesAnalytic(HestonAnalytic heston, double lambda, double muJ, double sigmaJ) {

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException unless lambda and sigma-j are not negative and all are finite
   */
  public BatesAnalytic {
    new Arguments("Bates")
        .present("heston", heston)
        .notNegative("lambda", lambda)
        .finite("mu-j", muJ)
        .notNegative("sigma-j", sigmaJ)
        .check();
  }

  /**
   * The present value of an option.
   *
   * @throws IllegalArgumentException when a market argument is out of range
   * @throws ArithmeticException when the integral does not converge
   */
  public double price(EuropeanOption option, double forward, double discountFactor, double expiry) {
    new Arguments("Bates price")
        .positive("forward", forward)
        .positive("discount factor", discountFactor)
        .positive("expiry", expiry)
        .check();
    return LewisIntegral.price(new Law(this, expiry), option, forward, discountFactor);
  }

  private record Law(BatesAnalytic model, double expiry) implements LogPriceLaw {
    @Override
    public Complex moment(double u) {
      Complex jumps =
          MertonAnalytic.jumpExponent(
              LogPriceLaw.argument(u), model.lambda, model.muJ, model.sigmaJ);
      Complex psi = new HestonCharacteristic(model.heston, expiry).at(Complex.real(u)).psi();
      return psi.plus(jumps.times(expiry)).exp();
    }

    @Override
    public double variance() {
      double square = model.muJ * model.muJ + model.sigmaJ * model.sigmaJ;
      return model.heston.expectedTotalVariance(expiry) + model.lambda * square * expiry;
    }
  }
}
