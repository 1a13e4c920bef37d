package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Set;

/**
 * The explicit midpoint method: the slope half an Euler step ahead. Strong order 1 where channels
 * commute and 1/2 elsewhere, weak order 1 (Rümelin 1982).
 */
public final class Midpoint implements Scheme {

  @Override
  public String name() {
    return "midpoint";
  }

  @Override
  public String description() {
    return "Explicit midpoint: two drifts and two diffusions for any Stratonovich noise (Ruemelin 1982)";
  }

  @Override
  public double strongOrder(NoiseType noise) {
    return noise == NoiseType.GENERAL ? 0.5 : 1.0;
  }

  @Override
  public double weakOrder(NoiseType noise) {
    return 1.0;
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
    Expr halfStep = Step.DT.times(0.5);
    Expr half = y.plus(sde.drift().times(halfStep)).plus(sde.diffuse(step.dW()).times(0.5));
    Expr t = Sde.TIME.plus(halfStep);
    return y.plus(sde.drift(t, half).times(Step.DT))
        .plus(sde.diffuse(sde.diffusion(t, half), step.dW()));
  }
}
