package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.expr.Expr;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.model.Catalogue;
import io.pathwise.noise.NoiseSource;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checkpointed gradients are those of all states, in every bit, within the memory they may take.
 */
class CheckpointedGradientTest {
  private static final Map<String, Map<String, Double>> PARAMETERS =
      Map.of(
          "black-scholes", Map.of("spot", 100.0, "r", 0.03, "q", 0.01, "sigma", 0.2),
          "heston",
              Map.of(
                  "spot", 100.0, "v0", 0.04, "r", 0.03, "q", 0.01, "kappa", 1.5, "theta", 0.06,
                  "xi", 0.8, "rho", -0.7));

  /**
   * Observations and claims at several dates, some watched; one channel draws two steps at once.
   */
  private static Solver solver(String model, String scheme, int steps) {
    Sde sde = Catalogue.find(model).orElseThrow().sde(Set.of());
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
    return Solver.of(sde)
        .parameters(PARAMETERS.get(model))
        .scheme(Schemes.find(scheme).orElseThrow())
        .step(1.0 / steps)
        .seed(11)
        .claims(
            List.of(
                contracts.european("call", OptionType.CALL, 105, 1),
                contracts.asian("asian", OptionType.PUT, Averaging.ARITHMETIC, 100, 0.9, 12),
                contracts.barrier(
                    "barrier", OptionType.CALL, 100, 0.5, BarrierType.DOWN_OUT, 85, 7)))
        .observe("S", 0.3)
        .gradient(List.copyOf(PARAMETERS.get(model).keySet()));
  }

  private static PathRun run(Solver solver, GradientMethod method, long memory) {
    return solver.gradientMethod(method).gradientMemory(memory).plan(1024).fine();
  }

  private static double[] sums(PathRun run) {
    return new CpuExecutor().open(run).run(new Shard(0, 3, 700), PathSink.NONE).sums();
  }

  private static long bytes(PathRun run) {
    return new Itinerary(run, new ProgramFragments(run.program())).bytes();
  }

  private static long least(Solver solver) {
    try {
      run(solver, GradientMethod.CHECKPOINTED, 1);
    } catch (IllegalArgumentException e) {
      return Long.parseLong(e.getMessage().replaceAll(".*expected (\\d+) or more.*", "$1"));
    }
    throw new AssertionError("one byte is enough");
  }

  @ParameterizedTest
  @CsvSource({
    "black-scholes, euler, 25",
    "black-scholes, milstein, 50",
    "heston, euler, 40",
    "heston, milstein, 31"
  })
  void anyMemoryGivesTheSameBits(String model, String scheme, int steps) {
    Solver solver = solver(model, scheme, steps);
    PathRun stored = run(solver, GradientMethod.STORED, 1);
    double[] expected = sums(stored);
    long least = least(solver);
    long most = bytes(stored);
    assertThat(least).isLessThan(most);
    for (double part : new double[] {0, 0.02, 0.1, 0.3, 0.6, 0.95}) {
      long memory = (long) (least + part * (most - least));
      PathRun run = run(solver, GradientMethod.CHECKPOINTED, memory);
      assertThat(bytes(run)).isLessThanOrEqualTo(memory);
      assertThat(sums(run)).as("%d bytes of %d", memory, most).isEqualTo(expected);
    }
  }

  @Test
  void preparedNoiseGivesTheSameBits() {
    Solver solver = solver("heston", "euler", 16).noise(new NoiseSource.Sobol(2, true));
    double[] expected = sums(run(solver, GradientMethod.STORED, 1));
    long least = least(solver);
    assertThat(sums(run(solver, GradientMethod.CHECKPOINTED, least))).isEqualTo(expected);
  }

  @Test
  void aThousandStepsTakeLessThanATenthOfTheMemory() {
    Solver solver = solver("heston", "euler", 1000);
    PathRun stored = run(solver, GradientMethod.STORED, 1);
    PathRun run = run(solver, GradientMethod.CHECKPOINTED, bytes(stored) / 10);
    assertThat(sums(run)).isEqualTo(sums(stored));
  }

  @Test
  void theMethodIsChosenFromTheMemoryAndSaysWhy() {
    Solver solver = solver("heston", "euler", 40);
    long stored = bytes(run(solver, GradientMethod.STORED, 1));
    PathRun fits = run(solver, GradientMethod.AUTO, stored);
    assertThat(fits.gradient().method()).isEqualTo(GradientMethod.STORED);
    assertThat(fits.gradient().reason())
        .isEqualTo("states and normals take " + stored + " of " + stored + " bytes a thread");
    PathRun tight = run(solver, GradientMethod.AUTO, stored - 1);
    assertThat(tight.gradient().method()).isEqualTo(GradientMethod.CHECKPOINTED);
    assertThat(bytes(tight)).isLessThan(stored);
    assertThat(solver.solve(1024).gradientChoice()).isEqualTo(tight.gradient());
  }

  @Test
  void tooLittleMemoryIsRefusedWithTheLeastThatWorks() {
    Solver solver = solver("heston", "euler", 40);
    long least = least(solver);
    assertThat(least % Lanes.BYTES).isZero();
    assertThatThrownBy(() -> run(solver, GradientMethod.CHECKPOINTED, least - 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a gradient memory of " + (least - 1) + " bytes a thread")
        .hasMessageContaining("expected " + least + " or more");
  }
}
