package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.control.StepControl;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * An equation with two scales: a cubic pull from far away, which needs steps of 1/400 at the start
 * and soon hundreds of times larger ones. Errors are against a run of far smaller steps on the same
 * Brownian paths.
 */
class AdaptiveCostTest {
  private static final int PATHS = 100;
  private static final double END = 1;

  private static Solution solve(StepControl control) {
    return solve(control, 1.0 / 8, END);
  }

  private static Solution solve(StepControl control, double... times) {
    Sde sde =
        Sde.ito("cubic")
            .state("x", Expr.of(20))
            .drift((t, x) -> x.times(x).times(x).neg())
            .diffusion(NoiseType.ADDITIVE, (t, x) -> Expr.of(0.3).reshape(Shape.matrix(1, 1)));
    return Solver.of(sde)
        .parameters(Map.of())
        .scheme(Schemes.find("milstein").orElseThrow())
        .adaptive(control)
        .observe("x", times)
        .observe("adaptive.steps", END)
        .observe("adaptive.rejected", END)
        .seed(9)
        .solve(PATHS);
  }

  /** All steps of one level of the tree: no error is small enough, and none can be halved. */
  private static Solution level(int level) {
    return solve(StepControl.adaptive(0, 1e-300, Math.scalb(END / 8, -level), END / 8));
  }

  private static double error(Solution solution, Solution reference) {
    double[] x = solution.paths("x", 1.0 / 8);
    double[] exact = reference.paths("x", 1.0 / 8);
    double sum = 0;
    for (int path = 0; path < PATHS; path++) {
      sum += (x[path] - exact[path]) * (x[path] - exact[path]);
    }
    return Math.sqrt(sum / PATHS);
  }

  @Test
  void atEqualErrorAPathThatChoosesItsStepsTakesFewerEvaluations() {
    Solution reference = level(12);
    Solution adaptive = solve(StepControl.adaptive(1e-3, 1e-3, 1e-8, END / 8));
    double own = error(adaptive, reference);
    double tried =
        adaptive.observed("adaptive.steps", END).mean()
            + adaptive.observed("adaptive.rejected", END).mean();
    double evaluations = 3 * tried;
    int needed = 6;
    while (error(level(needed), reference) > own) {
      needed++;
    }
    // Eight grid steps; a level's step is two half steps; the third, which only judges, is not
    // counted for it.
    double fixed = 8 * 2 * Math.scalb(1.0, needed);
    assertThat(evaluations).isLessThan(fixed / 2);
  }

  /** On steps of the grid the path without noise is past 1e150 after half a year. */
  @Test
  void meansAndVariancesKeepTheirDigitsWhereStepsOfTheLargestSizeWouldExplode() {
    Solution solution = solve(StepControl.adaptive(1e-3, 1e-3, 1e-8, END / 8), 0.25, 0.625, END);
    for (double time : new double[] {0.25, 0.625, END}) {
      double[] x = solution.paths("x", time);
      double mean = Arrays.stream(x).average().orElseThrow();
      double squares = Arrays.stream(x).map(value -> (value - mean) * (value - mean)).sum();
      assertThat(solution.observed("x", time).mean()).isCloseTo(mean, within(1e-13));
      assertThat(solution.observed("x", time).variance())
          .isCloseTo(squares / (PATHS - 1), within(1e-13));
    }
  }
}
