package io.pathwise.gpu;

import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.model.KnownMeans;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.scheme.EulerMaruyama;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Estimator;
import io.pathwise.solve.Multilevel;
import io.pathwise.solve.Shard;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.solve.Solver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every estimator gives the CPU's bits on the device, with its derivatives. */
class EstimatorParityTest {
  private static final List<Shard> SHARDS = List.of(new Shard(0, 0, 1024), new Shard(1, 1024, 300));

  static Stream<Estimator> estimators() {
    return Stream.of(
        new Estimator.Plain(),
        new Estimator.Antithetic(),
        new Estimator.Importance(List.of(0.7, -0.4)));
  }

  private static Solver heston() {
    Sde sde = Catalogue.find("heston").orElseThrow().sde(Set.of());
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
    return Solver.of(sde)
        .parameters(
            Map.of(
                "spot", 100.0, "v0", 0.04, "r", 0.03, "q", 0.01, "kappa", 1.5, "theta", 0.06, "xi",
                0.8, "rho", -0.7))
        .scheme(new EulerMaruyama())
        .step(0.125)
        .threads(1)
        .pilotPaths(512)
        .claim(contracts.european("call", OptionType.CALL, 105, 1))
        .claim(contracts.asian("asian", OptionType.PUT, Averaging.ARITHMETIC, 100, 1, 4))
        .claim(contracts.barrier("out", OptionType.CALL, 95, 1, BarrierType.DOWN_OUT, 85, 4))
        .gradient("spot", "xi", "r");
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void anEstimatorWithAControlVariateGivesTheSameBits(Estimator estimator) {
    Sde sde = Catalogue.find("heston").orElseThrow().sde(Set.of());
    KnownMeans means = new KnownMeans(sde.observables().get("S"), Map.of());
    SimulationPlan plan =
        heston()
            .companion()
            .estimator(estimator)
            .control("call", means.forward("forward", 1))
            .plan();
    Parity.assertSameBits(plan, SHARDS);
  }

  @Test
  void everyLevelGivesTheSameBits() {
    List<SimulationPlan> levels = new ArrayList<>();
    Solver solver = heston();
    Multilevel.of(solver)
        .on(
            (plan, paths) -> {
              levels.add(plan);
              return Multilevel.of(solver).runner().run(plan, paths);
            })
        .study(2, 1024);
    levels.forEach(plan -> Parity.assertSameBits(plan, SHARDS));
  }
}
