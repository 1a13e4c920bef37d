package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Set;

/**
 * Euler-Heun: y + f dt + (g(y) + g(y + g dW)) dW / 2, the cheapest step of Stratonovich calculus.
 * Strong order 1 where channels commute and 1/2 elsewhere, weak order 1 (Rümelin 1982; Kloeden and
 * Platen 1992, section 15.5, for the predictor).
 */
public final class EulerHeun implements Scheme {

  @Override
  public String name() {
    return "euler-heun";
  }

  @Override
  public String description() {
    return "Euler-Heun: the cheapest Stratonovich step, one drift and two diffusions (Ruemelin 1982)";
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
    Expr noise = sde.diffuse(step.dW());
    Expr end = Sde.TIME.plus(Step.DT);
    Expr predicted = sde.diffuse(sde.diffusion(end, y.plus(noise)), step.dW());
    return y.plus(sde.drift().times(Step.DT)).plus(noise.plus(predicted).times(0.5));
  }
}
