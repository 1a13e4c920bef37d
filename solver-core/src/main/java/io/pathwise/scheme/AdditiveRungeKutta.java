package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.noise.LevyTerm;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Set;

/**
 * A stochastic Runge-Kutta method for additive noise: strong order 1.5 by the space-time area
 * (Rößler 2010). Methods differ in their tableau alone.
 */
abstract class AdditiveRungeKutta implements Scheme {
  private final SraTableau tableau;

  AdditiveRungeKutta(SraTableau tableau) {
    this.tableau = tableau;
  }

  @Override
  public double strongOrder(NoiseType noise) {
    return 1.5;
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
    return EnumSet.of(NoiseType.ADDITIVE);
  }

  @Override
  public Set<LevyTerm> levyTerms(Sde sde) {
    return EnumSet.of(LevyTerm.SPACE_TIME);
  }

  @Override
  public Expr step(Sde sde, Step step) {
    return tableau.step(sde, step);
  }
}
