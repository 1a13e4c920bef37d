package io.pathwise.model.analytic;

/**
 * The logarithm psi of the characteristic function of ln(S_T / F) under Heston, with its
 * derivatives in the five parameters, at z = u - i/2:
 *
 * <pre>
 * E[exp(i z ln(S_T / F))] = exp(psi),   psi = v0 D + kappa theta B,
 * N = z^2 + i z = u^2 + 1/4,   beta = kappa - i rho xi z,   d = sqrt(beta^2 + xi^2 N),
 * p = beta + d,   y = N (1 - exp(-d T)) / (2 d p),   Q = 1 - xi^2 y,
 * D = -N (1 - exp(-d T)) / (2 d Q),   B = -N T / p - 2 ln(Q) / xi^2.
 * </pre>
 *
 * <p>This is the continuous form of Albrecher, Mayer, Schoutens and Tistaert, "The little Heston
 * trap", Wilmott (2007), with beta - d written as -xi^2 N / (beta + d) throughout, so that nothing
 * cancels as xi goes to 0, where D = -N (1 - exp(-kappa T)) / (2 kappa). The derivatives are exact;
 * see docs/derivations/heston-semi-analytic.md.
 */
final class HestonCharacteristic {
  private final HestonAnalytic model;
  private final double expiry;

  HestonCharacteristic(HestonAnalytic model, double expiry) {
    this.model = model;
    this.expiry = expiry;
  }

  /** psi and its derivatives at one argument. */
  record Point(Complex psi, Complex v0, Complex kappa, Complex theta, Complex xi, Complex rho) {}

  /** psi alone, to the bits of {@link #at}. */
  Complex psi(Complex u) {
    double xi = model.xi();
    double xi2 = xi * xi;
    Complex iz = u.timesI().plus(0.5);
    Complex n = u.square().plus(0.25);
    Complex beta = iz.times(-model.rho() * xi).plus(model.kappa());
    Complex d = discriminant(u, iz).sqrt();
    Complex rp = sumReciprocal(beta, d, n, xi2);
    Complex half = n.times(d.reciprocal()).times(0.5);
    Complex gain = half.times(d.times(-expiry).expm1().negate());
    Complex y = gain.times(rp);
    Complex q = y.times(xi2);
    Complex dCoefficient = gain.times(Complex.ONE.minus(q).reciprocal()).negate();
    Complex drift = n.times(rp).times(expiry);
    Complex bCoefficient = y.times(HestonLogarithm.of(q).value()).times(2).minus(drift);
    return dCoefficient.times(model.v0()).plus(bCoefficient.times(model.kappa() * model.theta()));
  }

  /** Evaluates at z = u - i/2, anywhere on a ray from 0 that is not the imaginary axis. */
  Point at(Complex u) {
    double xi = model.xi();
    double xi2 = xi * xi;
    Complex iz = u.timesI().plus(0.5);
    Complex n = u.square().plus(0.25);
    Complex beta = iz.times(-model.rho() * xi).plus(model.kappa());
    Complex d = discriminant(u, iz).sqrt();
    Complex rd = d.reciprocal();
    Complex rp = sumReciprocal(beta, d, n, xi2);
    Complex loss = d.times(-expiry).expm1().negate();
    Complex decay = Complex.ONE.minus(loss).times(expiry);
    Complex half = n.times(rd).times(0.5);
    Complex y = half.times(loss).times(rp);
    Complex q = y.times(xi2);
    Complex rq = Complex.ONE.minus(q).reciprocal();
    Complex dCoefficient = half.times(loss).times(rq).negate();
    HestonLogarithm log = HestonLogarithm.of(q);
    Complex drift = n.times(rp).times(expiry);
    Complex bCoefficient = y.times(log.value()).times(2).minus(drift);

    Complex driftSlope = drift.times(rp);
    Complex yBeta = y.times(rp).negate();
    Complex yD = half.times(decay).times(rp).minus(y.times(rd)).plus(yBeta);
    Complex yBetaQ = yBeta.times(rq);
    Complex yDQ = yD.times(rq);
    Complex dBeta = dCoefficient.times(yBetaQ).times(xi2);
    Complex dD = dCoefficient.times(yDQ.times(xi2).minus(rd)).minus(half.times(decay).times(rq));
    Complex bBeta = driftSlope.plus(yBetaQ.times(2));
    Complex bD = driftSlope.plus(yDQ.times(2));
    Complex dXi = dCoefficient.times(y).times(rq).times(2 * xi);
    Complex bXi = y.square().times(log.slope()).times(4 * xi);

    double v0 = model.v0();
    double level = model.kappa() * model.theta();
    Complex alongD = dD.times(v0).plus(bD.times(level));
    Complex alongBeta = dBeta.times(v0).plus(bBeta.times(level)).plus(alongD.times(beta).times(rd));
    Complex alongXi =
        dXi.times(v0).plus(bXi.times(level)).plus(alongD.times(n).times(rd).times(xi));
    return new Point(
        dCoefficient.times(v0).plus(bCoefficient.times(level)),
        dCoefficient,
        alongBeta.plus(bCoefficient.times(model.theta())),
        bCoefficient.times(model.kappa()),
        alongXi.minus(alongBeta.times(iz).times(model.rho())),
        alongBeta.times(iz).times(-xi));
  }

  /** beta^2 + xi^2 N with the terms in u^2 collected, since they cancel as |rho| goes to 1. */
  private Complex discriminant(Complex u, Complex iz) {
    double kappa = model.kappa();
    double xi = model.xi();
    double rho = model.rho();
    double xi2 = xi * xi;
    return u.square()
        .times(xi2 * (1 - rho) * (1 + rho))
        .plus(u.timesI().times(xi2 * rho * rho))
        .minus(iz.times(2 * kappa * rho * xi))
        .plus(kappa * kappa + 0.25 * xi2 * (1 + rho * rho));
  }

  /** 1 / (beta + d), through (beta + d)(beta - d) = -xi^2 N where the sum cancels. */
  private static Complex sumReciprocal(Complex beta, Complex d, Complex n, double xi2) {
    boolean sameSide = beta.re() * d.re() + beta.im() * d.im() >= 0;
    return sameSide ? beta.plus(d).reciprocal() : d.minus(beta).times(n.times(xi2).reciprocal());
  }
}
