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
 * <p>Panels of doubling length are halved until the two rules of {@link GaussKronrod} agree, up to
 * where what is left cannot be seen: good to about 1e-12 of the forward.
 */
final class LewisIntegral {
  private static final double RULE_DIFFERENCE = 1e-11;
  private static final double TAIL = 1e-14;
  private static final int MAXIMUM_PANELS = 100_000;
  private static final int MAXIMUM_DEPTH = 40;

  private final LogPriceLaw law;
  private final double omega;
  private double lastModulus;
  private int panels;

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
    double integral = new LewisIntegral(law, omega).integrate();
    double scale = Math.sqrt(forward * option.strike()) / Math.PI;
    return discountFactor * Math.max(black - scale * integral, option.intrinsic(forward));
  }

  private double integrate() {
    double sum = 0;
    double from = 0;
    double length = Math.min(1, 4 / Math.max(1, Math.abs(omega)));
    do {
      sum += panel(from, length, 0);
      from += length;
      length = Math.min(2 * length, from);
    } while (lastModulus * from > TAIL);
    return sum;
  }

  private double panel(double from, double length, int depth) {
    if (++panels > MAXIMUM_PANELS || depth > MAXIMUM_DEPTH) {
      throw new ArithmeticException(
          "the price integral does not converge near u = " + from + " for " + law);
    }
    double half = 0.5 * length;
    double kronrod = 0;
    double gauss = 0;
    for (int i = 0; i < GaussKronrod.SIZE; i++) {
      double value = integrand(from + half * (1 + GaussKronrod.node(i)));
      kronrod += half * GaussKronrod.kronrodWeight(i) * value;
      gauss += half * GaussKronrod.gaussWeight(i) * value;
    }
    return Math.abs(kronrod - gauss) <= RULE_DIFFERENCE
        ? kronrod
        : panel(from, half, depth + 1) + panel(from + half, half, depth + 1);
  }

  private double integrand(double u) {
    double n = u * u + 0.25;
    Complex difference =
        law.moment(u).minus(Complex.real(StrictMath.exp(-0.5 * law.variance() * n)));
    lastModulus = difference.modulus() / n;
    return difference.times(Complex.polar(1, omega * u)).re() / n;
  }
}
