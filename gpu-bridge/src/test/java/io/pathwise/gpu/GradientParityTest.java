package io.pathwise.gpu;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.expr.Expr;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Precision;
import io.pathwise.kernel.Schedule;
import io.pathwise.model.Catalogue;
import io.pathwise.noise.NoiseSource;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.OptionType;
import io.pathwise.payoff.Output;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Sde;
import io.pathwise.solve.OnNan;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.Shard;
import io.pathwise.solve.Solver;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The device computes the CPU's bits however gradients go backward. */
class GradientParityTest {
  private static final List<Shard> SHARDS = List.of(new Shard(0, 0, 1536), new Shard(1, 1536, 700));

  private static Solver heston(String scheme) {
    Sde ito = Catalogue.find("heston").orElseThrow().sde(Set.of());
    Sde sde = scheme.equals("reversible-heun") ? ito.toStratonovich() : ito;
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
    return Solver.of(sde)
        .parameters(
            Map.of(
                "spot", 100.0, "v0", 0.04, "r", 0.03, "q", 0.01, "kappa", 1.5, "theta", 0.06, "xi",
                0.3, "rho", -0.7))
        .scheme(Schemes.find(scheme).orElseThrow())
        .step(1.0 / 25)
        .seed(11)
        .claims(
            List.of(
                contracts.european("call", OptionType.CALL, 105, 1),
                contracts.asian("asian", OptionType.PUT, Averaging.GEOMETRIC, 100, 0.9, 12),
                contracts.barrier(
                    "barrier", OptionType.CALL, 100, 0.5, BarrierType.DOWN_OUT, 85, 7)))
        .observe("S", 0.3)
        .gradient("spot", "xi", "rho", "r");
  }

  @ParameterizedTest
  @CsvSource({
    "euler, CHECKPOINTED, 300000, DOUBLE",
    "milstein, CHECKPOINTED, 400000, SINGLE",
    "reversible-heun, CHECKPOINTED, 700000, DOUBLE",
    "reversible-heun, REVERSIBLE, 1, DOUBLE",
    "reversible-heun, REVERSIBLE, 1, SINGLE",
    "euler, BACKSOLVE, 1, DOUBLE",
    "reversible-heun, BACKSOLVE, 1, SINGLE"
  })
  void everyWayBackwardGivesTheSameBits(
      String scheme, GradientMethod method, long memory, Precision precision) {
    Solver solver =
        heston(scheme).gradientMethod(method).gradientMemory(memory).precision(precision);
    Parity.assertSameBits(solver.plan().fine(), SHARDS);
  }

  @Test
  void oneChannelDrawsTwoStepsAtOnceAndGivesTheSameBits() {
    Solver solver =
        Solver.of(Catalogue.find("black-scholes").orElseThrow().sde(Set.of()))
            .parameters(Map.of("spot", 100.0, "r", 0.03, "q", 0.01, "sigma", 0.2))
            .scheme(Schemes.find("euler").orElseThrow())
            .step(1.0 / 31)
            .observe("S", 0.3, 1)
            .gradient("spot", "sigma");
    for (GradientMethod method : List.of(GradientMethod.CHECKPOINTED, GradientMethod.BACKSOLVE)) {
      Parity.assertSameBits(
          solver.gradientMethod(method).gradientMemory(120_000).plan().fine(), SHARDS);
    }
  }

  @Test
  void preparedNoiseGivesTheSameBits() {
    Solver solver =
        heston("euler")
            .noise(new NoiseSource.Sobol(2, true))
            .gradientMethod(GradientMethod.CHECKPOINTED)
            .gradientMemory(900_000);
    Parity.assertSameBits(
        solver.plan(2048).fine(), List.of(new Shard(0, 0, 1024), new Shard(1, 1024, 1024)));
  }

  /** A functional of two values, and an output that brings its derivative. */
  @Test
  void componentsAndTangentsGiveTheSameBits() {
    PathRun plain =
        Solver.of(Catalogue.find("black-scholes").orElseThrow().sde(Set.of()))
            .parameters(Map.of("spot", 1.5, "r", 0.03, "q", 0.01, "sigma", 0.2))
            .scheme(Schemes.find("euler").orElseThrow())
            .step(0.1)
            .observe("S", 1)
            .gradient("spot")
            .plan()
            .fine();
    Expr x = PathProgram.state(0);
    Expr spot = Expr.param("spot");
    Functional sums =
        new Functional(
            "sums",
            List.of(0.0, 0.5),
            List.of(
                Functional.value(0).plus(x),
                Functional.value(1).plus(x.times(Functional.value(0)).times(spot))));
    Output swept = new Output("swept", 1, Output.slot(0, 1).times(x).plus(Output.slot(0)), true);
    Output carried = new Output("carried", 1, x, true, List.of(Output.slot(0, 1).times(x)));
    PathProgram traced = plain.program();
    PathProgram program =
        new PathProgram(
            traced.precision(),
            traced.gradient(),
            traced.stateNames(),
            traced.channels(),
            traced.noiseSets(),
            traced.initial(),
            traced.step(),
            List.of(sums),
            List.of(swept, carried));
    Schedule schedule =
        new Schedule(
            plain.schedule().times(),
            plain.schedule().stepInputs(),
            plain.schedule().fineStep(),
            List.of(
                new Schedule.FunctionalInstance(
                    0, new int[] {2, 5, 9}, List.of(Map.of(), Map.of(), Map.of()))),
            IntStream.range(0, 4)
                .mapToObj(
                    i ->
                        new Schedule.OutputInstance(
                            i % 2, i < 2 ? 6 : 10, new int[] {0}, Map.of(), true))
                .toList());
    Parity.assertSameBits(
        new PathRun(program, schedule, plain.parameters(), 3, 0, OnNan.FAIL), SHARDS);
  }
}
