package io.pathwise.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import io.pathwise.expr.Shape;
import io.pathwise.kernel.Precision;
import io.pathwise.model.Catalogue;
import io.pathwise.model.ModelType;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.OnNan;
import io.pathwise.solve.Shard;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The device computes the CPU's bits: every model, scheme, contract and gradient. */
class DeviceParityTest {
  private static final Map<String, Map<String, Double>> PARAMETERS =
      Map.of(
          "black-scholes", Map.of("spot", 100.0, "r", 0.03, "q", 0.01, "sigma", 0.2),
          "heston",
              Map.of(
                  "spot", 100.0, "v0", 0.04, "r", 0.03, "q", 0.01, "kappa", 1.5, "theta", 0.06,
                  "xi", 0.8, "rho", -0.7));

  private static final List<Shard> SHARDS =
      List.of(new Shard(0, 0, 1536), new Shard(1, 1536, 1536), new Shard(2, 3072, 700));

  /** Every model of the catalogue under every scheme that takes its noise, in both precisions. */
  static Stream<Arguments> modelsAndSchemes() {
    List<Arguments> cases = new ArrayList<>();
    for (ModelType model : Catalogue.all()) {
      Sde sde = model.sde(Set.of());
      for (Scheme scheme : Schemes.all()) {
        if (scheme.supports(sde)) {
          for (Precision precision : Precision.values()) {
            cases.add(Arguments.of(model.name(), scheme.name(), precision));
          }
        }
      }
    }
    return cases.stream();
  }

  private static Solver solver(String model, String scheme, Precision precision) {
    Sde sde = Catalogue.find(model).orElseThrow().sde(Set.of());
    return Solver.of(sde)
        .parameters(PARAMETERS.get(model))
        .scheme(Schemes.find(scheme).orElseThrow())
        .precision(precision)
        .step(1.0 / 25)
        .seed(11)
        .companion();
  }

  private static List<Claim> contracts(String model) {
    Sde sde = Catalogue.find(model).orElseThrow().sde(Set.of());
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
    List<Claim> claims = new ArrayList<>();
    for (OptionType option : OptionType.values()) {
      claims.add(contracts.european("european " + option, option, 105, 1));
      claims.add(contracts.digital("digital " + option, option, 95, 10, 0.5));
      for (Averaging averaging : Averaging.values()) {
        claims.add(contracts.asian("asian " + averaging + option, option, averaging, 100, 1, 12));
      }
      for (BarrierType type : BarrierType.values()) {
        double level = type.name().startsWith("UP") ? 120 : 85;
        claims.add(
            contracts.barrier("barrier " + type + option, option, 100, 0.8, type, level, 10));
      }
    }
    claims.add(contracts.forward("forward", 100, 0.7));
    return claims;
  }

  @ParameterizedTest
  @MethodSource("modelsAndSchemes")
  void everyContractGivesTheSameBits(String model, String scheme, Precision precision) {
    Solver solver =
        solver(model, scheme, precision).claims(contracts(model)).observe("S", 0.3, 1.0);
    Parity.assertSameBits(solver.plan(), SHARDS);
  }

  @ParameterizedTest
  @MethodSource("modelsAndSchemes")
  void aGridInLegsGivesTheSameBits(String model, String scheme, Precision precision) {
    SimulationPlan plan =
        solver(model, scheme, precision).claims(contracts(model)).observe("S", 0.3, 1.0).plan();
    int[] cuts =
        IntStream.range(1, plan.fine().schedule().steps())
            .filter(k -> k % 7 < 2 && plan.cuttable(k))
            .toArray();
    byte[] whole = Parity.tally(plan, new CpuExecutor(), SHARDS);
    assertThat(cuts.length).isGreaterThan(2);
    assertThat(Parity.tally(plan, new OpenClExecutor(), SHARDS, cuts)).isEqualTo(whole);
  }

  @ParameterizedTest
  @MethodSource("modelsAndSchemes")
  void everyGradientGivesTheSameBits(String model, String scheme, Precision precision) {
    Solver solver =
        solver(model, scheme, precision)
            .claims(contracts(model))
            .observe("S", 0.3)
            .gradient(List.copyOf(PARAMETERS.get(model).keySet()));
    Parity.assertSameBits(solver.plan(), SHARDS);
  }

