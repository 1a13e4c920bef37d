package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.control.StepControl;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.kernel.TreeStep;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import io.pathwise.payoff.Watch;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Paths that choose their steps, on a geometric Brownian motion that carries its own noise. */
class AdaptiveRunTest {
  private static final Map<String, Double> PARAMETERS =
      Map.of("spot", 1.0, "mu", 0.1, "sigma", 0.8);
  private static final double END = 1;

  static Sde gbm() {
    return Sde.ito("gbm")
        .parameters("spot", "mu", "sigma")
        .state("S", Expr.param("spot"))
        .state("w", Expr.ZERO)
        .drift((t, y) -> Expr.concat(List.of(y.get(0).times(Expr.param("mu")), Expr.ZERO)))
        .diffusion(
            NoiseType.SCALAR,
            (t, y) ->
                Expr.concat(List.of(y.get(0).times(Expr.param("sigma")), Expr.ONE))
                    .reshape(Shape.matrix(2, 1)));
  }

  private static Solver solver(StepControl control) {
    return Solver.of(gbm())
        .parameters(PARAMETERS)
        .scheme(Schemes.find("milstein").orElseThrow())
        .adaptive(control)
        .observe("S", 0.3, END)
        .observe("w", 0.3, END)
        .observe("adaptive.steps", END)
        .observe("adaptive.rejected", END)
        .observe("adaptive.forced", END)
        .seed(21);
  }

  private static StepControl tolerance(double tolerance) {
    return StepControl.adaptive(tolerance, tolerance, 1e-7, 0.5);
  }

  private static double strongError(Solution solution) {
    double[] s = solution.paths("S", END);
    double[] w = solution.paths("w", END);
    double sum = 0;
    for (int path = 0; path < s.length; path++) {
      double exact = Math.exp((0.1 - 0.32) * END + 0.8 * w[path]);
      sum += (s[path] - exact) * (s[path] - exact);
    }
    return Math.sqrt(sum / s.length);
  }

  @Test
  void theErrorFallsWithTheToleranceToTheClosedFormOnTheSamePath() {
    double[] errors = new double[3];
    double[] steps = new double[3];
    double[] w = null;
    for (int i = 0; i < 3; i++) {
      Solution solution = solver(tolerance(1e-2 / Math.pow(8, i))).solve(300);
      errors[i] = strongError(solution);
      steps[i] = solution.observed("adaptive.steps", END).mean();
      double[] same = solution.paths("w", END);
      if (w != null) {
        for (int path = 0; path < w.length; path++) {
          assertThat(same[path]).isCloseTo(w[path], within(1e-12));
        }
      }
      w = same;
    }
    assertThat(errors[0]).isLessThan(0.1);
    assertThat(errors[1]).isLessThan(errors[0] / 2);
    assertThat(errors[2]).isLessThan(errors[1] / 2);
    assertThat(steps[2]).isGreaterThan(steps[1]).isLessThan(20_000);
  }

  /**
   * Cells of 1/8 at a level that no error satisfies, each taken as two half steps, against steps of
   * 1/16 of the grid: the same law. KS p at least 1e-5 at a fixed seed.
   */
  @Test
  void aFixedLevelOfTheTreeHasTheLawOfTheGrid() {
    Solution tree = solver(StepControl.adaptive(0, 1e-300, 1.0 / 8, 0.5)).solve(3000);
    Solution grid =
        Solver.of(gbm())
            .parameters(PARAMETERS)
            .scheme(Schemes.find("milstein").orElseThrow())
            .step(1.0 / 16)
            .observe("w", END)
            .observe("S", END)
            .seed(4)
            .solve(3000);
    for (String state : List.of("w", "S")) {
      assertThat(twoSample(tree.paths(state, END), grid.paths(state, END))).isGreaterThan(1e-5);
    }
  }

  @Test
  void theNoiseOfAPathIsNormalWhateverItsSteps() {
    double[] w = solver(tolerance(1e-2)).solve(3000).paths("w", 0.3);
    double[] grid =
        Solver.of(gbm())
            .parameters(PARAMETERS)
            .observe("w", 0.3)
            .seed(4)
            .solve(3000)
            .paths("w", 0.3);
    assertThat(twoSample(w, grid)).isGreaterThan(1e-5);
  }

  /** The two-sample Kolmogorov-Smirnov p-value of samples of one size. */
  private static double twoSample(double[] a, double[] b) {
    double[] x = a.clone();
    double[] y = b.clone();
    Arrays.sort(x);
    Arrays.sort(y);
    int j = 0;
    double deviation = 0;
    for (int i = 0; i < x.length; i++) {
      while (j < y.length && y[j] <= x[i]) {
        j++;
      }
      deviation = Math.max(deviation, Math.abs(i + 1.0 - j) / x.length);
    }
    double z = deviation * Math.sqrt(x.length / 2.0);
    double p = 0;
    for (int k = 1; k < 50; k++) {
      p += (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * z * z);
    }
    return p;
  }

  private static Map<Long, double[]> captured(PathRun run, List<Shard> shards) {
    Map<Long, double[]> values = new HashMap<>();
    int outputs = run.schedule().outputs().size();
    new CpuExecutor()
        .open(run)
        .run(
            shards,
            (output, paths, of, n) -> {
              for (int i = 0; i < n; i++) {
                values.computeIfAbsent(paths[i], p -> new double[outputs])[output] = of[i];
              }
            });
    return values;
  }

