package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Forward;
import io.pathwise.expr.Shape;
import io.pathwise.noise.LevyTerm;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The second-order term of the stochastic Taylor expansion that Milstein schemes share. */
final class IteratedIntegrals {
  private IteratedIntegrals() {}

  /** What it asks of the noise: the area, where channels do not commute. */
  static Set<LevyTerm> levyTerms(Sde sde) {
    return sde.noise() == NoiseType.GENERAL ? Set.of(LevyTerm.AREA) : Set.of();
  }

  /**
   * The sum over i, j of (g_i . grad) g_j I_ij with I_ij = W_i W_j / 2 + A_ij, in Itô calculus less
   * dt/2 for i = j. Where channels commute A cancels and is left out; it vanishes for additive
   * noise.
   *
   * @return a vector of n, or the constant 0
   */
  static Expr secondOrder(Sde sde, Step step) {
    return switch (sde.noise()) {
      case ADDITIVE -> Expr.ZERO;
      case DIAGONAL -> alone(sde, step.dW());
      case SCALAR -> alone(sde, step.dW().get(0));
      case COMMUTATIVE, GENERAL -> pairs(sde, step);
    };
  }

  /** 1/2 (g . grad) g (W^2 - dt) where a state sees one channel alone. */
  private static Expr alone(Sde sde, Expr increment) {
    Expr g = sde.diffusion().reshape(Shape.vector(sde.states().size()));
    Expr square = increment.square();
    Expr doubled = sde.calculus() == Calculus.ITO ? square.minus(Step.DT) : square;
    return Forward.tangent(g, Map.of(sde.state(), g)).times(0.5).times(doubled);
  }

  /** For each j, the derivative of g_j along the sum over i of g_i I_ij. */
  private static Expr pairs(Sde sde, Step step) {
    int m = sde.channels();
    Expr sum = Expr.ZERO;
    for (int j = 0; j < m; j++) {
      List<Expr> integrals = new ArrayList<>();
      for (int i = 0; i < m; i++) {
        integrals.add(integral(sde, step, i, j));
      }
      Expr direction = sde.diffuse(Expr.concat(integrals).reshape(Shape.vector(m)));
      sum = sum.plus(Forward.tangent(sde.channel(j), Map.of(sde.state(), direction)));
    }
    return sum;
  }

  private static Expr integral(Sde sde, Step step, int i, int j) {
    Expr product = step.dW().get(i).times(step.dW().get(j));
    boolean correction = i == j && sde.calculus() == Calculus.ITO;
    Expr half = (correction ? product.minus(Step.DT) : product).times(0.5);
    boolean area = i != j && sde.noise() == NoiseType.GENERAL;
    return area ? half.plus(step.area().get(i, j)) : half;
  }
}
