package io.pathwise.benchmarks;

import io.pathwise.control.StepControl;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.payoff.Claim;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What Brownian trees and steps of a path's own cost, against equal steps on the noise of a grid:
 * per step, and at equal strong error on an equation of two scales and on one of a single scale,
 * which has nothing to gain. All sides are in one run, by Milstein's scheme; {@link NoiseTable}
 * adds the noise that is prepared for whole paths.
 */
public final class StepReport {
  private static final String PACKING = "pathwise.tree.packing";
  private static final int PATHS = 1024;
  private static final int JUDGED = 1024;
  private static final int GRID_STEPS = 8;
  private static final double LARGEST = 1.0 / GRID_STEPS;
  private static final double[] DATES = {LARGEST, 1};
  private static final int REFERENCE = 13;
  private static final int DEPTH = 6;

  /** A cubic pull from far away: steps of 1/400 at first, soon hundreds of times larger ones. */
  private static final Sde CUBIC =
      Sde.ito("cubic")
          .state("x", Expr.of(20))
          .drift((t, x) -> x.times(x).times(x).neg())
          .diffusion(NoiseType.ADDITIVE, (t, x) -> Expr.of(0.3).reshape(Shape.matrix(1, 1)));

  private static final Sde GBM =
      Sde.ito("geometric Brownian motion")
          .state("x", Expr.ONE)
          .drift((t, x) -> x.times(0.05))
          .diagonal((t, x) -> x.times(0.3));

  /**
   * An equation and what it bears.
   *
   * @param steps a year, enough for a stable step
   * @param coarsest the first level that is compared
   * @param tolerances of adaptive steps
   */
  private record Problem(Sde sde, int steps, int coarsest, List<Double> tolerances) {}

  private static final List<Problem> PROBLEMS =
      List.of(
          new Problem(CUBIC, 4096, 6, List.of(1e-2, 1e-3, 1e-4)),
          new Problem(GBM, 64, 0, List.of(1e-3, 1e-4, 1e-5)));

  private final Report report;

  private StepReport(Report report) {
    this.report = report;
  }

  /** Prints the tables; start it from the root of the project, on one core. */
  public static void main(String[] arguments) throws IOException {
    Report report = new Report("steps", arguments);
    StepReport steps = new StepReport(report);
    steps.costs();
    steps.atEqualError();
    steps.packing();
    report.publish();
    Report noise = new Report("noise", arguments);
    NoiseTable.print(noise);
    noise.publish();
  }

  private static Solver solver(Sde sde) {
    return Solver.of(sde)
        .parameters(Map.of())
        .scheme(Schemes.find("milstein").orElseThrow())
        .threads(1)
        .seed(9);
  }

  private static PathRun run(Solver solver) {
    return solver.claim(Claim.value("end", Sde.state(1).get(0), 1)).plan().fine();
  }

  private static double grid(Sde sde, int steps) {
    return ShardTime.nanos(run(solver(sde).step(1.0 / steps)), PATHS) / steps;
  }

  private static double roots(Sde sde, int steps) {
    PathRun run = run(solver(sde).adaptive(StepControl.fixed(1.0 / steps)));
    return ShardTime.nanos(run, PATHS) / steps;
  }

  /** All cells of one level of each tree: no error is small enough, and none can be halved. */
  private static StepControl level(double whole, int level) {
    return StepControl.adaptive(0, 1e-300, Math.scalb(whole, -level), whole);
  }

  private void costs() {
    report.table("ns a step", CUBIC.name(), "", GBM.name(), "");
    String[] names = {
      "grid: equal steps, independent increments",
      "trees' roots: the same steps on the Brownian tree",
      "a whole level of the tree: two half steps and a whole one, judged"
    };
    String[][] rows = new String[names.length][5];
    for (int e = 0; e < PROBLEMS.size(); e++) {
      Sde sde = PROBLEMS.get(e).sde();
      int steps = PROBLEMS.get(e).steps();
      StepControl leaves = level((double) (1 << DEPTH) / steps, DEPTH);
      double[] nanos = {
        grid(sde, steps),
        roots(sde, steps),
        ShardTime.nanos(run(solver(sde).adaptive(leaves)), PATHS) / steps
      };
      for (int row = 0; row < names.length; row++) {
        rows[row][0] = names[row];
        rows[row][1 + 2 * e] = Report.number(nanos[row], 1);
        rows[row][2 + 2 * e] = Report.times(nanos[row] / nanos[0]);
      }
    }
    for (String[] row : rows) {
      report.row(row);
    }
  }

