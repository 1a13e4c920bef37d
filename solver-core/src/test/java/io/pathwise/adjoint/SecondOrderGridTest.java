package io.pathwise.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Second derivatives are central differences of first ones on the same noise, for every scheme on
 * one of its noise types in turn, or they are refused with the reason.
 */
class SecondOrderGridTest {
  private static final int PATHS = 4;
  private static final double TOLERANCE = 1e-6;

  /** Schemes that branch, or divide by a size kept off 0. */
  private static final Set<String> KINKED =
      Set.of("exp-euler", "heston-qe", "implicit-euler", "implicit-milstein");

  static List<GradientCases.Case> cases() {
    List<GradientCases.Case> chosen = new ArrayList<>();
    Map<String, List<GradientCases.Case>> byScheme = new TreeMap<>();
    for (GradientCases.Case one : GradientCases.all()) {
      byScheme.computeIfAbsent(one.scheme().name(), name -> new ArrayList<>()).add(one);
    }
    for (List<GradientCases.Case> of : byScheme.values()) {
      chosen.add(of.get(chosen.size() % of.size()));
    }
    return chosen;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aSecondDerivativeIsADifferenceOfFirstOnesOrRefused(GradientCases.Case one) {
    List<String> names = one.sde().parameters();
    String first = names.get(names.size() / 2);
    Solution solution;
    try {
      Solver solver = one.solver().gradient(names);
      solution = solver.secondOrder(first, names.toArray(String[]::new)).solve(PATHS);
    } catch (IllegalArgumentException refusal) {
      assertThat(KINKED).as(refusal.getMessage()).contains(one.scheme().name());
      assertThat(refusal).hasMessageContaining("the step has a kink");
      return;
    }
    double h = 1e-3 * Math.max(0.1, Math.abs(one.parameters().get(first)));
    Solution[] beside = new Solution[4];
    for (int i = 0; i < beside.length; i++) {
      Map<String, Double> moved = new TreeMap<>(one.parameters());
      moved.merge(first, h * new double[] {1, -1, 2, -2}[i], Double::sum);
      beside[i] = one.solver().parameters(moved).gradient(names).solve(PATHS);
    }
    for (String claim : GradientCases.CLAIMS) {
      for (String name : names) {
        double[] d = new double[beside.length];
        for (int i = 0; i < d.length; i++) {
          d[i] = beside[i].derivative(claim, name).mean();
        }
        double difference = (8 * (d[0] - d[1]) - (d[2] - d[3])) / (12 * h);
        assertThat(solution.second(claim, first, name).mean())
            .as("second derivative of %s in %s and %s", claim, first, name)
            .isCloseTo(difference, within(TOLERANCE * Math.max(0.1, Math.abs(difference))));
      }
    }
  }
}
