package io.pathwise.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.noise.NoiseSource;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.sde.Sde;
import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.Shard;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.solve.Solver;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Noise that is prepared for a whole path gives the bits of the CPU, companion and gradient too.
 */
class PreparedParityTest {
  private static final int PATHS = 4096;
  private static final List<Shard> SHARDS = Shard.range(0, 4, PATHS, 1024);

  static List<NoiseSource> sources() {
    return List.of(
        new NoiseSource.Sobol(4, true),
        new NoiseSource.Sobol(2, false),
        new NoiseSource.Stratified(4));
  }

  private static Solver heston(NoiseSource noise) {
    Sde sde = Catalogue.find("heston").orElseThrow().sde(Set.of());
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
    return Solver.of(sde)
        .parameters(
            Map.of(
                "spot", 100.0, "v0", 0.09, "r", 0.03, "q", 0.0, "kappa", 1.5, "theta", 0.08, "xi",
                0.3, "rho", -0.7))
        .step(1.0 / 9)
        .claim(contracts.asian("asian", OptionType.CALL, Averaging.ARITHMETIC, 100, 1, 4))
        .observe("S", 0.5)
        .companion()
        .noise(noise);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void quasiRandomAndStratifiedNumbersAreTheSameBits(NoiseSource noise) {
    Parity.assertSameBits(heston(noise).plan(PATHS), SHARDS);
    Parity.assertSameBits(heston(noise).gradient("spot", "rho").plan(PATHS), SHARDS);
  }

  private static Solver of(String model, String observable, Map<String, Double> parameters) {
    return Solver.of(Catalogue.find(model).orElseThrow().sde(Set.of()))
        .parameters(parameters)
        .step(1.0 / 12)
        .observe(observable, 0.25, 1)
        .companion();
  }

  @Test
  void fractionalNoiseIsTheSameBits() {
    Solver solver =
        of(
            "fractional-ou",
            "x",
            Map.of("x0", 0.1, "kappa", 0.5, "theta", 0.0, "sigma", 0.3, "hurst", 0.1));
    Parity.assertSameBits(solver.plan(), SHARDS);
    Parity.assertSameBits(solver.times(List.of(0.3)).gradient("kappa").plan(), SHARDS);
  }

  @Test
  void roughVolatilityIsTheSameBitsInLegsToo() {
    SimulationPlan plan =
        of(
                "rough-bergomi",
                "S",
                Map.of(
                    "spot", 100.0, "xi0", 0.04, "r", 0.0, "q", 0.0, "eta", 1.9, "hurst", 0.07,
                    "rho", -0.9))
            .plan();
    Parity.assertSameBits(plan, SHARDS);
    assertThat(Parity.tally(plan, new OpenClExecutor(), SHARDS, 4, 8))
        .isEqualTo(Parity.tally(plan, new CpuExecutor(), SHARDS));
  }

  /** Twenty-one states, without a fractional driver. */
  @Test
  void theLiftedHestonModelIsTheSameBits() {
    Solver solver =
        of(
            "lifted-heston",
            "S",
            Map.of(
                "spot", 100.0, "v0", 0.04, "r", 0.0, "q", 0.0, "kappa", 0.3, "theta", 0.05, "xi",
                0.3, "rho", -0.7, "hurst", 0.1));
    Parity.assertSameBits(solver.step(1.0 / 300).plan(), SHARDS);
  }
}
