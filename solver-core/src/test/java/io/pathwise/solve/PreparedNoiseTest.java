package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.kernel.Precision;
import io.pathwise.model.Catalogue;
import io.pathwise.noise.NoiseSource;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.sde.FractionalDriver;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prepared noise gives the same bits everywhere, and gradients and companions run on it. */
class PreparedNoiseTest {
  private static final Map<String, Double> HESTON =
      Map.of(
          "spot", 100.0, "v0", 0.09, "r", 0.03, "q", 0.0, "kappa", 1.5, "theta", 0.08, "xi", 0.3,
          "rho", -0.7);

  private static Solver heston(NoiseSource noise) {
    Sde sde = Catalogue.find("heston").orElseThrow().sde(Set.of());
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
    return Solver.of(sde)
        .parameters(HESTON)
        .step(1.0 / 9)
        .claim(contracts.european("call", OptionType.CALL, 100, 1))
        .claim(contracts.asian("asian", OptionType.CALL, Averaging.ARITHMETIC, 100, 1, 4))
        .observe("S", 0.5, 1.0)
        .noise(noise)
        .seed(3);
  }

  /** W on channel 0, fractional motion on 1, and a Riemann-Liouville process on 2 built on W. */
  static Sde rough() {
    return Sde.ito("rough")
        .parameters("hurst")
        .state("w", Expr.ZERO)
        .state("b", Expr.ZERO)
        .state("y", Expr.ZERO)
        .diffusion(
            NoiseType.ADDITIVE,
            (t, y) ->
                Expr.concat(
                        List.of(
                            Expr.ONE, Expr.ZERO, Expr.ZERO, Expr.ZERO, Expr.ONE, Expr.ZERO,
                            Expr.ZERO, Expr.ZERO, Expr.ONE))
                    .reshape(Shape.matrix(3, 3)))
        .with(FractionalDriver.motion(1, Expr.param("hurst")))
        .with(FractionalDriver.volterra(2, Expr.param("hurst"), 0));
  }

  private static Solver rough(double hurst, double step, double... times) {
    return Solver.of(rough())
        .parameters(Map.of("hurst", hurst))
        .step(step)
        .observe("w", times)
        .observe("b", times)
        .observe("y", times)
        .seed(4);
  }

