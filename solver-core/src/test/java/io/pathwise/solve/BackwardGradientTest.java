package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import io.pathwise.expr.Shape;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.model.Catalogue;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Gradients that go backward without states that were kept: by undoing steps, and by an equation.
 */
class BackwardGradientTest {
  private static final Map<String, Double> VALUES = Map.of("a", 0.4, "b", 0.3);

  /** Two states under every noise type, with smooth coefficients that depend on time. */
  private static Sde equation(NoiseType noise) {
    Expr a = Expr.param("a");
    Expr b = Expr.param("b");
    Sde.Builder builder =
        Sde.stratonovich("test " + noise)
            .parameters("a", "b")
            .state("x", Expr.of(1))
            .state("y", a)
            .drift((t, y) -> Expr.apply(Op.SIN, y.get(0)).times(t).minus(y.times(a)));
    return switch (noise) {
      case DIAGONAL -> builder.diagonal((t, y) -> Expr.apply(Op.TANH, y.times(b)));
      case SCALAR -> builder.diffusion(noise, (t, y) -> y.times(b).reshape(Shape.matrix(2, 1)));
      case ADDITIVE ->
          builder.diffusion(noise, (t, y) -> matrix(b, Expr.of(0.1), t, b, Expr.ONE, Expr.of(0.2)));
      case COMMUTATIVE ->
          builder.diffusion(noise, (t, y) -> y.outer(Expr.concat(List.of(b, Expr.of(0.1), b))));
      case GENERAL ->
          builder.diffusion(
              noise,
              (t, y) ->
                  matrix(
                      y.get(0).times(b),
                      b,
                      Expr.apply(Op.SIN, y.get(1)),
                      t.times(0.2),
                      y.get(0).times(0.3),
                      Expr.apply(Op.SIGMOID, y.get(1)).times(b)));
    };
  }

  private static Expr matrix(Expr... elements) {
    return Expr.concat(List.of(elements)).reshape(Shape.matrix(2, 3));
  }

  private static Solver solver(NoiseType noise, String scheme, int steps) {
    return Solver.of(equation(noise))
        .parameters(VALUES)
        .scheme(Schemes.find(scheme).orElseThrow())
        .step(1.0 / steps)
        .seed(5)
        .observe("x", 0.5, 1.0)
        .observe("y", 1.0)
        .gradient("a", "b");
  }

  private static double[] sums(PathRun run, int paths) {
    return new CpuExecutor().open(run).run(new Shard(0, 0, paths), PathSink.NONE).sums();
  }

  private static PathRun run(Solver solver, GradientMethod method) {
    return solver.gradientMethod(method).plan().fine();
  }

  @ParameterizedTest
  @EnumSource(NoiseType.class)
  void undoneStepsGiveTheGradientOfStoredStates(NoiseType noise) {
    Solver solver = solver(noise, "reversible-heun", 40);
    double[] stored = sums(run(solver, GradientMethod.STORED), 600);
    double[] undone = sums(run(solver, GradientMethod.REVERSIBLE), 600);
    for (int j = 0; j < stored.length; j++) {
      assertThat(undone[j]).isCloseTo(stored[j], within(1e-9 * Math.abs(stored[j])));
    }
  }

  @ParameterizedTest
  @EnumSource(NoiseType.class)
  void undoneStepsGiveTheDifferencesOfTheSamePaths(NoiseType noise) {
    PathRun run = run(solver(noise, "reversible-heun", 20), GradientMethod.REVERSIBLE);
    double[] sums = sums(run, 300);
    List<String> gradient = run.program().gradient();
    for (int p = 0; p < gradient.size(); p++) {
      double h = 1e-5;
      double[] up = sums(moved(run, gradient.get(p), h), 300);
      double[] down = sums(moved(run, gradient.get(p), -h), 300);
      for (int o = 0; o < 3; o++) {
        int at = run.offset(o);
        double difference = (up[at] - down[at]) / (2 * h);
        assertThat(sums[at + 2 + 2 * p])
            .isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
      }
    }
  }

  private static PathRun moved(PathRun run, String parameter, double by) {
    Map<String, Double> values = new HashMap<>(run.parameters());
    values.merge(parameter, by, Double::sum);
    return run.at(values, run.seed());
  }

  /** The root mean square, over paths, of the difference of derivatives from the stored ones. */
  private static double error(NoiseType noise, String scheme, int steps) {
    Solver solver = solver(noise, scheme, steps);
    PathRun stored = run(solver, GradientMethod.STORED);
    PathRun back = run(solver, GradientMethod.BACKSOLVE);
    double square = 0;
    int paths = 60;
    CpuExecutor executor = new CpuExecutor();
    ShardRunner storing = executor.open(stored);
    ShardRunner solving = executor.open(back);
    for (int path = 0; path < paths; path++) {
      double[] expected = storing.run(new Shard(path, path, 1), PathSink.NONE).sums();
      double[] sums = solving.run(new Shard(path, path, 1), PathSink.NONE).sums();
      for (int o = 0; o < 3; o++) {
        for (int p = 0; p < 2; p++) {
          int at = stored.offset(o) + 2 + 2 * p;
          square += (sums[at] - expected[at]) * (sums[at] - expected[at]);
        }
      }
    }
    return Math.sqrt(square / paths);
  }

  /** The order is that of the scheme, or of Heun's method backward, whichever is lower. */
  @ParameterizedTest
  @CsvSource({
    "ADDITIVE, heun, 0.9",
    "DIAGONAL, heun, 0.9",
    "SCALAR, midpoint, 0.9",
    "COMMUTATIVE, heun, 0.9",
    "GENERAL, heun, 0.4",
    "DIAGONAL, reversible-heun, 0.9",
    "GENERAL, euler-heun, 0.4"
  })
  void theContinuousAdjointConvergesAtTheOrderOfTheScheme(
      NoiseType noise, String scheme, double order) {
    double coarse = error(noise, scheme, 16);
    double fine = error(noise, scheme, 256);
    assertThat(Math.log(coarse / fine) / Math.log(16))
        .as("from %s to %s", coarse, fine)
        .isGreaterThan(order);
  }

