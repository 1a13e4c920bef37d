package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.PhiFunction;

/**
 * The exact flow of dx = v dt, dv = (-gamma v + c) dt with constant c over a part of a step, and
 * its integrals: elementwise functions of gamma, without cancellation at small gamma.
 *
 * @param friction gamma, a vector of d
 * @param time the time s that it lasts, a scalar
 */
record LangevinFlow(Expr friction, Expr time) {

  /** The series is good to 1e-17 below 1, where the closed form cancels. */
  private static final int TERMS = 17;

  /** e^(-gamma s): what is left of a velocity. */
  Expr decay() {
    return exponent().neg().exp();
  }

  /** (1 - e^(-gamma s)) / gamma: how far a velocity of 1 leads, or a force of 1 accelerates. */
  Expr reach() {
    return PhiFunction.phi1(exponent().neg()).times(time);
  }

  /** (e^(-gamma s) - 1 + gamma s) / gamma^2: how far a force of 1 leads. */
  Expr fall() {
    Expr z = exponent();
    Expr away = z.max(1);
    Expr closed = away.neg().exp().plus(away).minus(1).over(away.square());
    return Expr.ONE.above(z).select(series(z), closed).times(time.square());
  }

  private Expr exponent() {
    return friction.times(time);
  }

  /** sum_k (-z)^k / (k + 2)!, in Horner form. */
  private static Expr series(Expr z) {
    Expr near = z.min(1).neg();
    Expr sum = Expr.ONE;
    for (int k = TERMS; k >= 1; k--) {
      sum = sum.times(near).over(k + 2).plus(1);
    }
    return sum.times(0.5);
  }
}