  static Stream<Solver> everyKind() {
    return Stream.of(
        heston(new NoiseSource.Sobol(4, true)),
        heston(new NoiseSource.Sobol(4, false)),
        heston(new NoiseSource.Stratified(8)),
        rough(0.3, 1.0 / 8, 0.25, 1.0),
        rough(0.7, 1.0 / 3, 0.1, 1.0));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void everyPathHasTheBitsOfTheInterpreter(Solver solver) {
    int paths = 2048;
    Solution solution = solver.threads(1).solve(paths);
    SimulationPlan plan = solver.plan(paths);
    PathReplay replay = new PathReplay(plan.fine());
    for (int path : new int[] {0, 1, 511, 512, 700, 2047}) {
      double[] expected = replay.outputs(replay.states(replay.normalsOf(path)));
      int outputs = plan.fine().schedule().outputs().size();
      List<Double> actual = new ArrayList<>();
      List<Double> wanted = new ArrayList<>();
      for (int o = 0; o < outputs; o++) {
        if (plan.fine().schedule().outputs().get(o).captured()) {
          actual.add(solution.captured(o)[path]);
          wanted.add(expected[o]);
        }
      }
      assertThat(actual).isEqualTo(wanted).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void threadsDoNotReachTheNumbersAndPlansTravelAsBytes(Solver solver) {
    int paths = 4096;
    solver.companion();
    SimulationPlan plan = solver.plan(paths);
    byte[] bytes = PlanCodec.encode(plan);
    List<Shard> shards = Shard.range(0, 8, paths, 512);
    Tally one = tally(plan, shards);
    Tally two = tally(PlanCodec.decode(bytes), shards.subList(5, 8));
    two.merge(tally(plan, shards.subList(0, 5)));
    assertThat(two.fine().total()).containsExactly(one.fine().total());
    assertThat(two.coarse().orElseThrow().total())
        .containsExactly(one.coarse().orElseThrow().total());
  }

  private static Tally tally(SimulationPlan plan, List<Shard> shards) {
    Tally tally = new Tally(plan, 8);
    new PlanRunner(plan, new CpuExecutor(), DeviceRequest.ANY).run(shards, tally, PathSink.NONE);
    return tally;
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void aRunInLegsHasTheBitsOfAWholeOne(Solver solver) {
    int paths = 4096;
    SimulationPlan plan = solver.plan(paths);
    List<Shard> shards = Shard.range(0, 8, paths, 512);
    int steps = plan.fine().schedule().steps();
    MemoryCarry carry = new MemoryCarry();
    MemoryCarry none = new MemoryCarry();
    Tally all = new Tally(plan, 8);
    int[] cuts = {0, 2, steps};
    for (int c = 0; c + 1 < cuts.length; c++) {
      Tally leg = new Tally(plan, 8);
      new PlanRunner(plan.over(new Leg(cuts[c], cuts[c + 1])), new CpuExecutor(), DeviceRequest.ANY)
          .run(shards, leg, carry, none);
      all.overlay(leg);
      carry.next();
    }
    assertThat(all.fine().total()).containsExactly(tally(plan, shards).fine().total());
  }

  /** Numbers of prepared pseudo-random paths are those that are drawn step by step. */
  @Test
  void channelsWithoutADriverKeepTheirNumbers() {
    Sde plain =
        Sde.ito("plain")
            .state("w", Expr.ZERO)
            .state("b", Expr.ZERO)
            .state("y", Expr.ZERO)
            .diagonal((t, y) -> Expr.vector(1, 1, 1));
    Solution expected = Solver.of(plain).step(1.0 / 8).observe("w", 0.25, 1.0).seed(4).solve(1000);
    assertThat(rough(0.3, 1.0 / 8, 0.25, 1.0).solve(1000).paths("w", 1))
        .containsExactly(expected.paths("w", 1));
  }

  @Test
  void theGradientOnPreparedNoiseMatchesFiniteDifferences() {
    for (NoiseSource noise :
        List.of(new NoiseSource.Sobol(2, true), new NoiseSource.Stratified(2))) {
      Solution solution = heston(noise).gradient("spot", "xi", "rho").solve(512);
      for (String name : List.of("spot", "xi", "rho")) {
        double h = 1e-5 * Math.abs(HESTON.get(name));
        double up = bumped(noise, name, h);
        double down = bumped(noise, name, -h);
        double difference = (up - down) / (2 * h);
        assertThat(solution.derivative("asian", name).mean())
            .as(name)
            .isCloseTo(difference, within(1e-4 * Math.max(1, Math.abs(difference))));
      }
    }
  }

  private static double bumped(NoiseSource noise, String name, double h) {
    Map<String, Double> parameters = new HashMap<>(HESTON);
    parameters.merge(name, h, Double::sum);
    return heston(noise).parameters(parameters).solve(512).value("asian").mean();
  }

  /** Stratified and Sobol means agree with plain ones within 5 of their joint standard errors. */
  @Test
  void theCompanionRunsOnThePathsOfTheRun() {
    for (NoiseSource noise :
        List.of(new NoiseSource.Sobol(8, true), new NoiseSource.Stratified(16))) {
      Solution solution = heston(noise).companion().solve(1 << 14);
      Moments plain = heston(NoiseSource.PSEUDO).companion().solve(1 << 14).value("call");
      Moments fine = solution.value("call");
      Moments coarse = solution.atTwiceTheStep("call").orElseThrow();
      double error = Math.hypot(plain.standardError(), fine.standardError());
      assertThat(fine.mean()).isCloseTo(plain.mean(), within(5 * error));
      assertThat(coarse.mean()).isCloseTo(fine.mean(), within(0.3));
      assertThat(fine.standardError()).isLessThan(plain.standardError());
    }
  }

  @Test
  void programsOfOtherNoiseHaveOtherKernels() {
    Stream<String> digests =
        Stream.of(
                heston(NoiseSource.PSEUDO),
                heston(new NoiseSource.Sobol(2, true)),
                heston(new NoiseSource.Sobol(4, true)),
                heston(new NoiseSource.Sobol(2, false)),
                heston(new NoiseSource.Stratified(2)))
            .map(solver -> solver.plan(1024).fine().program().digest());
    assertThat(digests).doesNotHaveDuplicates();
  }

  @Test
  void whatDoesNotGoTogetherIsRefusedWithAReason() {
    assertThatThrownBy(() -> heston(new NoiseSource.Sobol(16, true)).solve(3000))
        .hasMessageContaining("3000 paths in 16 randomisations")
        .hasMessageContaining("times a power of two");
    assertThatThrownBy(() -> heston(new NoiseSource.Stratified(64)).solve(64))
        .hasMessageContaining("64 paths in 64 strata")
        .hasMessageContaining("such as 128");
    assertThatThrownBy(() -> heston(new NoiseSource.Sobol(16, true)).plan())
        .hasMessageContaining("number of paths");
    assertThatThrownBy(() -> new NoiseSource.Sobol(1, true)).hasMessageContaining("at least 2");
    assertThatThrownBy(() -> new NoiseSource.Stratified(12)).hasMessageContaining("power of two");
    assertThatThrownBy(
            () -> heston(new NoiseSource.Sobol(2, true)).precision(Precision.SINGLE).solve(64))
        .hasMessageContaining("double precision");
    assertThatThrownBy(() -> heston(new NoiseSource.Sobol(4, true)).shardSize(100).solve(4096))
        .hasMessageContaining("power of two");
    assertThatThrownBy(() -> rough(0.3, 0.1, 1.0).noise(new NoiseSource.Sobol(4, true)).solve(4096))
        .hasMessageContaining("takes pseudo-random noise");
    assertThatThrownBy(() -> rough(0.3, 0.1, 1.0).gradient("hurst").solve(100))
        .hasMessageContaining("gradient in hurst");
    assertThatThrownBy(() -> rough(1.3, 0.1, 1.0).solve(100)).hasMessageContaining("Hurst index");
    assertThatThrownBy(() -> heston(new NoiseSource.Sobol(2, true)).step(1e-5).plan(1 << 20))
        .hasMessageContaining("at most 21201");
  }
}
