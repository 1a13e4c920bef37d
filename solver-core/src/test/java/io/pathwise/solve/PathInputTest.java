package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import io.pathwise.kernel.Precision;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import io.pathwise.payoff.Watch;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What paths bring along is read by initial values, steps, functionals and outputs. */
class PathInputTest {
  private static final List<Double> DATES = List.of(0.0, 0.25, 0.6, 1.0);
  private static final PathInput LEVEL =
      PathInput.ofPaths("level", 2, (path, entry, j) -> 0.5 + 0.01 * path + j);
  private static final PathInput SEEN =
      new PathInput("seen", 1, DATES, (path, entry, j) -> 1 + 0.1 * entry + 0.003 * path);

  /**
   * dx = a (level_0 - x) dt + b seen dW from x = level_1, and the squared misfit to what is seen.
   */
  private static Solver solver(String scheme, double a) {
    Sde.Builder builder = scheme.equals("euler") ? Sde.ito("led") : Sde.stratonovich("led");
    Sde sde =
        builder
            .parameters("a", "b")
            .state("x", LEVEL.leaf().get(1))
            .drift((t, x) -> LEVEL.leaf().get(0).minus(x.get(0)).times(Expr.param("a")))
            .diagonal((t, x) -> SEEN.leaf().times(Expr.param("b")));
    Expr x = sde.state().get(0);
    Expr miss = x.minus(SEEN.leaf().get(0));
    Functional misfit = new Functional("misfit", 0, miss.fma(miss, Functional.VALUE));
    Watch watch = new Watch(misfit, DATES.subList(1, 4), List.of(Map.of(), Map.of(), Map.of()));
    return Solver.of(sde)
        .scheme(Schemes.find(scheme).orElseThrow())
        .parameters(Map.of("a", a, "b", 0.2))
        .input(LEVEL)
        .input(SEEN)
        .step(0.2)
        .threads(1)
        .claim(
            new Claim(
                "misfit",
                "misfit",
                Output.slot(0).plus(LEVEL.leaf().get(0)),
                true,
                1,
                List.of(watch),
                Map.of(),
                true))
        .observe("x", 0.4, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"euler", "reversible-heun"})
  void everyPathIsThatOfTheInterpreter(String scheme) {
    Solver solver = solver(scheme, 0.7).companion();
    PathRun fine = solver.plan().fine();
    PathRun coarse = solver.plan().coarse().orElseThrow();
    for (PathRun run : List.of(fine, coarse)) {
      PathReplay replay = new PathReplay(run);
      double[] sums = new CpuExecutor().open(run).run(new Shard(0, 5, 1), PathSink.NONE).sums();
      double[] values = replay.outputs(5, replay.states(5));
      for (int o = 0; o < values.length; o++) {
        assertThat(sums[run.offset(o)])
            .isEqualTo(values[o] - run.schedule().outputs().get(o).shift());
      }
    }
  }

