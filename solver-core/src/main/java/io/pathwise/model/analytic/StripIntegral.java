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
final class StripIntegral {
  private static final double RULE_DIFFERENCE = 1e-10;
  private static final double TAIL = 1e-13;
  private static final int MAXIMUM_PANELS = 20_000;
  private static final int MAXIMUM_DEPTH = 40;

  private final ParametricLaw law;
  private final double[] omegas;
  private final int components;
  private final double[] terms;
  private final double[] sums;
  private double lastModulus;
  private int panels;

  private StripIntegral(ParametricLaw law, double[] omegas) {
    this.law = law;
    this.omegas = omegas;
    this.components = law.exponent(0).length;
    this.terms = new double[2 * components];
    this.sums = new double[components * omegas.length];
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
    new Arguments("price")
        .positive("forward", forward)
        .positive("discount factor", discountFactor)
        .positive("expiry", expiry)
        .check();
    double[] omegas =
        options.stream().mapToDouble(o -> StrictMath.log(forward / o.strike())).toArray();
    StripIntegral integral = new StripIntegral(law, omegas);
    integral.integrate();
    double deviation = Math.sqrt(law.variance());
    double[] prices = new double[omegas.length];
    double[][] slopes = new double[omegas.length][integral.components - 1];
    for (int k = 0; k < omegas.length; k++) {
      EuropeanOption option = options.get(k);
      double scale = Math.sqrt(forward * option.strike()) / Math.PI;
      int at = k * integral.components;
      double value = BlackScholes.black(option, forward, deviation) - scale * integral.sums[at];
      prices[k] = discountFactor * Math.max(value, option.intrinsic(forward));
      for (int p = 1; p < integral.components; p++) {
        slopes[k][p - 1] = -discountFactor * scale * integral.sums[at + p];
      }
    }
    return new Smile(prices, slopes);
  }

  private void integrate() {
    double largest = 1;
    for (double omega : omegas) {
      largest = Math.max(largest, Math.abs(omega));
    }
    double from = 0;
    double length = Math.min(Math.max(1, 0.5 / Math.sqrt(law.variance())), 4 / largest);
    do {
      panel(from, length, 0);
      from += length;
      length = Math.min(2 * length, from);
    } while (lastModulus * from > TAIL);
  }

  private void panel(double from, double length, int depth) {
    if (++panels > MAXIMUM_PANELS || depth > MAXIMUM_DEPTH) {
      throw new ArithmeticException(
          "the price integral does not converge near u = " + from + " for " + law);
    }
    double[] kronrod = new double[sums.length];
    double[] gauss = new double[sums.length];
    double half = 0.5 * length;
    for (int i = 0; i < GaussKronrod.SIZE; i++) {
      double u = from + half * (1 + GaussKronrod.node(i));
      evaluate(u);
      double kronrodWeight = half * GaussKronrod.kronrodWeight(i);
      accumulate(u, kronrodWeight, half * GaussKronrod.gaussWeight(i), kronrod, gauss);
    }
    if (agree(kronrod, gauss)) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += kronrod[i];
      }
    } else {
      panel(from, half, depth + 1);
      panel(from + half, half, depth + 1);
    }
  }

  private boolean agree(double[] kronrod, double[] gauss) {
    for (int i = 0; i < kronrod.length; i++) {
      double scale = Math.max(1, Math.abs(sums[i] + kronrod[i]));
      if (!(Math.abs(kronrod[i] - gauss[i]) <= RULE_DIFFERENCE * scale)) {
        return false;
      }
    }
    return true;
  }

  /** Writes what strikes share at u: the difference to the control, then the derivatives. */
  private void evaluate(double u) {
    double n = u * u + 0.25;
    Complex[] exponent = law.exponent(u);
    Complex moment = exponent[0].exp().times(1 / n);
    put(0, moment.plus(-StrictMath.exp(-0.5 * law.variance() * n) / n));
    lastModulus = Math.abs(terms[0]) + Math.abs(terms[1]);
    for (int p = 1; p < components; p++) {
      put(p, moment.times(exponent[p]));
      lastModulus = Math.max(lastModulus, Math.abs(terms[2 * p]) + Math.abs(terms[2 * p + 1]));
    }
  }

  private void put(int component, Complex value) {
    terms[2 * component] = value.re();
    terms[2 * component + 1] = value.im();
  }

  private void accumulate(
      double u, double kronrodWeight, double gaussWeight, double[] kronrod, double[] gauss) {
    for (int k = 0; k < omegas.length; k++) {
      double c = StrictMath.cos(omegas[k] * u);
      double s = StrictMath.sin(omegas[k] * u);
      for (int j = 0; j < components; j++) {
        double term = terms[2 * j] * c - terms[2 * j + 1] * s;
        kronrod[components * k + j] += kronrodWeight * term;
        gauss[components * k + j] += gaussWeight * term;
      }
    }
  }
}
