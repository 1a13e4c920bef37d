package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Set;

/**
 * Heun's method, the trapezoidal mean of the slopes at the start and at an Euler predictor. Strong
 * order 1 where channels commute and 1/2 elsewhere; weak order 1, and 2 for additive noise (Rümelin
 * 1982).
 */
public final class Heun implements Scheme {

  @Override
  public String name() {
    return "heun";
  }

  @Override
  public String description() {
    return "Heun: two drifts and two diffusions, weak order 2 for additive noise (Ruemelin 1982)";
  }

  @Override
  public double strongOrder(NoiseType noise) {
    return noise == NoiseType.GENERAL ? 0.5 : 1.0;
  }

  @Override
  public double weakOrder(NoiseType noise) {
    return noise == NoiseType.ADDITIVE ? 2.0 : 1.0;
  }

  @Override
  public Set<Calculus> calculi() {
    return EnumSet.of(Calculus.STRATONOVICH);
  }

  @Override
  public Set<NoiseType> noiseTypes() {
    return EnumSet.allOf(NoiseType.class);
  }

  @Override
  public Expr step(Sde sde, Step step) {
    Expr y = sde.state();
    Expr start = slope(sde, step, Sde.TIME, y);
    Expr end = slope(sde, step, Sde.TIME.plus(Step.DT), y.plus(start));
    return y.plus(start.plus(end).times(0.5));
  }

  /** f dt + g dW at a time and a state. */
  private static Expr slope(Sde sde, Step step, Expr t, Expr y) {
    return sde.drift(t, y).times(Step.DT).plus(sde.diffuse(sde.diffusion(t, y), step.dW()));
  }
}
