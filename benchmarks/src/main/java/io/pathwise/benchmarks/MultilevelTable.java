package io.pathwise.benchmarks;

import static io.pathwise.benchmarks.EstimatorReport.SEEDS;
import static io.pathwise.benchmarks.EstimatorReport.TARGET;

import io.pathwise.expr.Expr;
import io.pathwise.noise.NoiseSource;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Multilevel;
import io.pathwise.solve.MultilevelSolution;
import io.pathwise.solve.Solver;
import java.util.Map;
import java.util.function.Function;

/**
 * Multilevel Monte Carlo to a relative root mean square error of 1e-3, bias included, against plain
 * Monte Carlo on the finest grid it needed, for geometric Brownian motion in S itself, where a step
 * of Milstein's scheme has an error.
 */
final class MultilevelTable {
  private static final Sde GBM =
      Sde.ito("gbm")
          .parameters("spot", "r", "q", "sigma")
          .state("S", Expr.param("spot"))
          .drift((t, y) -> y.times(Expr.param("r").minus(Expr.param("q"))))
          .diagonal((t, y) -> y.times(Expr.param("sigma")));

  private MultilevelTable() {}

  /** Adds the table to a report. */
  static void print(Report report) {
    report.table(
        "multilevel",
        "levels",
        "finest step",
        "measured RMSE",
        "`solve`, ms",
        "plain: paths",
        "RMSE",
        "`solve`, ms",
        "plain / multilevel");
    row(report, "call, 1 year", 0.5, c -> c.european("claim", OptionType.CALL, 100, 1));
    for (int fixings : new int[] {4, 52}) {
      row(
          report,
          "Asian call, " + fixings + " fixings",
          1.0 / fixings,
          c -> c.asian("claim", OptionType.CALL, Averaging.ARITHMETIC, 100, 1, fixings));
    }
  }

  private static void row(
      Report report, String title, double step, Function<Contracts, Claim> claim) {
    // A step of log S is exact: its mean has no error of the step size.
    double truth =
        EstimatorReport.market("black-scholes")
            .step(step)
            .claim(claim.apply(EstimatorReport.contracts("black-scholes")))
            .noise(new NoiseSource.Sobol(16, true))
            .seed(99)
            .solve(1 << 20)
            .value("claim")
            .mean();
    double squares = 0;
    long nanos = 0;
    MultilevelSolution solution = null;
    for (int seed = 1 - SEEDS; seed <= SEEDS; seed++) {
      long begun = ShardTime.processorNanos();
      solution = Multilevel.of(solver(step, claim).seed(100 + seed)).rmse(TARGET * truth).solve();
      if (seed > 0) {
        nanos += ShardTime.processorNanos() - begun;
        squares += Math.pow(solution.value("claim").mean() / truth - 1, 2);
      }
    }
    double finest = Math.scalb(step, 1 - solution.levels());
    long paths = (long) (solution.plainCost("claim") * finest);
    EstimatorReport.Measured plain =
        EstimatorReport.Measured.of(() -> solver(finest, claim), paths, truth, SEEDS / 2);
    report.row(
        title,
        String.valueOf(solution.levels()),
        "1/" + Math.round(1 / finest),
        EstimatorReport.permille(Math.sqrt(squares / SEEDS)),
        Report.three(nanos * 1e-6 / SEEDS),
        String.valueOf(paths),
        EstimatorReport.permille(plain.rmse()),
        Report.three(plain.seconds() * 1e3),
        Report.times(plain.seconds() / (nanos * 1e-9 / SEEDS)));
  }

  private static Solver solver(double step, Function<Contracts, Claim> claim) {
    Contracts contracts =
        new Contracts(GBM.observables().get("S"), Discounting.rate(Expr.param("r")));
    return Solver.of(GBM)
        .parameters(Map.of("spot", 100.0, "r", 0.03, "q", 0.01, "sigma", 0.2))
        .scheme(Schemes.find("milstein").orElseThrow())
        .step(step)
        .threads(1)
        .claim(claim.apply(contracts));
  }
}
