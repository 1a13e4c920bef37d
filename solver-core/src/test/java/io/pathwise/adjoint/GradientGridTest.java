package io.pathwise.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.scheme.Schemes;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.Solution;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every scheme with every calculus and noise type it supports, and every way to differentiate: the
 * derivatives in every parameter and initial state are those of central differences on the same
 * noise, or the combination is refused by name.
 */
class GradientGridTest {
  private static final int PATHS = 6;

  /** Of the derivative, or of a hundredth where it is smaller. */
  private static final double TOLERANCE = 1e-8;

  /** Ways whose derivatives are those of the discrete paths; backsolve's have errors of a step. */
  private static final List<GradientMethod> METHODS =
      List.of(
          GradientMethod.STORED,
          GradientMethod.CHECKPOINTED,
          GradientMethod.REVERSIBLE,
          GradientMethod.TANGENT);

  /** Ways that go with every scheme; reversing a step takes one that can be undone. */
  private static final Set<GradientMethod> EVERYWHERE =
      EnumSet.of(GradientMethod.STORED, GradientMethod.CHECKPOINTED, GradientMethod.TANGENT);

  static List<GradientCases.Case> cases() {
    return GradientCases.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aGradientIsThatOfDifferencesOrRefused(GradientCases.Case one) {
    List<String> names = one.sde().parameters();
    Map<GradientMethod, Solution> solutions = new EnumMap<>(GradientMethod.class);
    for (GradientMethod method : METHODS) {
      try {
        solutions.put(method, one.solver().gradient(names).gradientMethod(method).solve(PATHS));
      } catch (IllegalArgumentException refusal) {
        assertThat(EVERYWHERE).as(refusal.getMessage()).doesNotContain(method);
        assertThat(refusal).hasMessageContaining("gradient method " + method.key());
      }
    }
    assertThat(solutions.containsKey(GradientMethod.REVERSIBLE))
        .isEqualTo(one.scheme().name().equals("reversible-heun"));
    PathRun run = solutions.get(GradientMethod.STORED).prepared().plan().fine();
    for (String name : names) {
      double[] expected = Differences.central(run, name, PATHS);
      for (int claim = 0; claim < expected.length; claim++) {
        String id = GradientCases.CLAIMS.get(claim);
        double bound = TOLERANCE * Math.max(1e-2, Math.abs(expected[claim]));
        solutions.forEach(
            (method, solution) ->
                assertThat(solution.derivative(id, name).mean())
                    .as("derivative of %s in %s, %s", id, name, method.key())
                    .isCloseTo(expected[GradientCases.CLAIMS.indexOf(id)], within(bound)));
        assertThat(solutions.get(GradientMethod.CHECKPOINTED).derivative(id, name))
            .isEqualTo(solutions.get(GradientMethod.STORED).derivative(id, name));
      }
    }
  }

  @Test
  void everySchemeOfTheCatalogueIsThere() {
    assertThat(cases().stream().map(GradientCases.Case::scheme).distinct())
        .containsExactlyInAnyOrderElementsOf(Schemes.all());
  }
}
