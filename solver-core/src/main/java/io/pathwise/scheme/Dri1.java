package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Set;

/**
 * DRI1, a stochastic Runge-Kutta method of weak order 2, and order 3 where the noise vanishes, for
 * all noise (Debrabant and Rößler 2009, "Families of efficient second order Runge-Kutta methods for
 * the weak approximation of Itô stochastic differential equations"). A step evaluates the drift
 * three times and each column of g up to three times, for channels that do not act alone five
 * times.
 *
 * <p>Its three-point variables for I_k are replaced by the Brownian increments, whose moments are
 * those of the method up to the fifth; its two-point variables are signs of normals of their own,
 * so they are drawn where channels interact: for general and commutative noise.
 */
public final class Dri1 implements Scheme {

  @Override
  public String name() {
    return "dri1";
  }

  @Override
  public String description() {
    return "DRI1: weak order 2 for all noise (Debrabant-Roessler 2009)";
  }

  @Override
  public double strongOrder(NoiseType noise) {
    return Dri1Step.strongOrder(noise);
  }

  @Override
  public double weakOrder(NoiseType noise) {
    return 2.0;
  }

  @Override
  public Set<Calculus> calculi() {
    return EnumSet.of(Calculus.ITO);
  }

  @Override
  public Set<NoiseType> noiseTypes() {
    return EnumSet.allOf(NoiseType.class);
  }

  @Override
  public int extraNormals(Sde sde) {
    return Dri1Step.interacting(sde) ? sde.channels() - 1 : 0;
  }

  @Override
  public Expr step(Sde sde, Step step) {
    return new Dri1Step(sde, step).next();
  }
}
