package io.pathwise.model.analytic;

/**
 * The pricing integrals of several strikes of one expiry, on one contour: the characteristic
 * function is evaluated once a node, whatever the number of strikes.
 *
 * <p>With g = (exp(psi) - exp(-w N / 2)) / N, w the total variance of the Black control variate,
 * the components for a strike are the integrals over x of the real part of exp(i omega u) exp(i
 * phi) times g, (dpsi/dp) exp(psi) / N for the five parameters p, i u g and N g.
 */
final class HestonIntegral implements AdaptivePanels.Integrand {
  /** Components of a strike, in this order: value, v0, kappa, theta, xi, rho, slope, curvature. */
  static final int COMPONENTS = 8;

  /** The first of them: the value and its derivatives in the parameters. */
  static final int WITH_PARAMETERS = 6;

  /** The value alone. */
  static final int VALUE = 1;

  private static final double RULE_DIFFERENCE = 1e-11;

  private static final double TAIL = 1e-16;

  private final HestonAnalytic model;
  private final HestonCharacteristic characteristic;
  private final HestonContour contour;
  private final double[] omegas;
  private final double variance;
  private final int components;
  private final double[] terms;
  private double lastModulus;
  private final AdaptivePanels panels;

  /**
   * The integrals of strikes on one contour.
   *
   * @param components how many of the components: all, {@link #WITH_PARAMETERS} or {@link #VALUE}
   */
  HestonIntegral(
      HestonAnalytic model, double expiry, double[] omegas, double variance, int components) {
    this.components = components;
    this.terms = new double[2 * components];
    this.model = model;
    this.characteristic = new HestonCharacteristic(model, expiry);
    this.contour = HestonContour.of(model, expiry, omegas, variance);
    this.omegas = omegas;
    this.variance = variance;
    this.panels = new AdaptivePanels(this, components * omegas.length, RULE_DIFFERENCE, TAIL);
  }

  /** The components, those of one strike together. */
  double[] integrate() {
    return panels.integrate(contour.firstPanel());
  }

  /** The number of panels taken so far. */
  int panels() {
    return panels.panels();
  }

  @Override
  public void add(
      double x, double kronrodWeight, double gaussWeight, double[] kronrod, double[] gauss) {
    evaluate(x);
    accumulate(x, kronrodWeight, gaussWeight, kronrod, gauss);
  }

  @Override
  public double modulus() {
    return lastModulus;
  }

  @Override
  public String toString() {
    return model.toString();
  }

  /**
   * Writes the factors at distance x that strikes share to {@code terms}, real and imaginary parts;
   * the largest wave is in them, without which they may overflow.
   */
  private void evaluate(double x) {
    Complex u = contour.direction().times(x);
    Complex n = u.square().plus(0.25);
    Complex wave = u.timesI().times(contour.reference());
    Complex rn = n.reciprocal();
    Complex black = n.times(-0.5 * variance).plus(wave).exp().times(contour.direction());
    lastModulus = 0;
    if (components == VALUE) {
      Complex heston = characteristic.psi(u).plus(wave).exp().times(contour.direction());
      put(0, heston.minus(black).times(rn));
      return;
    }
    HestonCharacteristic.Point point = characteristic.at(u);
    Complex heston = point.psi().plus(wave).exp().times(contour.direction());
    Complex difference = heston.minus(black);
    Complex value = difference.times(rn);
    Complex factor = heston.times(rn);
    put(0, value);
    put(1, point.v0().times(factor));
    put(2, point.kappa().times(factor));
    put(3, point.theta().times(factor));
    put(4, point.xi().times(factor));
    put(5, point.rho().times(factor));
    if (components == COMPONENTS) {
      put(6, value.times(u.timesI()));
      put(7, difference);
    }
  }

  private void put(int component, Complex value) {
    terms[2 * component] = value.re();
    terms[2 * component + 1] = value.im();
    lastModulus = Math.max(lastModulus, Math.abs(value.re()) + Math.abs(value.im()));
  }

  private void accumulate(
      double x, double kronrodWeight, double gaussWeight, double[] kronrod, double[] gauss) {
    double re = contour.direction().re() * x;
    double im = contour.direction().im() * x;
    for (int k = 0; k < omegas.length; k++) {
      double omega = omegas[k] - contour.reference();
      double modulus = StrictMath.exp(-omega * im);
      double c = modulus * StrictMath.cos(omega * re);
      double s = modulus * StrictMath.sin(omega * re);
      for (int j = 0; j < components; j++) {
        double term = terms[2 * j] * c - terms[2 * j + 1] * s;
        kronrod[components * k + j] += kronrodWeight * term;
        if (gaussWeight != 0) {
          gauss[components * k + j] += gaussWeight * term;
        }
      }
    }
  }
}
