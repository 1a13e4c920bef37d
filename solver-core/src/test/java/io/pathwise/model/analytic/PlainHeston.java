package io.pathwise.model.analytic;

/**
 * The Heston call by the textbook characteristic function (Albrecher et al. 2007, with g and
 * exp(-dT)) in Lewis's mid-strip integral, by the trapezoidal rule on the real line: with poles at
 * +-i/2 its error is exp(-pi / h), below 1e-15 for h = 0.09. Slow, plain, and sharing no
 * quadrature, contour or control variate with the library.
 */
final class PlainHeston {
  private static final double STEP = 0.09;

  private PlainHeston() {}

  /** The undiscounted call at forward 1. */
  static double call(HestonAnalytic model, double strike, double expiry) {
    double omega = -Math.log(strike);
    double sum = 0.5 * integrand(model, omega, expiry, 0).re();
    for (int k = 1; ; k++) {
      double u = k * STEP;
      Complex term = integrand(model, omega, expiry, u);
      sum += term.re();
      if (term.modulus() * u < 1e-15) {
        return 1 - Math.sqrt(strike) / Math.PI * STEP * sum;
      }
    }
  }

  private static Complex integrand(HestonAnalytic model, double omega, double expiry, double u) {
    return psi(model, expiry, new Complex(u, -0.5))
        .plus(new Complex(0, omega * u))
        .exp()
        .times(1 / (u * u + 0.25));
  }

  /** ln E[exp(i z ln(S_T / F))]. */
  static Complex psi(HestonAnalytic model, double expiry, Complex z) {
    double xi = model.xi();
    Complex beta = z.timesI().times(-model.rho() * xi).plus(model.kappa());
    Complex d = beta.square().plus(z.square().plus(z.timesI()).times(xi * xi)).sqrt();
    Complex minus = beta.minus(d);
    Complex g = minus.over(beta.plus(d));
    Complex decay = d.times(-expiry).exp();
    Complex numerator = Complex.ONE.minus(g.times(decay));
    Complex log = numerator.over(Complex.ONE.minus(g)).plus(-1).log1p();
    Complex level =
        minus.times(expiry).minus(log.times(2)).times(model.kappa() * model.theta() / (xi * xi));
    Complex slope = minus.times(Complex.ONE.minus(decay)).over(numerator).times(1 / (xi * xi));
    return level.plus(slope.times(model.v0()));
  }
}
