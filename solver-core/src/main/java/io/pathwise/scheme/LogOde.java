package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Forward;
import io.pathwise.expr.Graph;
import io.pathwise.noise.LevyTerm;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The log-ODE method with Lévy area, its ODE solved by one explicit midpoint step: the slope f dt +
 * g dW + sum_ij A_ij (g_i . grad) g_j half an Euler step ahead. Strong and weak order 1 for any
 * noise (Friz and Victoir 2010 for the method; Foster, Lyons and Oberhauser 2020 for the area).
 *
 * <p>Where channels commute the brackets vanish, and it asks for no area.
 */
public final class LogOde implements Scheme {

  @Override
  public String name() {
    return "log-ode";
  }

  @Override
  public String description() {
    return "Log-ODE with Levy area: strong order 1 for any Stratonovich noise, by the midpoint rule";
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
    return EnumSet.of(Calculus.STRATONOVICH);
  }

  @Override
  public Set<NoiseType> noiseTypes() {
    return EnumSet.allOf(NoiseType.class);
  }

  @Override
  public Set<LevyTerm> levyTerms(Sde sde) {
    return hasArea(sde) ? Set.of(LevyTerm.AREA) : Set.of();
  }

  private static boolean hasArea(Sde sde) {
    return sde.noise() == NoiseType.GENERAL && sde.channels() > 1;
  }

  @Override
  public Expr step(Sde sde, Step step) {
    Expr y = sde.state();
    Expr halfStep = Step.DT.times(0.5);
    Expr half = y.plus(sde.drift().times(halfStep)).plus(sde.diffuse(step.dW()).times(0.5));
    Expr t = Sde.TIME.plus(halfStep);
    Expr end =
        y.plus(sde.drift(t, half).times(Step.DT))
            .plus(sde.diffuse(sde.diffusion(t, half), step.dW()));
    if (!hasArea(sde)) {
      return end;
    }
    Expr brackets = brackets(sde, step.area());
    return end.plus(Graph.substitute(brackets, Map.of(Sde.TIME, t, y, half)));
  }

  /** sum_ij A_ij (g_i . grad) g_j: for each channel j the derivative of g_j along g A_j. */
  private static Expr brackets(Sde sde, Expr area) {
    int m = sde.channels();
    Expr sum = Expr.vector(new double[sde.states().size()]);
    for (int j = 0; j < m; j++) {
      Expr direction = Expr.vector(new double[sde.states().size()]);
      for (int i = 0; i < m; i++) {
        if (i != j) {
          direction = direction.plus(sde.channel(i).times(area.get(i, j)));
        }
      }
      sum = sum.plus(Forward.tangent(sde.channel(j), Map.of(sde.state(), direction)));
    }
    return sum;
  }
}