  @Test
  void aPathHasTheSameBitsAloneInAnyBlockAndInTheInterpreter() {
    PathRun run = solver(tolerance(3e-2)).plan().fine();
    Map<Long, double[]> together = captured(run, List.of(new Shard(0, 0, 700)));
    Map<Long, double[]> pieces =
        captured(run, List.of(new Shard(0, 0, 100), new Shard(1, 100, 600)));
    PathReplay replay = new PathReplay(run);
    for (long path : new long[] {0, 99, 100, 511, 512, 699}) {
      double[] alone = captured(run, List.of(new Shard(0, path, 1))).get(path);
      assertThat(alone).containsExactly(together.get(path));
      assertThat(pieces.get(path)).containsExactly(together.get(path));
    }
    for (long path : new long[] {0, 511, 699}) {
      assertThat(replay.outputs(replay.states(path))).containsExactly(together.get(path));
    }
  }

  @Test
  void aPlanTravelsAsBytes() {
    SimulationPlan plan = solver(tolerance(3e-2)).plan();
    SimulationPlan read = PlanCodec.decode(PlanCodec.encode(plan));
    assertThat(read.fine().control()).isEqualTo(plan.fine().control());
    assertThat(read.fine().program().digest()).isEqualTo(plan.fine().program().digest());
    assertThat(captured(read.fine(), List.of(new Shard(0, 0, 10))).get(3L))
        .containsExactly(captured(plan.fine(), List.of(new Shard(0, 0, 10))).get(3L));
  }

  /** The grid's steps are 0.25, 0.05, 0.2, 0.25 and 0.25: 4, 1, 2, 4 and 4 of at least 1/16. */
  @Test
  void stepsAtTheSmallestSizeAreTakenAndCounted() {
    Solution solution = solver(StepControl.adaptive(0, 1e-9, 1.0 / 16, 0.25)).solve(50);
    assertThat(solution.observed("adaptive.forced", END).mean()).isEqualTo(15);
    assertThat(solution.observed("adaptive.steps", END).mean()).isEqualTo(15);
  }

  @Test
  void functionalsOfDatesAndOfEveryStepSeeThePath() {
    Functional length = new Functional("length", 0, Functional.VALUE.plus(Functional.DT));
    Functional last = new Functional("last", 0, Sde.state(2).get(1).plus(Functional.VALUE));
    Claim claim =
        new Claim(
            "claim",
            "claim",
            Output.slot(0).times(1000).plus(Output.slot(1)),
            true,
            END,
            List.of(
                Watch.everyStep(length, Map.of()),
                new Watch(last, List.of(0.3, END), List.of(Map.of(), Map.of()))),
            Map.of(),
            false);
    Solution solution = solver(tolerance(1e-2)).claim(claim).solve(64);
    double sum = solution.observed("w", 0.3).mean() + solution.observed("w", END).mean();
    assertThat(solution.value("claim").mean()).isCloseTo(1000 * END + sum, within(1e-9));
  }

  @Test
  void aLegEndsWithTheBitsOfTheWhole() {
    PathRun run = solver(tolerance(3e-2)).plan().fine();
    int cut = 1;
    MemoryCarry carry = new MemoryCarry();
    Shard shard = new Shard(0, 0, 600);
    ShardExecutor cpu = new CpuExecutor();
    double[] whole = cpu.open(run, DeviceRequest.ANY).run(shard, PathSink.NONE).sums();
    double[] first =
        cpu.open(run.over(new Leg(0, cut)), DeviceRequest.ANY)
            .run(List.of(shard), PathSink.NONE, carry)
            .get(0)
            .sums();
    carry.next();
    double[] second =
        cpu.open(run.over(new Leg(cut, run.schedule().steps())), DeviceRequest.ANY)
            .run(List.of(shard), PathSink.NONE, carry)
            .get(0)
            .sums();
    for (int i = 0; i < whole.length; i++) {
      assertThat(first[i] + second[i]).isEqualTo(whole[i]);
    }
  }

  /** dx = x^3 dt has no solution beyond t = 1/2: steps fall to the smallest, and then no more. */
  @Test
  void aPathThatIsNoLongerFiniteIsNotRefined() {
    Sde sde =
        Sde.ito("explosive")
            .state("x", Expr.ONE)
            .drift((t, x) -> x.times(x).times(x))
            .diffusion(NoiseType.ADDITIVE, (t, x) -> Expr.of(0.01).reshape(Shape.matrix(1, 1)));
    Solver solver =
        Solver.of(sde)
            .parameters(Map.of())
            .scheme(Schemes.find("milstein").orElseThrow())
            .adaptive(StepControl.adaptive(1e-2, 1e-2, 1e-9, 0.25))
            .observe("x", END)
            .observe("adaptive.steps", END)
            .onNan(OnNan.DROP);
    PathRun run = solver.plan().fine();
    double[] end = new PathReplay(run).states(3)[run.schedule().steps()];
    assertThat(end[0]).isNotFinite();
    assertThat(end[1 + TreeStep.Control.STEPS.place()]).isLessThan(2000);
    assertThat(solver.solve(64).observed("x", END).count()).isZero();
  }

  @Test
  void whatDoesNotGoWithOwnStepsIsSaid() {
    assertThatThrownBy(
            () -> solver(tolerance(1e-2)).scheme(Schemes.find("euler").orElseThrow()).plan())
        .hasMessageContaining("scheme euler has strong order 0.5 for SCALAR noise")
        .hasMessageContaining("milstein");
    assertThatThrownBy(() -> solver(tolerance(1e-2)).gradient("spot").plan())
        .hasMessageContaining("gradient in [spot]: paths that choose their steps have none yet");
    assertThatThrownBy(
            () -> Solver.of(gbm()).parameters(PARAMETERS).observe("adaptive.steps", 1).plan())
        .hasMessageContaining("adaptive.steps is observed, but paths do not choose their steps");
    assertThatThrownBy(() -> StepControl.adaptive(-1, 0, 0, 1))
        .hasMessageContaining("rtol = -1.0")
        .hasMessageContaining("dt-min = 0.0");
  }
}
