package io.pathwise.model.analytic;

/**
 * A European option on a price whose logarithm has a known characteristic function, by Lewis's
 * mid-strip formula (Lewis 2000, "Option Valuation under Stochastic Volatility", chapter 2) with
 * Black's formula as control variate:
 *
 * <pre>
 * V = D (Black(F, K, w) - sqrt(F K) / pi int_0^inf Re(exp(i u ln(F/K)) (M(1/2 + i u)
 *         - exp(-w (u^2 + 1/4) / 2))) / (u^2 + 1/4) du),   M(s) = E[exp(s ln(S_T / F))].
 * </pre>
 *
 * <p>Integrated over {@link AdaptivePanels}: good to about 1e-12 of the forward.
 */
final class LewisIntegral implements AdaptivePanels.Integrand {
  private static final double RULE_DIFFERENCE = 1e-11;
  private static final double TAIL = 1e-14;

  private final LogPriceLaw law;
  private final double omega;
  private double lastModulus;

  private LewisIntegral(LogPriceLaw law, double omega) {
    this.law = law;
    this.omega = omega;
  }

  /**
   * The present value.
   *
   * @throws ArithmeticException when the integral does not converge, as where the law has hardly
   *     any time to spread
   */
  static double price(
      LogPriceLaw law, EuropeanOption option, double forward, double discountFactor) {
    double omega = StrictMath.log(forward / option.strike());
    double black = BlackScholes.black(option, forward, Math.sqrt(law.variance()));
    double first = Math.min(1, 4 / Math.max(1, Math.abs(omega)));
    double integral =
        new AdaptivePanels(new LewisIntegral(law, omega), 1, RULE_DIFFERENCE, TAIL)
            .integrate(first)[0];
    double scale = Math.sqrt(forward * option.strike()) / Math.PI;
    return discountFactor * Math.max(black - scale * integral, option.intrinsic(forward));
  }

  @Override
  public void add(
      double u, double kronrodWeight, double gaussWeight, double[] kronrod, double[] gauss) {
    double n = u * u + 0.25;
    Complex difference =
        law.moment(u).minus(Complex.real(StrictMath.exp(-0.5 * law.variance() * n)));
    lastModulus = difference.modulus() / n;
    double value = difference.times(Complex.polar(1, omega * u)).re() / n;
    kronrod[0] += kronrodWeight * value;
    gauss[0] += gaussWeight * value;
  }

  @Override
  public double modulus() {
    return lastModulus;
  }

  @Override
  public String toString() {
    return law.toString();
  }
}
