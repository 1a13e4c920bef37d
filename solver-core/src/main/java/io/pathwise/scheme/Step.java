package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;

/**
 * The symbols of one step from t to t + dt.
 *
 * @param dW the Brownian increments over the step, a vector of m
 */
public record Step(Expr dW) {

  /** The step size in years. */
  public static final Expr DT = Expr.leaf(Leaf.STEP, "dt");
}
