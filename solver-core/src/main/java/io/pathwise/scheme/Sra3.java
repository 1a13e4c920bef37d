package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.noise.LevyTerm;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Set;

/**
 * SRA3: strong order 1.5 for additive noise, and order 3 where the noise vanishes; three
 * evaluations of the drift a step (Rößler 2010, "Runge-Kutta methods for the strong approximation
 * of solutions of stochastic differential equations"). Asks for the space-time area.
 */
public final class Sra3 implements Scheme {
  static final SraTableau TABLEAU =
      new SraTableau(
          new double[] {0, 1, 0.5},
          new double[] {1, 0, 0},
          new double[][] {{}, {1}, {0.25, 0.25}},
          new double[][] {{}, {0}, {1, 0.5}},
          new double[] {1.0 / 6, 1.0 / 6, 2.0 / 3},
          new double[] {1, 0, 0},
          new double[] {-1, 1, 0});

  @Override
  public String name() {
    return "sra3";
  }

  @Override
  public String description() {
    return "additive noise, strong order 1.5, order 3 without noise (Roessler 2010)";
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
    return TABLEAU.step(sde, step);
  }
}
