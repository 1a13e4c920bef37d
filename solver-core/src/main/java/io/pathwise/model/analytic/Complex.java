package io.pathwise.model.analytic;

/**
 * A complex number.
 *
 * @param re real part
 * @param im imaginary part
 */
record Complex(double re, double im) {
  static final Complex ZERO = new Complex(0, 0);
  static final Complex ONE = new Complex(1, 0);

  static Complex real(double x) {
    return new Complex(x, 0);
  }

  static Complex polar(double modulus, double angle) {
    return new Complex(modulus * StrictMath.cos(angle), modulus * StrictMath.sin(angle));
  }

  Complex plus(Complex z) {
    return new Complex(re + z.re, im + z.im);
  }

  Complex plus(double x) {
    return new Complex(re + x, im);
  }

  Complex minus(Complex z) {
    return new Complex(re - z.re, im - z.im);
  }

  Complex negate() {
    return new Complex(-re, -im);
  }

  Complex times(Complex z) {
    return new Complex(re * z.re - im * z.im, re * z.im + im * z.re);
  }

  Complex times(double x) {
    return new Complex(re * x, im * x);
  }

  /** i z. */
  Complex timesI() {
    return new Complex(-im, re);
  }

  Complex reciprocal() {
    double scale = 1 / (re * re + im * im);
    return new Complex(re * scale, -im * scale);
  }

  Complex over(Complex z) {
    return times(z.reciprocal());
  }

  Complex square() {
    return new Complex((re - im) * (re + im), 2 * re * im);
  }

  double modulus() {
    return Math.sqrt(re * re + im * im);
  }

  /** The square root with non-negative real part. */
  Complex sqrt() {
    double half = Math.sqrt(0.5 * (modulus() + Math.abs(re)));
    if (half == 0) {
      return ZERO;
    }
    double other = im / (2 * half);
    return re >= 0
        ? new Complex(half, other)
        : new Complex(Math.abs(other), Math.copySign(half, im));
  }

  Complex exp() {
    return polar(StrictMath.exp(re), im);
  }

  /** exp(z) - 1 without cancellation near 0. */
  Complex expm1() {
    double half = StrictMath.sin(0.5 * im);
    double growth = StrictMath.expm1(re);
    return new Complex(
        growth * StrictMath.cos(im) - 2 * half * half, (growth + 1) * StrictMath.sin(im));
  }

  /** ln(1 + z), principal branch, without cancellation near 0. */
  Complex log1p() {
    double shifted = 1 + re;
    double logModulus =
        Math.abs(re) + Math.abs(im) < 0.5
            ? 0.5 * StrictMath.log1p(re * (2 + re) + im * im)
            : 0.5 * StrictMath.log(shifted * shifted + im * im);
    return new Complex(logModulus, StrictMath.atan2(im, shifted));
  }
}
