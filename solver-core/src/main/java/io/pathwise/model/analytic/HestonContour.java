package io.pathwise.model.analytic;

/**
 * The ray u = x exp(i phi), x >= 0, that the pricing integral of some strikes runs along.
 *
 * <p>With omega = ln(F / K) the integrand behaves for large x like exp(-s u (sqrt(1 - rho^2) + i
 * r)), s = (v0 + kappa theta T) / xi, r = rho - omega / s (Andersen and Lake, "Robust
 * high-precision option pricing by Fourier transforms", 2018), and before that like a Gaussian
 * times exp(i omega u). A turn against the sign of r makes oscillation decay in the first regime
 * and a turn towards the sign of omega in the second. A strike within a standard deviation of the
 * forward turns against r; another turns towards omega, and where that costs decay, only so far
 * that half of it is left.
 *
 * @param direction exp(i phi)
 * @param reference the omega whose wave exp(i omega u) is the largest on the ray
 * @param firstPanel the length of the quadrature's first panel
 */
record HestonContour(Complex direction, double reference, double firstPanel) {
  private static final double LARGEST_ANGLE = Math.PI / 6;

  /** The sign of the turn that suits a strike: -1, 0 or 1. */
  static double turn(HestonAnalytic model, double expiry, double omega, double variance) {
    return omega * omega <= variance
        ? -Math.signum(slope(model, expiry, omega))
        : Math.signum(omega);
  }

  /**
   * The contour for strikes whose turns have no opposite signs.
   *
   * @param omegas ln(F / K)
   * @param variance the expected integrated variance
   */
  static HestonContour of(HestonAnalytic model, double expiry, double[] omegas, double variance) {
    double turn = 0;
    double largest = 0;
    for (double omega : omegas) {
      double own = turn(model, expiry, omega, variance);
      turn = own == 0 ? turn : own;
      largest = Math.max(largest, Math.abs(omega));
    }
    double decay = Math.sqrt((1 - model.rho()) * (1 + model.rho()));
    double angle = LARGEST_ANGLE;
    double reference = Double.POSITIVE_INFINITY;
    for (double omega : omegas) {
      reference = Math.min(reference, omega * turn);
      double against = slope(model, expiry, omega) * turn;
      if (against > 0) {
        angle = Math.min(angle, StrictMath.atan(0.5 * decay / against));
      }
    }
    double panel = Math.max(1, 0.5 / Math.sqrt(variance));
    return new HestonContour(
        Complex.polar(1, turn * angle), reference * turn, Math.min(panel, 4 / largest));
  }

  /** r, the rate of oscillation for large x in units of s. */
  private static double slope(HestonAnalytic model, double expiry, double omega) {
    double spread = (model.v0() + model.kappa() * model.theta() * expiry) / model.xi();
    return model.rho() - omega / spread;
  }
}
