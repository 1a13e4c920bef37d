package io.pathwise.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.solve.PathRun;
import io.pathwise.solve.Solution;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every scheme with every calculus and noise type it supports: derivatives in every parameter and
 * initial state are those of central differences on the same noise, to 1e-6.
 */
class GradientGridTest {
  private static final int PATHS = 6;
  private static final double TOLERANCE = 1e-6;

  static List<GradientCases.Case> cases() {
    return GradientCases.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aGradientIsThatOfDifferences(GradientCases.Case one) {
    List<String> names = one.sde().parameters();
    Solution solution = one.solver().gradient(names).solve(PATHS);
    PathRun run = solution.prepared().plan().fine();
    double scale = 0;
    double worst = 0;
    for (String name : names) {
      double[] expected = Differences.central(run, name, PATHS);
      for (String claim : List.of("end", "mean")) {
        int o = claim.equals("end") ? 0 : 1;
        double actual = solution.derivative(claim, name).mean();
        worst = Math.max(worst, Math.abs(actual - expected[o]) / Math.max(1e-3, Math.abs(expected[o])));
        assertThat(actual)
            .as("derivative of %s in %s", claim, name)
            .isCloseTo(expected[o], within(TOLERANCE * Math.max(1e-2, Math.abs(expected[o]))));
      }
    }
    System.out.println(one + " " + worst);
  }
}
