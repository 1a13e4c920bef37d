package io.pathwise.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keeping drift and diffusion of a step for the next changes no path. */
class ReversibleHeunTest {

  @ParameterizedTest
  @EnumSource(
      value = NoiseType.class,
      names = {"DIAGONAL", "GENERAL"})
  void whatIsKeptIsWhatWouldBeComputedAgain(NoiseType noise) {
    Sde sde = TestSdes.periodic(Calculus.STRATONOVICH, noise, 1).sde();
    assertThat(new ReversibleHeun().auxiliaries(sde).size())
        .isGreaterThan(ReversibleHeun.recomputing().auxiliaries(sde).size());
    double[] kept = paths(sde, new ReversibleHeun());
    double[] again = paths(sde, ReversibleHeun.recomputing());
    for (int i = 0; i < kept.length; i++) {
      assertThat(kept[i]).isCloseTo(again[i], within(1e-12));
    }
  }

  private static double[] paths(Sde sde, Scheme scheme) {
    Map<String, Double> values =
        sde.parameters().stream().collect(Collectors.toMap(name -> name, name -> 0.5));
    String state = sde.states().get(0);
    Solution solution =
        Solver.of(sde)
            .parameters(values)
            .scheme(scheme)
            .step(1.0 / 32)
            .threads(1)
            .observe(state, 1.0)
            .solve(100);
    return solution.paths(state, 1.0);
  }
}