  private static Solver heston(String scheme, int steps) {
    Sde sde = Catalogue.find("heston").orElseThrow().sde(Set.of());
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
    return Solver.of(scheme.equals("euler") ? sde : sde.toStratonovich())
        .parameters(
            Map.of(
                "spot", 100.0, "v0", 0.09, "r", 0.03, "q", 0.01, "kappa", 1.5, "theta", 0.09, "xi",
                0.1, "rho", -0.7))
        .scheme(Schemes.find(scheme).orElseThrow())
        .step(1.0 / steps)
        .seed(11)
        .claims(
            List.of(
                contracts.european("call", OptionType.CALL, 105, 1),
                contracts.asian("asian", OptionType.PUT, Averaging.ARITHMETIC, 100, 0.9, 12)))
        .gradient("spot", "kappa", "xi", "rho", "r");
  }

  @Test
  void functionalsGoBackwardToo() {
    Solver solver = heston("reversible-heun", 50);
    double[] stored = sums(run(solver, GradientMethod.STORED), 600);
    double[] undone = sums(run(solver, GradientMethod.REVERSIBLE), 600);
    for (int j = 0; j < stored.length; j++) {
      assertThat(undone[j]).isCloseTo(stored[j], within(1e-9 * Math.abs(stored[j])));
    }
  }

  /** By how much mean derivatives differ, each relative to the root mean square over paths. */
  private static double meanError(Solver solver) {
    PathRun run = run(solver, GradientMethod.STORED);
    double[] stored = sums(run, 2000);
    double[] solved = sums(run(solver, GradientMethod.BACKSOLVE), 2000);
    double square = 0;
    for (int o = 0; o < run.schedule().outputs().size(); o++) {
      for (int p = 0; p < run.program().gradient().size(); p++) {
        int at = run.offset(o) + 2 + 2 * p;
        square += (solved[at] - stored[at]) * (solved[at] - stored[at]) / stored[at + 1] / 2000;
      }
    }
    return Math.sqrt(square);
  }

  @ParameterizedTest
  @CsvSource({"euler, 0.7", "reversible-heun, 0.4"})
  void functionalsAndTheItoCorrectionConvergeToo(String scheme, double order) {
    double coarse = meanError(heston(scheme, 12));
    double fine = meanError(heston(scheme, 192));
    assertThat(Math.log(coarse / fine) / Math.log(16))
        .as("from %s to %s", coarse, fine)
        .isGreaterThan(order);
  }

  @Test
  void theMemoryDoesNotGrowWithTheSteps() {
    List<Long> bytes = new ArrayList<>();
    for (int steps : new int[] {20, 200, 2000}) {
      PathRun run =
          run(solver(NoiseType.DIAGONAL, "reversible-heun", steps), GradientMethod.REVERSIBLE);
      bytes.add(new Itinerary(run, new ProgramFragments(run.program())).bytes());
    }
    assertThat(bytes).containsOnly(bytes.get(0));
  }

  @Test
  void aPlanKeepsTheWayBackwardAsBytes() {
    for (GradientMethod method : List.of(GradientMethod.REVERSIBLE, GradientMethod.BACKSOLVE)) {
      SimulationPlan plan =
          solver(NoiseType.GENERAL, "reversible-heun", 20).gradientMethod(method).plan();
      PathRun decoded = PlanCodec.decode(PlanCodec.encode(plan)).fine();
      assertThat(decoded.program()).isEqualTo(plan.fine().program());
      assertThat(decoded.gradient()).isEqualTo(plan.fine().gradient());
      assertThat(decoded.gradient().method()).isEqualTo(method);
    }
  }

  @Test
  void whatCannotGoBackwardIsRefusedWithTheReason() {
    assertThatThrownBy(() -> run(solver(NoiseType.DIAGONAL, "heun", 10), GradientMethod.REVERSIBLE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "gradient method reversible with scheme heun, whose steps are not undone: expected one"
                + " of [reversible-heun]");
    Sde merton = Catalogue.find("merton").orElseThrow().sde(Set.of());
    Solver jumps =
        Solver.of(merton)
            .parameters(
                Map.of(
                    "spot",
                    100.0,
                    "r",
                    0.03,
                    "q",
                    0.0,
                    "sigma",
                    0.2,
                    "lambda",
                    0.5,
                    "jump_mean",
                    -0.1,
                    "jump_stddev",
                    0.1))
            .scheme(Schemes.find("euler").orElseThrow())
            .step(0.1)
            .observe("S", 1)
            .gradient("sigma");
    assertThatThrownBy(() -> run(jumps, GradientMethod.BACKSOLVE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gradient method backsolve with jumps, which are not undone");
    Solver exact =
        Solver.of(Catalogue.find("black-scholes").orElseThrow().sde(Set.of()))
            .parameters(Map.of("spot", 100.0, "r", 0.03, "q", 0.0, "sigma", 0.2))
            .scheme(Schemes.find("exact").orElseThrow())
            .step(0.1)
            .observe("S", 1)
            .gradient("sigma");
    assertThatThrownBy(() -> run(exact, GradientMethod.BACKSOLVE))
        .hasMessageContaining("whose paths do not follow the Brownian path");
    Solver pairs =
        solver(NoiseType.DIAGONAL, "reversible-heun", 10).estimator(new Estimator.Antithetic());
    assertThatThrownBy(() -> run(pairs, GradientMethod.REVERSIBLE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
