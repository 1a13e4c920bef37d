package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Expr;
import io.pathwise.payoff.Claim;
import io.pathwise.scheme.SchemeCases;
import io.pathwise.sde.Sde;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every scheme on every noise type it supports, in a kernel: the bits of the interpreter, on the
 * run's steps and on the companion's, and derivatives that are those of finite differences.
 */
class SchemeKernelTest {
  private static final int PATHS = 40;
  private static final int STEPS = 6;
  private static final String CLAIM = "end";

  static List<SchemeCases.Case> cases() {
    return SchemeCases.all();
  }

  private static Solver solver(SchemeCases.Case one, Map<String, Double> parameters) {
    Sde sde = one.cheapProblem().sde();
    Expr last = sde.observables().get(sde.states().get(sde.states().size() - 1));
    Expr first = sde.observables().get(sde.states().get(0));
    Expr smooth = first.times(last).plus(first).plus(last.square());
    return Solver.of(sde)
        .scheme(one.scheme())
        .parameters(parameters)
        .step(0.5 / STEPS)
        .threads(1)
        .gradient(sde.parameters())
        .claim(Claim.observation(CLAIM, CLAIM, smooth, 0.5));
  }

  private static void bitsAreThoseOfTheInterpreter(PathRun run) {
    PathReplay replay = new PathReplay(run);
    for (long path : new long[] {0, 7, 1_000_003}) {
      double[] sums = new CpuExecutor().open(run).run(new Shard(0, path, 1), PathSink.NONE).sums();
      double value = replay.outputs(replay.states(replay.normalsOf(path)))[0];
      assertThat(sums[0])
          .as("path %d", path)
          .isEqualTo(value - run.schedule().outputs().get(0).shift());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aSchemeHasTheInterpretersBitsAndTheGradientOfFiniteDifferences(SchemeCases.Case one) {
    Map<String, Double> parameters = one.cheapProblem().parameters();
    SimulationPlan plan = solver(one, parameters).companion().plan();
    bitsAreThoseOfTheInterpreter(plan.fine());
    bitsAreThoseOfTheInterpreter(plan.coarse().orElseThrow());
    Solution solution = solver(one, parameters).solve(PATHS);
    for (String name : one.cheapProblem().sde().parameters()) {
      double h = 1e-5;
      double up = solver(one, moved(parameters, name, h)).solve(PATHS).value(CLAIM).mean();
      double down = solver(one, moved(parameters, name, -h)).solve(PATHS).value(CLAIM).mean();
      double difference = (up - down) / (2 * h);
      assertThat(solution.derivative(CLAIM, name).mean())
          .as("derivative in %s", name)
          .isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
    }
  }

  private static Map<String, Double> moved(Map<String, Double> parameters, String name, double h) {
    Map<String, Double> moved = new HashMap<>(parameters);
    moved.merge(name, h, Double::sum);
    return moved;
  }
}
