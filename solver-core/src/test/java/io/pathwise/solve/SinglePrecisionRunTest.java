package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.kernel.Precision;
import io.pathwise.model.Catalogue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What single precision changes of a run: a little, and nothing else. */
class SinglePrecisionRunTest {
  private static final int PATHS = 20_000;
  private static final List<String> GRADIENT = List.of("spot", "v0", "kappa", "theta", "xi", "rho");
  private static final Map<String, Double> HESTON =
      Map.of(
          "spot", 100.0, "v0", 0.04, "r", 0.03, "q", 0.01, "kappa", 3.0, "theta", 0.06, "xi", 0.2,
          "rho", -0.7);

  private static Solver solver(String model, Map<String, Double> parameters, Precision precision) {
    return Solver.of(Catalogue.find(model).orElseThrow().sde(Set.of()))
        .parameters(parameters)
        .step(1.0 / 252)
        .precision(precision)
        .observe("S", 1);
  }

  /**
   * The figures of docs/gpu.md. Every step rounds the logarithm of S, near 4.6 and with places of
   * 2^-21, which are 6.25 of those of S near 100. 252 such roundings have a root mean square of
   * sqrt(252/12) * 6.25 = 28.6; the noise and the variance of Heston may add half as much again.
   */
  @ParameterizedTest
  @ValueSource(strings = {"black-scholes", "heston"})
  void pathsFollowThoseOfDoublePrecision(String model) {
    Map<String, Double> parameters =
        model.equals("heston") ? HESTON : Map.of("spot", 100.0, "r", 0.03, "q", 0.01, "sigma", 0.2);
    double[] exact = solver(model, parameters, Precision.DOUBLE).solve(PATHS).paths("S", 1);
    double[] single = solver(model, parameters, Precision.SINGLE).solve(PATHS).paths("S", 1);
    double worst = 0;
    double squares = 0;
    for (int i = 0; i < PATHS; i++) {
      double ulp = (single[i] - exact[i]) / Math.ulp((float) exact[i]);
      worst = Math.max(worst, Math.abs(ulp));
      squares += ulp * ulp;
    }
    double rms = Math.sqrt(squares / PATHS);
    assertThat(rms).isBetween(1.0, 1.5 * 28.6);
    assertThat(worst).isLessThan(7 * rms);
  }

  @Test
  void derivativesFollowThoseOfDoublePrecision() {
    Solution exact = solver("heston", HESTON, Precision.DOUBLE).gradient(GRADIENT).solve(PATHS);
    Solution single = solver("heston", HESTON, Precision.SINGLE).gradient(GRADIENT).solve(PATHS);
    for (String parameter : GRADIENT) {
      double expected = exact.derivative("S@1.0", parameter).mean();
      double error = exact.derivative("S@1.0", parameter).standardError();
      assertThat(single.derivative("S@1.0", parameter).mean())
          .as(parameter)
          .isNotEqualTo(expected)
          .isCloseTo(expected, within(1e-3 * error + 1e-6 * Math.abs(expected)));
    }
  }

  @Test
  void threadsDoNotReachADigit() {
    Solver solver = solver("heston", HESTON, Precision.SINGLE).gradient("xi").shardSize(1024);
    Solution one = solver.threads(1).solve(PATHS);
    Solution two = solver.threads(2).solve(PATHS);
    assertThat(two.value("S@1.0")).isEqualTo(one.value("S@1.0"));
    assertThat(two.derivative("S@1.0", "xi")).isEqualTo(one.derivative("S@1.0", "xi"));
  }

  @Test
  void aPathHasTheBitsOfTheInterpreter() {
    Solver solver = solver("heston", HESTON, Precision.SINGLE);
    double[] paths = solver.solve(600).paths("S", 1);
    PathReplay replay = new PathReplay(solver.plan().fine());
    for (int path : new int[] {0, 511, 512, 599}) {
      double[] expected = replay.outputs(replay.states(replay.normalsOf(path)));
      assertThat(paths[path]).isEqualTo(expected[0]);
    }
  }
}