  private void atEqualError() {
    report.table(
        "equation",
        "tolerance",
        "strong error",
        "evaluations: own steps",
        "equal steps",
        "ratio",
        "us a path: own steps",
        "equal, tree",
        "ratio",
        "equal, grid",
        "ratio");
    for (Problem problem : PROBLEMS) {
      Sde sde = problem.sde();
      double perGridStep = grid(sde, problem.steps());
      double perRoot = roots(sde, problem.steps());
      Solution reference = dates(sde, level(LARGEST, REFERENCE));
      int coarsest = problem.coarsest();
      double[] errors = new double[REFERENCE - 2];
      for (int level = coarsest; level < errors.length; level++) {
        errors[level] = error(dates(sde, level(LARGEST, level)), reference);
      }
      for (double tolerance : problem.tolerances()) {
        StepControl control = StepControl.adaptive(tolerance, tolerance, 1e-9, LARGEST);
        Solution adaptive = dates(sde, control);
        double own = error(adaptive, reference);
        double tries =
            adaptive.observed("adaptive.steps", 1).mean()
                + adaptive.observed("adaptive.rejected", 1).mean();
        double equal = steps(errors, coarsest, own);
        double micros = ShardTime.nanos(run(solver(sde).adaptive(control)), PATHS) * 1e-3;
        double onTree = equal * perRoot * 1e-3;
        double onGrid = equal * perGridStep * 1e-3;
        report.row(
            sde.name(),
            String.format(Locale.ROOT, "%.0e", tolerance),
            Report.three(own),
            Report.number(3 * tries, 0),
            Report.number(equal, 0),
            Report.times(equal / (3 * tries)),
            Report.three(micros),
            Report.three(onTree),
            Report.times(onTree / micros),
            Report.three(onGrid),
            Report.times(onGrid / micros));
      }
    }
  }

  private static Solution dates(Sde sde, StepControl control) {
    return solver(sde)
        .adaptive(control)
        .observe("x", DATES)
        .observe("adaptive.steps", 1)
        .observe("adaptive.rejected", 1)
        .solve(JUDGED);
  }

  /** The root of the mean over paths of the largest squared difference on the dates. */
  private static double error(Solution solution, Solution reference) {
    double[] largest = new double[JUDGED];
    for (double date : DATES) {
      double[] x = solution.paths("x", date);
      double[] exact = reference.paths("x", date);
      for (int path = 0; path < JUDGED; path++) {
        largest[path] = Math.max(largest[path], Math.abs(x[path] - exact[path]));
      }
    }
    double sum = 0;
    for (double difference : largest) {
      sum += difference * difference;
    }
    return Math.sqrt(sum / JUDGED);
  }

  /**
   * The equal steps of an error, on the straight line in logarithms between two levels: a level's
   * state is that of two half steps a cell. NaN where the error is not between those of levels.
   */
  private static double steps(double[] errors, int coarsest, double error) {
    for (int level = coarsest; level + 1 < errors.length; level++) {
      if (errors[level] >= error && error > errors[level + 1]) {
        double share =
            Math.log(errors[level] / error) / Math.log(errors[level] / errors[level + 1]);
        return GRID_STEPS * Math.pow(2, level + 1 + share);
      }
    }
    return Double.NaN;
  }

  /** The work of a try where lanes differ, against one where all lanes go the same way. */
  private void packing() {
    report.table("cubic, ns a tried step", "tolerance 1e-2", "tolerance 1e-3", "tolerance 1e-4");
    String[] names = {"masked only", "packed below 0.6 (default)", "packed always"};
    String[] shares = {"0", "0.6", "2"};
    String before = System.getProperty(PACKING);
    for (int row = 0; row < shares.length; row++) {
      String[] cells = {names[row], "", "", ""};
      for (int column = 1; column < cells.length; column++) {
        double tolerance = Math.pow(10, -1 - column);
        StepControl control = StepControl.adaptive(tolerance, tolerance, 1e-9, LARGEST);
        System.setProperty(PACKING, shares[row]);
        double nanos = ShardTime.nanos(run(solver(CUBIC).adaptive(control)), PATHS);
        Solution solution = dates(CUBIC, control);
        double tries =
            solution.observed("adaptive.steps", 1).mean()
                + solution.observed("adaptive.rejected", 1).mean();
        cells[column] = Report.number(nanos / tries, 1);
      }
      report.row(cells);
    }
    if (before == null) {
      System.clearProperty(PACKING);
    } else {
      System.setProperty(PACKING, before);
    }
  }
}
