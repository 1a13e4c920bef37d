package io.pathwise.sde;

import io.pathwise.expr.Expr;

/** Brownian motion with drift: y + f dt + g W. */
enum ConstantCoefficients implements ExactTransition {
  INSTANCE;

  @Override
  public Expr next(Sde sde, Expr dt, Expr w, Expr extra) {
    return sde.state().plus(sde.drift().times(dt)).plus(sde.diffuse(w));
  }
}
