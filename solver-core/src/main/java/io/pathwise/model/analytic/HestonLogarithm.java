package io.pathwise.model.analytic;

/**
 * l(q) = -ln(1 - q) / q and its derivative, where q = xi^2 y is that of {@link
 * HestonCharacteristic}; the principal logarithm is the continuous one.
 *
 * @param value l(q), 1 at q = 0
 * @param slope dl/dq, 1/2 at q = 0
 */
record HestonLogarithm(Complex value, Complex slope) {
  private static final double SERIES_RADIUS = 0.03;
  private static final int SERIES_TERMS = 12;

  static HestonLogarithm of(Complex q) {
    if (q.modulus() < SERIES_RADIUS) {
      return series(q);
    }
    Complex rq = q.reciprocal();
    Complex value = q.negate().log1p().times(rq).negate();
    return new HestonLogarithm(value, Complex.ONE.minus(q).reciprocal().minus(value).times(rq));
  }

  private static HestonLogarithm series(Complex q) {
    Complex value = Complex.ZERO;
    Complex slope = Complex.ZERO;
    for (int k = SERIES_TERMS; k >= 0; k--) {
      slope = slope.times(q).plus((k + 1.0) / (k + 2.0));
      value = value.times(q).plus(1.0 / (k + 1.0));
    }
    return new HestonLogarithm(value, slope);
  }
}
