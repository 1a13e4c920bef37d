package io.pathwise.model.analytic;

/**
 * The pricing integrals of several strikes of one expiry, on one contour: the characteristic
 * function is evaluated once a node, whatever the number of strikes.
 *
 * <p>With g = (exp(psi) - exp(-w N / 2)) / N, w the total variance of the Black control variate,
 * the components for a strike are the integrals over x of the real part of exp(i omega u) exp(i
 * phi) times g, i u g, N g and (dpsi/dp) exp(psi) / N for the five parameters p.
 *
 * <p>Panels of doubling length are integrated by {@link GaussKronrod} and halved until the two
 * rules agree; the sum ends where the integrand's modulus, times the distance run, is below double
 * precision.
 */
final class HestonIntegral {
  /** Components of a strike, in this order: value, slope, curvature, v0, kappa, theta, xi, rho. */
  static final int COMPONENTS = 8;

  /**
   * Largest difference of the two rules on a panel. The difference is the error of the 10-point
   * rule; that of the 21-point rule, which counts, is its power of about 1.6.
   */
  private static final double RULE_DIFFERENCE = 1e-11;

  private static final double TAIL = 1e-16;
  private static final int MAXIMUM_PANELS = 20_000;
  private static final int MAXIMUM_DEPTH = 40;

  private final HestonAnalytic model;
  private final HestonCharacteristic characteristic;
  private final HestonContour contour;
  private final double[] omegas;
  private final double variance;
  private final double[] sums;
  private final double[] terms = new double[2 * COMPONENTS];
  private double lastModulus;
  private int panels;

  HestonIntegral(HestonAnalytic model, double expiry, double[] omegas, double variance) {
    this.model = model;
    this.characteristic = new HestonCharacteristic(model, expiry);
    this.contour = HestonContour.of(model, expiry, omegas, variance);
    this.omegas = omegas;
    this.variance = variance;
    this.sums = new double[COMPONENTS * omegas.length];
  }

  /** The components, those of one strike together. */
  double[] integrate() {
    double from = 0;
    double length = contour.firstPanel();
    do {
      panel(from, length, 0);
      from += length;
      length = Math.min(2 * length, from);
    } while (lastModulus * from > TAIL);
    return sums;
  }

  /** The number of panels taken so far. */
  int panels() {
    return panels;
  }

  private void panel(double from, double length, int depth) {
    if (++panels > MAXIMUM_PANELS || depth > MAXIMUM_DEPTH) {
      throw new ArithmeticException(
          "Heston integral does not converge near u = " + from + " for " + model);
    }
    double[] kronrod = new double[sums.length];
    double[] gauss = new double[sums.length];
    double half = 0.5 * length;
    for (int i = 0; i < GaussKronrod.SIZE; i++) {
      double x = from + half * (1 + GaussKronrod.node(i));
      evaluate(x);
      accumulate(
          x,
          half * GaussKronrod.kronrodWeight(i),
          half * GaussKronrod.gaussWeight(i),
          kronrod,
          gauss);
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

  /**
   * Writes the factors at distance x that strikes share to {@code terms}, real and imaginary parts;
   * the largest wave is in them, without which they may overflow.
   */
  private void evaluate(double x) {
    Complex u = contour.direction().times(x);
    Complex n = u.square().plus(0.25);
    HestonCharacteristic.Point point = characteristic.at(u);
    Complex wave = u.timesI().times(contour.reference());
    Complex heston = point.psi().plus(wave).exp().times(contour.direction());
    Complex black = n.times(-0.5 * variance).plus(wave).exp().times(contour.direction());
    Complex difference = heston.minus(black);
    Complex rn = n.reciprocal();
    Complex value = difference.times(rn);
    Complex factor = heston.times(rn);
    lastModulus = 0;
    put(0, value);
    put(1, value.times(u.timesI()));
    put(2, difference);
    put(3, point.v0().times(factor));
    put(4, point.kappa().times(factor));
    put(5, point.theta().times(factor));
    put(6, point.xi().times(factor));
    put(7, point.rho().times(factor));
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
      for (int j = 0; j < COMPONENTS; j++) {
        double term = terms[2 * j] * c - terms[2 * j + 1] * s;
        kronrod[COMPONENTS * k + j] += kronrodWeight * term;
        gauss[COMPONENTS * k + j] += gaussWeight * term;
      }
    }
  }
}
