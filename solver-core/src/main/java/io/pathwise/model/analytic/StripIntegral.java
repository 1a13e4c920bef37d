package io.pathwise.model.analytic;

import java.util.List;

/**
 * The pricing integrals of {@link LewisIntegral} for several strikes of one expiry, with their
 * derivatives in the law's parameters under the same integral: the law is evaluated once a node,
 * whatever the number of strikes.
 *
 * <p>The control variate's variance is a constant here: the price does not depend on it, so the
 * derivative in a parameter p is that of exp(psi) alone,
 *
 * <pre>dV/dp = -D sqrt(F K) / pi int_0^inf Re(exp(i u ln(F/K)) exp(psi) dpsi/dp) / (u^2 + 1/4) du.
 * </pre>
 */
final class StripIntegral implements AdaptivePanels.Integrand {
  private static final double RULE_DIFFERENCE = 1e-10;
  private static final double TAIL = 1e-13;

  private final ParametricLaw law;
  private final double[] omegas;
  private final int components;
  private final StrikeWaves waves;

  private StripIntegral(ParametricLaw law, double[] omegas, int components) {
    this.law = law;
    this.omegas = omegas;
    this.components = components;
    this.waves = new StrikeWaves(omegas, Complex.ONE, 0, components);
  }

  /**
   * The present values and their derivatives.
   *
   * @throws ArithmeticException when the integral does not converge, as where the law has hardly
   *     any time to spread
   */
  static Smile smile(
      ParametricLaw law,
      List<EuropeanOption> options,
      double forward,
      double discountFactor,
      double expiry) {
    return smile(law, options, forward, discountFactor, expiry, law.exponent(0).length);
  }

  /**
   * The present values.
   *
   * @throws ArithmeticException as {@link #smile}
   */
  static double[] prices(
      ParametricLaw law,
      List<EuropeanOption> options,
      double forward,
      double discountFactor,
      double expiry) {
    return smile(law, options, forward, discountFactor, expiry, 1).prices();
  }

  private static Smile smile(
      ParametricLaw law,
      List<EuropeanOption> options,
      double forward,
      double discountFactor,
      double expiry,
      int components) {
    new Arguments("price")
        .positive("forward", forward)
        .positive("discount factor", discountFactor)
        .positive("expiry", expiry)
        .check();
    double[] omegas =
        options.stream().mapToDouble(o -> StrictMath.log(forward / o.strike())).toArray();
    StripIntegral integral = new StripIntegral(law, omegas, components);
    double[] sums = integral.integrate();
    double deviation = Math.sqrt(law.variance());
    double[] prices = new double[omegas.length];
    double[][] slopes = new double[omegas.length][integral.components - 1];
    for (int k = 0; k < omegas.length; k++) {
      EuropeanOption option = options.get(k);
      double scale = Math.sqrt(forward * option.strike()) / Math.PI;
      int at = k * integral.components;
      double value = BlackScholes.black(option, forward, deviation) - scale * sums[at];
      prices[k] = discountFactor * Math.max(value, option.intrinsic(forward));
      for (int p = 1; p < integral.components; p++) {
        slopes[k][p - 1] = -discountFactor * scale * sums[at + p];
      }
    }
    return new Smile(prices, slopes);
  }

  private double[] integrate() {
    double largest = 1;
    for (double omega : omegas) {
      largest = Math.max(largest, Math.abs(omega));
    }
    double first = Math.min(Math.max(1, 0.5 / Math.sqrt(law.variance())), 4 / largest);
    return new AdaptivePanels(this, waves.size(), RULE_DIFFERENCE, TAIL).integrate(first);
  }

  @Override
  public void add(
      double u, double kronrodWeight, double gaussWeight, double[] kronrod, double[] gauss) {
    evaluate(u);
    waves.add(u, kronrodWeight, gaussWeight, kronrod, gauss);
  }

  @Override
  public double modulus() {
    return waves.modulus();
  }

  @Override
  public String toString() {
    return law.toString();
  }

  /** Writes what strikes share at u: the difference to the control, then the derivatives. */
  private void evaluate(double u) {
    double n = u * u + 0.25;
    Complex[] exponent = components == 1 ? new Complex[] {law.psi(u)} : law.exponent(u);
    Complex moment = exponent[0].exp().times(1 / n);
    waves.begin();
    waves.put(0, moment.plus(-StrictMath.exp(-0.5 * law.variance() * n) / n));
    for (int p = 1; p < components; p++) {
      waves.put(p, moment.times(exponent[p]));
    }
  }
}
