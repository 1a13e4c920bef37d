package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.noise.LevyTerm;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Set;

/**
 * Milstein: Euler-Maruyama plus the sum over i, j of (g_i . grad) g_j I_ij, where I_ij is the
 * iterated integral of W_i in W_j, in Stratonovich or Itô calculus as the equation (Kloeden and
 * Platen 1992, section 10.3). Strong and weak order 1 for every noise type: general noise draws the
 * Lévy area of each pair of channels, the others need increments alone. The derivatives of g along
 * g come from forward differentiation of the graph.
 */
public final class Milstein implements Scheme {

  @Override
  public String name() {
    return "milstein";
  }

  @Override
  public String description() {
    return "Milstein: strong order 1 for all noise, with Levy area where channels do not commute"
        + " (Kloeden-Platen 1992, 10.3)";
  }

  @Override
  public double strongOrder(NoiseType noise) {
    return 1.0;
  }

  @Override
  public double weakOrder(NoiseType noise) {
    return 1.0;
  }

  @Override
  public Set<Calculus> calculi() {
    return EnumSet.allOf(Calculus.class);
  }

  @Override
  public Set<NoiseType> noiseTypes() {
    return EnumSet.allOf(NoiseType.class);
  }

  @Override
  public Set<LevyTerm> levyTerms(Sde sde) {
    return IteratedIntegrals.levyTerms(sde);
  }

  @Override
  public Expr step(Sde sde, Step step) {
    Expr euler = sde.state().plus(sde.drift().times(Step.DT)).plus(sde.diffuse(step.dW()));
    return euler.plus(IteratedIntegrals.secondOrder(sde, step));
  }
}
