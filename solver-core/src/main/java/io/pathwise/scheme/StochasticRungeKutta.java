package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.noise.LevyTerm;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Set;

/**
 * Rößler's stochastic Runge-Kutta methods of strong order 1.5: SRI2 for diagonal and scalar noise,
 * SRA1 for additive noise (Rößler 2010, "Runge-Kutta methods for the strong approximation of
 * solutions of stochastic differential equations", SIAM Journal on Numerical Analysis 48). A step
 * evaluates the drift three times and the diffusion four times, and asks for the space-time area.
 */
public final class StochasticRungeKutta implements Scheme {
  static final SriTableau SRI2 =
      new SriTableau(
          new double[] {0, 1, 0.5, 0},
          new double[] {0, 0.25, 1, 0.25},
          new double[][] {{}, {1}, {0.25, 0.25}, {0, 0, 0}},
          new double[][] {{}, {0.25}, {1, 0}, {0, 0, 0.25}},
          new double[][] {{}, {0}, {1, 0.5}, {0, 0, 0}},
          new double[][] {{}, {-0.5}, {1, 0}, {2, -1, 0.5}},
          new double[] {1.0 / 6, 1.0 / 6, 2.0 / 3, 0},
          new double[] {-1, 4.0 / 3, 2.0 / 3, 0},
          new double[] {1, -4.0 / 3, 1.0 / 3, 0},
          new double[] {2, -4.0 / 3, -2.0 / 3, 0},
          new double[] {-2, 5.0 / 3, -2.0 / 3, 1});

  @Override
  public String name() {
    return "srk";
  }

  @Override
  public String description() {
    return "stochastic Runge-Kutta, strong order 1.5: SRI2, and SRA1 for additive noise (Roessler 2010)";
  }

  @Override
  public double strongOrder(NoiseType noise) {
    return 1.5;
  }

  @Override
  public double weakOrder(NoiseType noise) {
    return noise == NoiseType.ADDITIVE ? 2.0 : 1.5;
  }

  @Override
  public Set<Calculus> calculi() {
    return EnumSet.of(Calculus.ITO);
  }

  @Override
  public Set<NoiseType> noiseTypes() {
    return EnumSet.of(NoiseType.DIAGONAL, NoiseType.SCALAR, NoiseType.ADDITIVE);
  }

  @Override
  public Set<LevyTerm> levyTerms(Sde sde) {
    return EnumSet.of(LevyTerm.SPACE_TIME);
  }

  @Override
  public Expr step(Sde sde, Step step) {
    return sde.noise() == NoiseType.ADDITIVE ? Sra1.TABLEAU.step(sde, step) : SRI2.step(sde, step);
  }
}
