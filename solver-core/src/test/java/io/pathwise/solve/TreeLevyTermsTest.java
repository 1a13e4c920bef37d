package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.control.StepControl;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.noise.LevyTerm;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Step;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Schemes that read more of the Brownian motion than its increments, on the tree. */
class TreeLevyTermsTest {

  /** w, its integral and the integral of that: exact given W, H and K, whatever the steps. */
  private record Integrals(Set<LevyTerm> terms) implements Scheme {
    @Override
    public String name() {
      return "integrals";
    }

    @Override
    public String description() {
      return "exact integrals of a Brownian motion";
    }

    @Override
    public double strongOrder(NoiseType noise) {
      return 2;
    }

    @Override
    public double weakOrder(NoiseType noise) {
      return 2;
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
      return terms;
    }

    @Override
    public int extraNormals(Sde sde) {
      return 1;
    }

    @Override
    public Expr step(Sde sde, Step step) {
      Expr h = Step.DT;
      Expr w = sde.state().get(0);
      Expr first = sde.state().get(1);
      Expr second = sde.state().get(2);
      Expr dw = step.dW().get(0);
      Expr k = step.spaceTimeTime() == null ? Expr.ZERO : step.spaceTimeTime().get(0);
      Expr u = dw.times(0.5).plus(step.spaceTime().get(0)).times(h);
      Expr uu = u.times(h).times(0.5).plus(h.square().times(k.minus(dw.over(12))));
      Expr noise = step.extra().get(0).times(h.sqrt());
      return Expr.concat(
              List.of(
                  w.plus(dw),
                  first.plus(w.times(h)).plus(u),
                  second.plus(first.times(h)).plus(w.times(h.square()).times(0.5)).plus(uu),
                  sde.state().get(3).plus(noise)))
          .reshape(Shape.vector(4));
    }
  }

  private static Solver solver(Set<LevyTerm> terms, StepControl control) {
    Sde sde =
        Sde.ito("integrals")
            .state("w", Expr.ZERO)
            .state("first", Expr.ZERO)
            .state("second", Expr.ZERO)
            .state("other", Expr.ZERO)
            .diffusion(
                NoiseType.ADDITIVE, (t, y) -> Expr.vector(1, 0, 0, 1).reshape(Shape.matrix(4, 1)));
    return Solver.of(sde)
        .parameters(Map.of())
        .scheme(new Integrals(terms))
        .adaptive(control)
        .observe("w", 1)
        .observe("first", 1)
        .observe("second", 1)
        .observe("other", 1)
        .seed(12);
  }

  @Test
  void integralsOfThePathAreTheSameAtEveryLevelOfTheTree() {
    Set<LevyTerm> terms = Set.of(LevyTerm.SPACE_TIME, LevyTerm.SPACE_TIME_TIME);
    Solution whole = solver(terms, StepControl.fixed(1)).solve(50);
    Solution deep = solver(terms, StepControl.adaptive(0, 1e-300, 1.0 / 64, 1)).solve(50);
    for (String state : List.of("w", "first", "second")) {
      double[] coarse = whole.paths(state, 1);
      double[] fine = deep.paths(state, 1);
      for (int path = 0; path < coarse.length; path++) {
        assertThat(fine[path]).as(state).isCloseTo(coarse[path], within(1e-13));
      }
    }
  }

  /** Five standard errors at a fixed seed: the variances are 1, 1/3 and 1/20, and 1. */
  @Test
  void integralsHaveTheirVariancesAndExtraNormalsAreIndependent() {
    Set<LevyTerm> terms = Set.of(LevyTerm.SPACE_TIME, LevyTerm.SPACE_TIME_TIME);
    int paths = 4000;
    Solution solution = solver(terms, StepControl.adaptive(0, 1e-300, 1.0 / 4, 1)).solve(paths);
    Map<String, Double> variances =
        Map.of("w", 1.0, "first", 1.0 / 3, "second", 1.0 / 20, "other", 1.0);
    variances.forEach(
        (state, variance) ->
            assertThat(solution.observed(state, 1).variance())
                .as(state)
                .isCloseTo(variance, within(5 * variance * Math.sqrt(2.0 / paths))));
    double[] w = solution.paths("w", 1);
    double[] other = solution.paths("other", 1);
    double product = 0;
    for (int path = 0; path < paths; path++) {
      product += w[path] * other[path];
    }
    assertThat(product / paths).isCloseTo(0, within(5 / Math.sqrt(paths)));
  }

  @Test
  void aSchemeThatNeedsTheAreaIsRefusedWithThoseThatFit() {
    assertThatThrownBy(() -> solver(Set.of(LevyTerm.AREA), StepControl.fixed(1)).plan())
        .hasMessageContaining(
            "scheme integrals needs the area A, which a Brownian tree does not have; expected one"
                + " of [")
        .hasMessageContaining("milstein");
  }
}
