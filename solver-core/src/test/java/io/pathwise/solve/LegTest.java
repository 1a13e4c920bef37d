package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.expr.Expr;
import io.pathwise.kernel.Precision;
import io.pathwise.model.Catalogue;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Sde;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A grid cut into legs gives the bits of the whole. */
class LegTest {
  private static final List<Shard> SHARDS = Shard.range(0, 3, 1500, 512);

  private static Solver solver(Scheme scheme, Precision precision) {
    return valued(scheme, precision).observe("S", 0.25, 0.3, 1).observe("v", 1);
  }

  private static Solver valued(Scheme scheme, Precision precision) {
    Sde sde = Catalogue.find("heston").orElseThrow().sde(Set.of());
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
    return Solver.of(sde)
        .parameters(
            Map.of("spot", 100.0, "v0", 0.04, "r", 0.03, "q", 0.01, "kappa", 1.5, "theta", 0.06))
        .parameters(Map.of("xi", 0.8, "rho", -0.7))
        .scheme(scheme)
        .precision(precision)
        .step(1.0 / 24)
        .claim(contracts.european("early", OptionType.CALL, 100, 0.25))
        .claim(contracts.european("late", OptionType.CALL, 100, 1))
        .claim(contracts.asian("asian", OptionType.PUT, Averaging.GEOMETRIC, 100, 0.9, 7))
        .claim(contracts.barrier("in", OptionType.CALL, 100, 0.5, BarrierType.DOWN_IN, 90, 5))
        .claim(contracts.barrier("out", OptionType.CALL, 100, 1, BarrierType.UP_OUT, 130, 11))
        .companion();
  }

  /** All numbers of a tally, as bytes. */
  private static byte[] bytes(Tally tally) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      tally.write(out);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return bytes.toByteArray();
  }

  private static PlanRunner runner(SimulationPlan plan) {
    return new PlanRunner(plan, new CpuExecutor(), DeviceRequest.ANY);
  }

  private static byte[] whole(SimulationPlan plan) {
    Tally tally = new Tally(plan, SHARDS.size());
    runner(plan).run(SHARDS, tally);
    return bytes(tally);
  }

  private static byte[] inLegs(SimulationPlan plan, List<Integer> cuts) {
    List<Integer> ends = new ArrayList<>(cuts);
    ends.add(plan.fine().schedule().steps());
    MemoryCarry fine = new MemoryCarry();
    MemoryCarry coarse = new MemoryCarry();
    Tally all = new Tally(plan, SHARDS.size());
    int from = 0;
    for (int to : ends) {
      Tally leg = new Tally(plan, SHARDS.size());
      // plans travel to other machines
      SimulationPlan part = PlanCodec.decode(PlanCodec.encode(plan.over(new Leg(from, to))));
      runner(part).run(SHARDS, leg, fine, coarse);
      all.overlay(leg);
      fine.next();
      coarse.next();
      from = to;
    }
    return bytes(all);
  }

  static Stream<Arguments> schemesAndPrecisions() {
    return Schemes.all().stream()
        .flatMap(s -> Stream.of(Precision.values()).map(p -> Arguments.of(s.name(), p)));
  }

  private static Scheme fitting(String name) {
    Scheme scheme = Schemes.find(name).orElseThrow();
    Sde sde = Catalogue.find("heston").orElseThrow().sde(Set.of());
    return scheme.supports(sde) ? scheme : Schemes.find("euler").orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("schemesAndPrecisions")
  void anyCutsGiveTheBitsOfTheWhole(String scheme, Precision precision) {
    SimulationPlan plan = solver(fitting(scheme), precision).plan();
    List<Integer> everywhere =
        IntStream.range(1, plan.fine().schedule().steps()).filter(plan::cuttable).boxed().toList();
    byte[] whole = whole(plan);
    assertThat(everywhere.size()).isGreaterThan(5);
    assertThat(inLegs(plan, everywhere)).isEqualTo(whole);
    assertThat(inLegs(plan, everywhere.subList(0, 1))).isEqualTo(whole);
    assertThat(inLegs(plan, List.of(everywhere.get(2), everywhere.get(4)))).isEqualTo(whole);
  }

  static Stream<Estimator> estimators() {
    return Stream.of(new Estimator.Antithetic(), new Estimator.Importance(List.of(0.5, -0.25)));
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void pairsAndWeightsAreCarriedOverCuts(Estimator estimator) {
    SimulationPlan plan =
        valued(fitting("euler"), Precision.DOUBLE).estimator(estimator).pilotPaths(512).plan();
    int[] cuts =
        IntStream.range(1, plan.fine().schedule().steps()).filter(plan::cuttable).toArray();
    assertThat(inLegs(plan, List.of(cuts[2], cuts[4]))).isEqualTo(whole(plan));
  }

  @Test
  void pathsCarryTheFunctionalsThatAreReadLater() {
    PathRun run = solver(fitting("euler"), Precision.DOUBLE).plan().fine();
    int steps = run.schedule().steps();
    assertThat(run.carried(0)).isEmpty();
    assertThat(run.carried(steps)).isEmpty();
    int afterTheKnockIn = run.schedule().outputs().get(3).at();
    assertThat(run.carried(afterTheKnockIn)).hasSize(2); // the average and the knock-out
    assertThat(run.carried(afterTheKnockIn - 1)).hasSize(3);
  }

  @Test
  void aCompanionIsCutWhereItHasAStep() {
    SimulationPlan plan = solver(fitting("euler"), Precision.DOUBLE).plan();
    int between =
        IntStream.range(1, plan.fine().schedule().steps())
            .filter(k -> !plan.cuttable(k))
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(() -> plan.over(new Leg(0, between)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the companion has no step that ends at t = ");
  }

  @Test
  void whatNeedsTheWholePathIsNotCut() {
    Solver solver = solver(fitting("euler"), Precision.DOUBLE);
    PathRun differentiated =
        solver.gradientMethod(GradientMethod.STORED).gradient("xi").plan().fine();
    assertThatThrownBy(() -> differentiated.over(new Leg(0, 2)))
        .hasMessageContaining("covers its grid in one leg");
    PathRun dropping = solver(fitting("euler"), Precision.DOUBLE).onNan(OnNan.DROP).plan().fine();
    assertThatThrownBy(() -> dropping.over(new Leg(2, 4)))
        .hasMessageContaining("covers its grid in one leg");
    assertThatThrownBy(() -> new Leg(3, 3)).hasMessageContaining("from grid index 3 to 3");
  }
}
