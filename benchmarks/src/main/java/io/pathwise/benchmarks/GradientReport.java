package io.pathwise.benchmarks;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.Precision;
import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardRunner;
import io.pathwise.solve.Solver;
import java.io.IOException;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What derivatives cost: the time with a gradient over the time without, for every way to
 * differentiate and numbers of parameters; the memory a thread holds against the number of steps;
 * Heston's five derivatives against the backward differentiation of finmath-lib; and a neural
 * equation's training step. All sides are in one run on one core.
 */
public final class GradientReport {
  private static final int PATHS = 2 * Lanes.WIDTH;
  private static final int STEPS = 64;
  private static final int[] LENGTHS = {10, 100, 1_000, 10_000};
  private static final List<String> HESTON = List.of("v0", "kappa", "theta", "xi", "rho");
  private static final List<GradientMethod> METHODS =
      Stream.of(GradientMethod.values()).filter(m -> m != GradientMethod.AUTO).toList();
  private static final int FINMATH_RUNS = 6;
  private static final long CHECKPOINTS = 512L << 10;

  /** What the sums of a parameter take where four states are swept. */
  private static final long SUMS = 20L << 10;

  private static final int BATCH = 1_024;
  private static final int TRAINING_STEPS = 100;

  private final Report report;

  private GradientReport(Report report) {
    this.report = report;
  }

  /** Prints the tables; start it from the root of the project, on one core. */
  public static void main(String[] arguments) throws IOException {
    GradientReport gradients = new GradientReport(new Report("gradients", arguments));
    gradients.costs();
    gradients.memory();
    gradients.rival();
    gradients.training();
    gradients.report.publish();
  }

  /** A problem whose number of parameters is given. */
  private record Problem(
      String name, int parameters, Supplier<Solver> plain, Supplier<Solver> differentiated) {

    static Problem heston() {
      return new Problem(
          "Heston, Euler, 5",
          HESTON.size(),
          () -> Setup.hestonSolver(Precision.DOUBLE, STEPS),
          () -> Setup.hestonSolver(Precision.DOUBLE, STEPS).gradient(HESTON));
    }

    static Problem neural(NeuralSde sde, int steps) {
      return new Problem(
          "network "
              + sde.states()
              + "-"
              + sde.hidden()
              + "-"
              + sde.states()
              + ", reversible Heun, "
              + sde.parameters(),
          sde.parameters(),
          () -> sde.solver(steps),
          () -> sde.differentiated(steps));
    }

    /** The run with derivatives, where the method goes with it. */
    Optional<PathRun> run(GradientMethod method) {
      try {
        Solver solver = differentiated.get().gradientMethod(method);
        if (method == GradientMethod.CHECKPOINTED) {
          solver.gradientMemory(CHECKPOINTS + SUMS * parameters);
        }
        return Optional.of(solver.plan().fine());
      } catch (IllegalArgumentException refused) {
        return Optional.empty();
      }
    }
  }

  private void costs() {
    List<String> columns =
        new ArrayList<>(List.of("with derivatives / without", "ns a path-step without"));
    METHODS.forEach(method -> columns.add(method.key()));
    report.table(columns.toArray(String[]::new));
    for (Problem problem :
        List.of(
            Problem.heston(),
            Problem.neural(new NeuralSde(1, 1), STEPS),
            Problem.neural(new NeuralSde(2, 9), STEPS),
            Problem.neural(new NeuralSde(4, 54), STEPS))) {
      double base = ShardTime.nanos(problem.plain().get().plan().fine(), PATHS);
      List<String> cells = new ArrayList<>(List.of(problem.name(), Report.three(base / STEPS)));
      for (GradientMethod method : METHODS) {
        cells.add(
            problem
                .run(method)
                .map(run -> Report.times(ShardTime.nanos(run, PATHS) / base))
                .orElse(""));
      }
      report.row(cells.toArray(String[]::new));
    }
  }

  private void memory() {
    List<String> columns = new ArrayList<>(List.of("MiB a thread"));
    for (int steps : LENGTHS) {
      columns.add(steps + " steps");
    }
    report.table(columns.toArray(String[]::new));
    NeuralSde sde = new NeuralSde(2, 2);
    row("without derivatives", steps -> Optional.of(sde.solver(steps).plan().fine()));
    for (GradientMethod method : METHODS) {
      row(method.key(), steps -> Problem.neural(sde, steps).run(method));
    }
  }

  private void row(String name, IntFunction<Optional<PathRun>> problem) {
    List<String> cells = new ArrayList<>(List.of(name));
    for (int steps : LENGTHS) {
      cells.add(problem.apply(steps).map(run -> Report.three(held(run) / (1 << 20))).orElse(""));
    }
    if (!String.join("", cells.subList(1, cells.size())).isEmpty()) {
      report.row(cells.toArray(String[]::new));
    }
  }

  /** The bytes of heap that a runner holds once it has run, as the collector counts them. */
  private static double held(PathRun run) {
    grown(run); // the kernel and what it needs are there from here on
    return grown(run);
  }

  private static double grown(PathRun run) {
    double before = used();
    ShardRunner runner = new CpuExecutor().open(run);
    try {
      runner.run(new Shard(0, 0, 1), PathSink.NONE);
      return used() - before;
    } finally {
      Reference.reachabilityFence(runner);
    }
  }

  private static double used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void rival() {
    report.table("Heston call, ns a path-step", "Pathwise", "finmath-lib", "ratio");
    double[] ours = {
      ShardTime.nanos(Setup.heston(Precision.DOUBLE, List.of()), PATHS) / Setup.STEPS,
      ShardTime.nanos(Setup.heston(Precision.DOUBLE, HESTON), PATHS) / Setup.STEPS
    };
    double[] theirs = {finmath(false), finmath(true)};
    String[] names = {"value", "value and 5 derivatives"};
    for (int i = 0; i < names.length; i++) {
      report.row(
          names[i],
          Report.three(ours[i]),
          Report.three(theirs[i]),
          Report.times(theirs[i] / ours[i]));
    }
  }

  private static double finmath(boolean gradient) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < FINMATH_RUNS; i++) {
      long start = System.nanoTime();
      if (gradient) {
        FinmathHeston.gradient(PATHS, Setup.STEPS, i);
      } else {
        FinmathHeston.value(PATHS, Setup.STEPS, i);
      }
      least = Math.min(least, System.nanoTime() - start);
    }
    return (double) least / PATHS / Setup.STEPS;
  }

  /** 1,024 paths of 100 steps of a network 4-32-4, as in training on one batch. */
  private void training() {
    NeuralSde sde = new NeuralSde(4, 32);
    Problem problem = Problem.neural(sde, TRAINING_STEPS);
    report.table("network 4-32-4, reversible Heun, 1,024 paths of 100 steps", "ms");
    report.row("forward", milliseconds(problem.plain().get().plan().fine()));
    for (GradientMethod method : METHODS) {
      if (method == GradientMethod.TANGENT) {
        continue; // Hundreds of tangents a state take minutes.
      }
      Optional<PathRun> run = problem.run(method);
      if (run.isPresent()) {
        report.row(
            "forward and " + sde.parameters() + " derivatives, " + method.key(),
            milliseconds(run.get()));
      }
    }
  }

  private static String milliseconds(PathRun run) {
    return Report.number(BATCH * ShardTime.nanos(run, BATCH) / 1e6, 1);
  }
}
