package io.pathwise.model.analytic;

/**
 * The integrands of several strikes of one expiry, whose factors at a point are the same but for
 * the wave exp(i (omega - reference) u) of each strike, u = direction x: the real part of their
 * product for every component.
 */
final class StrikeWaves {
  private final double[] omegas;
  private final Complex direction;
  private final double reference;
  private final int components;
  private final double[] terms;
  private double modulus;

  /**
   * The waves of strikes.
   *
   * @param omegas ln(F/K) of each
   * @param direction of the ray of integration
   * @param reference the omega whose wave is in the factors already
   */
  StrikeWaves(double[] omegas, Complex direction, double reference, int components) {
    this.omegas = omegas;
    this.direction = direction;
    this.reference = reference;
    this.components = components;
    this.terms = new double[2 * components];
  }

  /** The number of sums, components of strikes. */
  int size() {
    return components * omegas.length;
  }

  /** Begins with a point; the factors of its components follow. */
  void begin() {
    modulus = 0;
  }

  /** Takes the factor of a component. */
  void put(int component, Complex value) {
    terms[2 * component] = value.re();
    terms[2 * component + 1] = value.im();
    modulus = Math.max(modulus, Math.abs(value.re()) + Math.abs(value.im()));
  }

  /** The largest factor of the point, the sum of the moduli of its two parts. */
  double modulus() {
    return modulus;
  }

  /** Adds the integrands at distance x to two sums, those of one strike together. */
  void add(double x, double kronrodWeight, double gaussWeight, double[] kronrod, double[] gauss) {
    double re = direction.re() * x;
    double im = direction.im() * x;
    for (int k = 0; k < omegas.length; k++) {
      double omega = omegas[k] - reference;
      double size = im == 0 ? 1 : StrictMath.exp(-omega * im);
      double c = size * StrictMath.cos(omega * re);
      double s = size * StrictMath.sin(omega * re);
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
