package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.control.StepControl;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.noise.LevyTerm;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.scheme.Step;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Paths whose steps are judged by the embedded states of their scheme, on the same Brownian paths
 * as those judged by two steps over the halves, at a fixed seed.
 */
class EmbeddedErrorTest {
  private static final int PATHS = 100;
  private static final double END = 1;

  /** A cubic pull from 4 with the noise that the scheme is for. */
  private static Sde equation(Scheme scheme) {
    Calculus calculus = scheme.calculi().iterator().next();
    Sde.Builder builder =
        (calculus == Calculus.ITO ? Sde.ito("cubic") : Sde.stratonovich("cubic"))
            .state("x", Expr.of(4))
            .drift((t, x) -> x.minus(x.times(x).times(x)));
    return scheme.noiseTypes().contains(NoiseType.SCALAR)
        ? builder.diffusion(NoiseType.SCALAR, (t, x) -> x.times(0.5).reshape(Shape.matrix(1, 1)))
        : builder.diffusion(NoiseType.ADDITIVE, (t, x) -> Expr.of(0.5).reshape(Shape.matrix(1, 1)));
  }

  private static Solver solver(Scheme scheme, double tolerance) {
    return Solver.of(equation(scheme))
        .parameters(Map.of())
        .scheme(scheme)
        .adaptive(StepControl.adaptive(tolerance, tolerance, 1e-8, 0.25))
        .observe("x", END / 4, END)
        .observe("adaptive.steps", END)
        .observe("adaptive.rejected", END)
        .observe("adaptive.forced", END)
        .threads(1)
        .seed(31);
  }

  /** The root mean square distance on the same Brownian paths. */
  private static double error(Solution solution, Solution reference) {
    double sum = 0;
    for (double time : new double[] {END / 4, END}) {
      double[] x = solution.paths("x", time);
      double[] exact = reference.paths("x", time);
      for (int path = 0; path < PATHS; path++) {
        sum += (x[path] - exact[path]) * (x[path] - exact[path]);
      }
    }
    return Math.sqrt(sum / PATHS);
  }

  private static double tried(Solution solution) {
    return solution.observed("adaptive.steps", END).mean()
        + solution.observed("adaptive.rejected", END).mean();
  }

  private static Scheme named(String name) {
    return Schemes.find(name).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"heun", "sosri", "sosra"})
  void theErrorFallsWithTheTolerance(String name) {
    Solution reference = solver(new Doubled(named(name)), 1e-5).solve(PATHS);
    double before = 0.2;
    for (double tolerance : new double[] {1e-1, 1e-2, 1e-3}) {
      Solution solution = solver(named(name), tolerance).solve(PATHS);
      assertThat(solution.observed("adaptive.forced", END).mean()).isZero();
      double error = error(solution, reference);
      assertThat(error).as("at tolerance %s", tolerance).isLessThan(before / 2);
      before = error;
    }
  }

  /** Euler-Heun, which is Heun without drift, would tell no error here. */
  @Test
  void heunSeesTheErrorOfNoiseAlone() {
    double before = 0.6;
    for (double tolerance : new double[] {1e-1, 1e-2, 1e-3}) {
      Solution solution = driftless(tolerance).solve(PATHS);
      double[] x = solution.paths("x", END);
      double[] w = solution.paths("w", END);
      double sum = 0;
      for (int path = 0; path < PATHS; path++) {
        double error = x[path] - StrictMath.exp(w[path]);
        sum += error * error;
      }
      assertThat(Math.sqrt(sum / PATHS)).isLessThan(before / 2);
      before = Math.sqrt(sum / PATHS);
    }
  }

  private static Solver driftless(double tolerance) {
    Sde sde =
        Sde.stratonovich("driftless")
            .state("x", Expr.ONE)
            .state("w", Expr.ZERO)
            .drift((t, y) -> Expr.vector(0, 0))
            .diffusion(
                NoiseType.SCALAR,
                (t, y) -> Expr.concat(List.of(y.get(0), Expr.ONE)).reshape(Shape.matrix(2, 1)));
    return Solver.of(sde)
        .parameters(Map.of())
        .scheme(named("heun"))
        .adaptive(StepControl.adaptive(tolerance, tolerance, 1e-8, 0.25))
        .observe("x", END)
        .observe("w", END)
        .threads(1)
        .seed(31);
  }

  /**
   * Against tolerances a factor of about 3 apart, the cost between them by a straight line of
   * logarithms.
   *
   * @param evaluations of the drift in a step
   */
  @ParameterizedTest
  @CsvSource({"heun, 2, 3", "sosri, 4, 4", "sosra, 3, 3"})
  void atEqualErrorFewerEvaluationsAreMadeThanByTwoHalves(
      String name, int evaluations, int embedded) {
    Scheme scheme = named(name);
    Solution reference = solver(new Doubled(scheme), 1e-5).solve(PATHS);
    Solution judged = solver(scheme, 1e-2).solve(PATHS);
    double error = error(judged, reference);
    double fewer = embedded * tried(judged);
    double tolerance = 0.1;
    double[] above = new double[0];
    double[] at = cost(scheme, tolerance, reference);
    while (at[0] > error && tolerance > 1e-5) {
      tolerance /= 3;
      above = at;
      at = cost(scheme, tolerance, reference);
    }
    assertThat(at[0]).isLessThanOrEqualTo(error);
    double share = Math.log(error / at[0]) / Math.log(above[0] / at[0]);
    double halves = 3 * evaluations * at[1] * Math.pow(above[1] / at[1], share);
    assertThat(fewer).as("error %s", error).isLessThan(halves);
  }

  /** The error and the steps tried of two steps over the halves. */
  private static double[] cost(Scheme scheme, double tolerance, Solution reference) {
    Solution solution = solver(new Doubled(scheme), tolerance).solve(PATHS);
    return new double[] {error(solution, reference), tried(solution)};
  }

  @ParameterizedTest
  @ValueSource(strings = {"heun", "sosri", "sosra"})
  void aPathHasTheBitsOfTheInterpreter(String name) {
    PathRun run = solver(named(name), 1e-2).plan().fine();
    assertThat(run.program().tree().orElseThrow().embedded()).hasSize(1);
    PathReplay replay = new PathReplay(run);
    for (long path : new long[] {0, 511, 1_000_003}) {
      double[] sums = new CpuExecutor().open(run).run(new Shard(0, path, 1), PathSink.NONE).sums();
      double[] outputs = replay.outputs(replay.states(path));
      for (int i = 0; i < outputs.length; i++) {
        double shift = run.schedule().outputs().get(i).shift();
        assertThat(sums[run.offset(i)]).as("output %d", i).isEqualTo(outputs[i] - shift);
      }
    }
  }

  /** The scheme without its embedded state. */
  private record Doubled(Scheme of) implements Scheme {
    @Override
    public String name() {
      return of.name();
    }

    @Override
    public String description() {
      return of.description();
    }

    @Override
    public double strongOrder(NoiseType noise) {
      return of.strongOrder(noise);
    }

    @Override
    public double weakOrder(NoiseType noise) {
      return of.weakOrder(noise);
    }

    @Override
    public Set<Calculus> calculi() {
      return of.calculi();
    }

    @Override
    public Set<NoiseType> noiseTypes() {
      return of.noiseTypes();
    }

    @Override
    public Set<LevyTerm> levyTerms(Sde sde) {
      return of.levyTerms(sde);
    }

    @Override
    public Expr step(Sde sde, Step step) {
      return of.step(sde, step);
    }
  }
}
