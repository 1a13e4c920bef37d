package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Optional;
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

  /**
   * The third stage of the Runge-Kutta method of order 3 that begins with Heun's two (Shu and Osher
   * 1988, "Efficient implementation of essentially non-oscillatory shock-capturing schemes"), its
   * drift at the mean of the path over the step. Euler-Heun would cost less, but it is Heun's
   * method itself where there is no drift, and would tell no error there.
   */
  @Override
  public Optional<Embedded> embedded(Sde sde, Step step) {
    Expr y = sde.state();
    Expr start = slope(sde, step, Sde.TIME, y);
    Expr end = slope(sde, step, Sde.TIME.plus(Step.DT), y.plus(start));
    Expr half = Sde.TIME.plus(Step.DT.times(0.5));
    Expr middle = y.plus(start.plus(end).times(0.25));
    // Weighted by 2/3 this makes the drift see the path's mean W/2 + H.
    Expr mean = middle.plus(sde.diffuse(step.spaceTime().times(1.5)));
    Expr drift = sde.drift(half, mean).times(Step.DT);
    Expr third = drift.plus(sde.diffuse(sde.diffusion(half, middle), step.dW()));
    return Optional.of(
        new Embedded(y.plus(start.plus(end).plus(third.times(4)).times(1.0 / 6)), 1.5));
  }

  /** f dt + g dW at a time and a state. */
  private static Expr slope(Sde sde, Step step, Expr t, Expr y) {
    return sde.drift(t, y).times(Step.DT).plus(sde.diffuse(sde.diffusion(t, y), step.dW()));
  }
}
