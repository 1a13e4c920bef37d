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
  private final double variance;
  private final int components;
  private final StrikeWaves waves;
  private final AdaptivePanels panels;

  /**
   * The integrals of strikes on one contour.
   *
   * @param components how many of the components: all, {@link #WITH_PARAMETERS} or {@link #VALUE}
   */
  HestonIntegral(
      HestonAnalytic model, double expiry, double[] omegas, double variance, int components) {
    this.components = components;
    this.model = model;
    this.characteristic = new HestonCharacteristic(model, expiry);
    this.contour = HestonContour.of(model, expiry, omegas, variance);
    this.variance = variance;
    this.waves = new StrikeWaves(omegas, contour.direction(), contour.reference(), components);
    this.panels = new AdaptivePanels(this, waves.size(), RULE_DIFFERENCE, TAIL);
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
    waves.add(x, kronrodWeight, gaussWeight, kronrod, gauss);
  }

  @Override
  public double modulus() {
    return waves.modulus();
  }

  @Override
  public String toString() {
    return model.toString();
  }

  /**
   * Writes the factors at distance x that strikes share to the waves; the largest wave is in them,
   * without which they may overflow.
   */
  private void evaluate(double x) {
    Complex u = contour.direction().times(x);
    Complex n = u.square().plus(0.25);
    Complex wave = u.timesI().times(contour.reference());
    Complex rn = n.reciprocal();
    Complex black = n.times(-0.5 * variance).plus(wave).exp().times(contour.direction());
    waves.begin();
    if (components == VALUE) {
      Complex heston = characteristic.psi(u).plus(wave).exp().times(contour.direction());
      waves.put(0, heston.minus(black).times(rn));
      return;
    }
    HestonCharacteristic.Point point = characteristic.at(u);
    Complex heston = point.psi().plus(wave).exp().times(contour.direction());
    Complex difference = heston.minus(black);
    Complex value = difference.times(rn);
    Complex factor = heston.times(rn);
    waves.put(0, value);
    waves.put(1, point.v0().times(factor));
    waves.put(2, point.kappa().times(factor));
    waves.put(3, point.theta().times(factor));
    waves.put(4, point.xi().times(factor));
    waves.put(5, point.rho().times(factor));
    if (components == COMPONENTS) {
      waves.put(6, value.times(u.timesI()));
      waves.put(7, difference);
    }
  }
}
