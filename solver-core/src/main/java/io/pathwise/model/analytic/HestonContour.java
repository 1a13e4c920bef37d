package io.pathwise.model.analytic;

/**
 * The ray u = x exp(i phi), x >= 0, that the pricing integral of some strikes runs along.
 *
 * <p>Turned towards the sign of omega = ln(F / K) the oscillation exp(i omega u) becomes decay. For
 * large x the characteristic function behaves like exp(-s u (sqrt(1 - rho^2) + i r)), s = (v0 +
 * kappa theta T) / xi, r = rho - omega / s, omega included (Andersen and Lake, "Robust
 * high-precision option pricing by Fourier transforms", 2018, section 4), so the turn is a full one
 * where r and omega differ in sign and otherwise small enough to keep half of the decay.
 */
final class HestonContour {
  private static final double LARGEST_ANGLE = Math.PI / 6;

  private final Complex direction;
  private final double nearest;
  private final double firstPanel;

  private HestonContour(double angle, double nearest, double firstPanel) {
    this.direction = Complex.polar(1, angle);
    this.nearest = nearest;
    this.firstPanel = firstPanel;
  }

  /**
   * The contour for strikes on one side of the forward.
   *
   * @param omegas ln(F / K), none of opposite signs
   * @param variance the expected integrated variance
   */
  static HestonContour of(HestonAnalytic model, double expiry, double[] omegas, double variance) {
    double side = 0;
    double smallest = Double.POSITIVE_INFINITY;
    double largest = 0;
    for (double omega : omegas) {
      side = omega == 0 ? side : Math.signum(omega);
      smallest = Math.min(smallest, Math.abs(omega));
      largest = Math.max(largest, Math.abs(omega));
    }
    double turn = side == 0 && model.rho() != 0 ? -Math.signum(model.rho()) : side;
    double angle = LARGEST_ANGLE;
    double spread = (model.v0() + model.kappa() * model.theta() * expiry) / model.xi();
    for (double omega : omegas) {
      double r = model.rho() - omega / spread;
      if (r * turn > 0) {
        double decay = Math.sqrt((1 - model.rho()) * (1 + model.rho()));
        angle = Math.min(angle, Math.atan(0.5 * decay / Math.abs(r)));
      }
    }
    double panel = Math.max(1, 0.5 / Math.sqrt(variance));
    return new HestonContour(turn * angle, side * smallest, Math.min(panel, 4 / largest));
  }

  /** exp(i phi). */
  Complex direction() {
    return direction;
  }

  /** The omega closest to 0; relative to it, no strike's exp(i omega u) exceeds 1 on the ray. */
  double nearest() {
    return nearest;
  }

  /** The length of the first panel of the quadrature. */
  double firstPanel() {
    return firstPanel;
  }
}
