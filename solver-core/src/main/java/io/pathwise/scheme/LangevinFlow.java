package io.pathwise.scheme;

import io.pathwise.expr.Expr;

/**
 * The exact flow of dx = v dt, dv = (-gamma v + c) dt with constant c over a part of a step, and
 * its integrals: elementwise functions of gamma, without cancellation at small gamma.
 *
 * @param friction gamma, a vector of d
 * @param time the time s that it lasts, a scalar
 */
record LangevinFlow(Expr friction, Expr time) {

  /** The series is good to 1e-17 below 1, where the closed forms cancel. */
  private static final int TERMS = 17;

  /** e^(-gamma s): what is left of a velocity. */
  Expr decay() {
    return exponent().neg().exp();
  }

  /** (1 - e^(-gamma s)) / gamma: how far a velocity of 1 leads, or a force of 1 accelerates. */
  Expr reach() {
    Expr z = exponent();
    Expr away = z.max(1);
    Expr closed = Expr.ONE.minus(away.neg().exp()).over(away);
    return Expr.ONE.above(z).select(series(z, 1), closed).times(time);
  }

  /** (e^(-gamma s) - 1 + gamma s) / gamma^2: how far a force of 1 leads. */
  Expr fall() {
    Expr z = exponent();
    Expr away = z.max(1);
    Expr closed = away.neg().exp().plus(away).minus(1).over(away.square());
    return Expr.ONE.above(z).select(series(z, 2), closed).times(time.square());
  }

  private Expr exponent() {
    return friction.times(time);
  }

  /** sum_k (-z)^k / (k + j)!, in Horner form. */
  private static Expr series(Expr z, int j) {
    Expr near = z.min(1).neg();
    Expr sum = Expr.ONE;
    for (int k = TERMS; k >= 1; k--) {
      sum = sum.times(near).over(k + j).plus(1);
    }
    return j == 2 ? sum.times(0.5) : sum;
  }
}