  /** One equation of every noise type; three channels share a random block between two steps. */
  static Stream<Arguments> noiseTypes() {
    return Stream.of(NoiseType.values())
        .flatMap(
            noise ->
                Stream.of(Precision.values()).map(precision -> Arguments.of(noise, precision)));
  }

  private static Sde equation(NoiseType noise) {
    Expr a = Expr.param("a");
    Sde.Builder builder =
        Sde.ito("test " + noise)
            .parameters("a")
            .state("x", Expr.of(1))
            .state("y", a)
            .drift((t, y) -> Expr.apply(Op.SIN, y.get(0)).times(t).minus(y.times(a)));
    return switch (noise) {
      case DIAGONAL -> builder.diagonal((t, y) -> Expr.apply(Op.TANH, y.times(a)));
      case SCALAR -> builder.diffusion(noise, (t, y) -> y.times(a).reshape(Shape.matrix(2, 1)));
      case ADDITIVE ->
          builder.diffusion(
              noise, (t, y) -> matrix(a, Expr.of(0.1), t, a, Expr.apply(Op.COS, t), Expr.of(0.2)));
      case COMMUTATIVE ->
          builder.diffusion(
              noise,
              (t, y) -> y.outer(Expr.concat(List.of(a, Expr.of(0.1), Expr.apply(Op.COS, t)))));
      case GENERAL ->
          builder.diffusion(
              noise,
              (t, y) ->
                  matrix(
                      y.get(0),
                      a,
                      Expr.apply(Op.SIN, y.get(1)),
                      t,
                      y.get(0).times(0.3),
                      Expr.apply(Op.SIGMOID, y.get(1))));
    };
  }

  private static Expr matrix(Expr... elements) {
    return Expr.concat(List.of(elements)).reshape(Shape.matrix(2, 3));
  }

  @ParameterizedTest
  @MethodSource("noiseTypes")
  void everyNoiseTypeGivesTheSameBits(NoiseType noise, Precision precision) {
    Solver solver =
        Solver.of(equation(noise))
            .parameters(Map.of("a", 0.4))
            .step(1.0 / 21)
            .precision(precision)
            .observe("x", 0.5, 1.0)
            .observe("y", 1.0)
            .gradient("a")
            .companion();
    Parity.assertSameBits(solver.plan(), SHARDS);
  }

  /** Those that single precision has forms of its own for, with their derivatives. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void functionsInAStepGiveTheSameBits(Precision precision) {
    Sde sde =
        Sde.ito("functions")
            .parameters("a")
            .state("x", Expr.param("a"))
            .drift((t, y) -> y.neg().exp().minus(y.times(Expr.param("a"))))
            .diagonal((t, y) -> y.square().plus(1).log().plus(y.abs().sqrt()).times(0.3));
    Solver solver =
        Solver.of(sde)
            .parameters(Map.of("a", 0.4))
            .step(1.0 / 21)
            .precision(precision)
            .observe("x", 1.0)
            .gradient("a");
    Parity.assertSameBits(solver.plan(), SHARDS);
  }

  @Test
  void droppedPathsAreTheSame() {
    Solver solver = Fragile.solver().onNan(OnNan.DROP);
    Parity.assertSameBits(solver.plan(), SHARDS);
    long[] paths = Parity.bits(new OpenClExecutor(), solver.plan().fine(), SHARDS).get("paths 0");
    assertThat(paths[0]).isBetween(1000L, 1535L);
  }

  @Test
  void aSolverDoesNotShowWhereItRan() {
    Solver solver =
        solver("heston", "euler", Precision.DOUBLE).observe("S", 1).gradient("xi").shardSize(1024);
    Solution cpu = solver.solve(9_000);
    Solution device = solver.on(new OpenClExecutor(), Parity.UNGUARDED).solve(9_000);
    assertThat(device.value("S@1.0")).isEqualTo(cpu.value("S@1.0"));
    assertThat(device.derivative("S@1.0", "xi")).isEqualTo(cpu.derivative("S@1.0", "xi"));
    assertThat(device.paths("S", 1)).containsExactly(cpu.paths("S", 1));
  }
}
