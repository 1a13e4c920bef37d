package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import io.pathwise.noise.BrownianStep;
import io.pathwise.sde.Sde;

/**
 * The symbols of one step from t to t + dt.
 *
 * @param brownian the Brownian motion over the step, with the terms that {@link Scheme#levyTerms}
 *     asks for
 * @param extra independent standard normals, as many as {@link Scheme#extraNormals} asks for: a
 *     vector, null for none
 */
public record Step(BrownianStep brownian, Expr extra) {

  /** The step size in years. */
  public static final Expr DT = Expr.leaf(Leaf.STEP, "dt");

  /** The Brownian increments, a vector of m. */
  public Expr dW() {
    return brownian.w();
  }

  /** The space-time Lévy area H, a vector of m. */
  public Expr spaceTime() {
    return brownian.h();
  }

  /** I_(1,0) / dt = W/2 + H, the mean over the step of the path from its start: a vector of m. */
  Expr meanIncrement() {
    return dW().times(0.5).plus(spaceTime());
  }

  /** Time a fraction of the step after its start. */
  Expr time(double fraction) {
    return Sde.TIME.plus(DT.times(fraction));
  }

  /** The space-time-time Lévy area K, a vector of m. */
  public Expr spaceTimeTime() {
    return brownian.k();
  }

  /** The Lévy area A, an antisymmetric m x m matrix. */
  public Expr area() {
    return brownian.area();
  }
}