  /** An Euler walk in plain Java on the normals of the run. */
  @Test
  void aStepReadsWhatHoldsAtItsEnd() {
    PathRun run = solver("euler", 0.7).plan().fine();
    double[] t = run.schedule().times();
    for (long path : new long[] {0, 3, 12_345}) {
      PathReplay replay = new PathReplay(run);
      PathReplay.NormalSource normals = replay.normalsOf(path);
      double x = 1.5 + 0.01 * path;
      for (int k = 0; k + 1 < t.length; k++) {
        int entry = 0;
        while (DATES.get(entry) < t[k + 1] - 1e-9) {
          entry++;
        }
        double dt = t[k + 1] - t[k];
        double seen = 1 + 0.1 * entry + 0.003 * path;
        x += 0.7 * (0.5 + 0.01 * path - x) * dt + 0.2 * seen * Math.sqrt(dt) * normals.normal(k, 0);
        assertThat(replay.states(path)[k + 1][0]).isCloseTo(x, within(1e-12 * Math.abs(x)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"euler", "reversible-heun"})
  void gradientsAreThoseOfFiniteDifferences(String scheme) {
    Solution solution = solver(scheme, 0.7).gradient("a", "b").solve(50);
    double h = 1e-5;
    double up = solver(scheme, 0.7 + h).solve(50).value("misfit").mean();
    double down = solver(scheme, 0.7 - h).solve(50).value("misfit").mean();
    assertThat(solution.derivative("misfit", "a").mean())
        .isCloseTo((up - down) / (2 * h), within(1e-6));
  }

  @Test
  void forwardModeHasTheGradientOfTheReverseSweep() {
    Solution reverse = solver("euler", 0.7).gradient("a", "b").solve(50);
    Solution forward =
        solver("euler", 0.7).gradient("a", "b").gradientMethod(GradientMethod.TANGENT).solve(50);
    for (String name : List.of("a", "b")) {
      double expected = reverse.derivative("misfit", name).mean();
      assertThat(forward.derivative("misfit", name).mean()).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void shardsAndThreadsDoNotMatter() {
    Solution one = solver("euler", 0.7).gradient("a").solve(1000);
    Solution other = solver("euler", 0.7).gradient("a").threads(2).shardSize(512).solve(1000);
    assertThat(other.paths("x", 1)).isEqualTo(one.paths("x", 1));
    assertThat(other.value("misfit").mean()).isCloseTo(one.value("misfit").mean(), within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void arraysAreReadRowByRow(Precision precision) {
    double[][] rows = new double[20][];
    for (int p = 0; p < rows.length; p++) {
      rows[p] = new double[] {p, 2.5 * p};
    }
    PathInput input = PathInput.ofSeries("walk", List.of(0.5, 1.0), rows);
    Sde sde =
        Sde.ito("still")
            .state("x", Expr.ZERO)
            .drift((t, x) -> input.leaf())
            .diagonal((t, x) -> Expr.vector(0));
    double[] ends =
        Solver.of(sde)
            .precision(precision)
            .input(input)
            .step(0.25)
            .observe("x", 1)
            .solve(20)
            .paths("x", 1);
    for (int p = 0; p < rows.length; p++) {
      assertThat(ends[p]).isEqualTo(0.5 * p + 0.5 * 2.5 * p);
    }
  }

  @Test
  void whatIsNotBroughtAlongIsNamed() {
    assertThatThrownBy(() -> PathInput.ofSeries("walk", List.of(1.0, 0.5), new double[1][2]))
        .hasMessage("walk: date 0.5, expected years of at least 0, increasing");
    assertThatThrownBy(() -> PathInput.ofPaths("walk", new double[][] {{1, 2}, {3}}))
        .hasMessageContaining("walk: row 1 has 1 numbers");
    Expr other = Expr.leaf(Leaf.INPUT, "other");
    assertThatThrownBy(() -> solver("euler", 1).claim(Claim.value("c", other, 1)).plan())
        .hasMessageContaining("a claim: input other, a scalar, is not among what it may read")
        .hasMessageContaining("[level, seen]");
    PathInput few = PathInput.ofPaths("level", new double[][] {{1, 2}});
    assertThatThrownBy(() -> solver("euler", 1).input(few).plan())
        .hasMessageContaining("two inputs are named level");
  }

  @Test
  void aPathWithoutARowIsNamed() {
    PathInput few = PathInput.ofPaths("few", new double[][] {{1}, {2}});
    Sde sde = Sde.ito("still").state("x", few.leaf().get(0)).diagonal((t, x) -> x);
    Solver solver = Solver.of(sde).input(few).step(0.5).observe("x", 1);
    assertThat(solver.solve(2).paths()).isEqualTo(2);
    assertThatThrownBy(() -> solver.solve(3))
        .hasMessageContaining("few has 2 rows, path 2 asks for one more");
    PathInput bad = PathInput.ofPaths("bad", 1, (path, entry, j) -> Double.NaN);
    Sde read = Sde.ito("still").state("x", bad.leaf().get(0)).diagonal((t, x) -> x);
    assertThatThrownBy(() -> Solver.of(read).input(bad).observe("x", 1).solve(3))
        .hasMessageContaining("bad of path 0, entry 0, element 0 = NaN, expected a finite number");
  }

  @Test
  void suchAPlanDoesNotTravel() {
    assertThatThrownBy(() -> PlanCodec.encode(solver("euler", 1).plan()))
        .hasMessageContaining("a plan whose paths bring [level, seen] along cannot travel");
  }

  @Test
  void estimatorsThatPairOrWeightPathsRefuseIt() {
    assertThatThrownBy(() -> solver("euler", 1).estimator(new Estimator.Antithetic()).plan())
        .hasMessageContaining("of paths that bring inputs along, expected none");
  }
}
