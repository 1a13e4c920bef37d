package io.pathwise.spark.run;

import io.pathwise.estimate.LevelStatistics;
import io.pathwise.estimate.MultilevelRates;
import io.pathwise.solve.MultilevelSolution;
import io.pathwise.spark.job.Greek;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.TradeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns what the levels of multilevel Monte Carlo delivered into rows. */
final class MultilevelResults {
  private static final int MOST_LISTED = 10;
  private static final double LARGE_KURTOSIS = 100;

  private final JobSpec job;
  private final JobPlan plan;
  private final MultilevelSolution solution;

  MultilevelResults(JobSpec job, MultilevelSolution solution) {
    this.job = job;
    this.plan = JobPlan.of(job);
    this.solution = solution;
  }

  private long paths(TradeSpec trade) {
    return levels(trade).stream().mapToLong(LevelStatistics::samples).sum();
  }

  private List<LevelStatistics> levels(TradeSpec trade) {
    return solution.statistics(JobPlan.estimator(trade));
  }

  /** The largest step of a level in years. */
  private double dt(int level) {
    return StrictMath.scalb(job.simulation().step(), -level);
  }

  List<ResultRows.Npv> npv() {
    int steps = plan.plan().fine().schedule().steps() << (solution.levels() - 1);
    List<ResultRows.Npv> rows = new ArrayList<>();
    for (TradeSpec trade : job.trades()) {
      MultilevelSolution.Estimate unit = solution.value(JobPlan.estimator(trade));
      rows.add(
          new ResultRows.Npv(
              trade.id(),
              trade.quantity() * unit.mean(),
              Math.abs(trade.quantity()) * unit.standardError(),
              paths(trade),
              job.simulation().scheme().name(),
              steps,
              ImpliedVols.of(plan, trade, unit.mean()),
              trade.marketImpliedVol().isPresent()
                  ? trade.marketImpliedVol().getAsDouble()
                  : null));
    }
    return rows;
  }

  List<ResultRows.Sensitivity> sensitivity() {
    List<ResultRows.Sensitivity> rows = new ArrayList<>();
    for (TradeSpec trade : job.trades()) {
      plan.declared().greeks().forEach(greek -> rows.add(sensitivity(trade, greek)));
    }
    return rows;
  }

  private ResultRows.Sensitivity sensitivity(TradeSpec trade, Greek greek) {
    MultilevelSolution.Estimate unit =
        solution.derivative(JobPlan.estimator(trade), greek.parameters().get(0));
    return new ResultRows.Sensitivity(
        trade.id(),
        greek.measure(),
        greek.factor(),
        greek.tenor().map(String::valueOf).orElse(null),
        trade.quantity() * unit.mean(),
        Math.abs(trade.quantity()) * unit.standardError(),
        greek.unit(),
        DerivativeNotes.strategy(job.gradient().method()));
  }

  /**
   * For each trade the estimate, what each level adds to it, and per unit each level's variance,
   * kurtosis and consistency, and the rates.
   */
  List<ResultRows.Convergence> convergence() {
    List<ResultRows.Convergence> rows = new ArrayList<>();
    for (TradeSpec trade : job.trades()) {
      String id = trade.id();
      double size = Math.abs(trade.quantity());
      List<LevelStatistics> levels = levels(trade);
      List<Double> checks = LevelStatistics.consistencies(levels);
      for (LevelStatistics level : levels) {
        double dt = dt(level.level());
        long n = level.samples();
        rows.add(
            new ResultRows.Convergence(
                "mlmc/" + id,
                n,
                dt,
                trade.quantity() * level.mean(),
                size * Math.sqrt(level.varianceOfMean())));
        add(rows, "mlmc-variance/" + id, n, dt, level.variance());
        add(rows, "mlmc-kurtosis/" + id, n, dt, level.kurtosis());
        add(rows, "mlmc-consistency/" + id, n, dt, checks.get(level.level()));
      }
      double finest = dt(levels.size() - 1);
      MultilevelRates rates = solution.rates(JobPlan.estimator(trade));
      add(rows, "mlmc-alpha/" + id, paths(trade), finest, rates.alpha());
      add(rows, "mlmc-beta/" + id, paths(trade), finest, rates.beta());
      add(rows, "mlmc-gamma/" + id, paths(trade), finest, rates.gamma());
      MultilevelSolution.Estimate unit = solution.value(JobPlan.estimator(trade));
      rows.add(
          new ResultRows.Convergence(
              JobPlan.estimator(trade),
              paths(trade),
              finest,
              trade.quantity() * unit.mean(),
              size * unit.standardError()));
    }
    return rows;
  }

  /** A level on which nothing varies has no kurtosis, and no rates come of it. */
  private static void add(
      List<ResultRows.Convergence> rows, String name, long paths, double dt, double value) {
    if (Double.isFinite(value)) {
      rows.add(new ResultRows.Convergence(name, paths, dt, value, null));
    }
  }

  /** Why the error was not met. */
  String failure() {
    List<String> biased = new ArrayList<>();
    for (TradeSpec trade : job.trades()) {
      double bias = solution.value(JobPlan.estimator(trade)).bias();
      if (bias > 0.5 * job.simulation().estimator().rmse().orElseThrow()) {
        biased.add(trade.id() + " " + rounded(bias));
      }
    }
    return "multilevel: the bias on level %d is still above half of rmse = %s: %s; expected a larger"
            .formatted(
                solution.levels() - 1,
                job.simulation().estimator().rmse().orElseThrow(),
                String.join(", ", biased))
        + " simulation.estimator.most-level, more steps, or a larger rmse";
  }

  /**
   * What the user should know.
   *
   * @param dropped paths that are not in the results
   */
  List<String> notes(long dropped) {
    List<String> notes = new ArrayList<>(DerivativeNotes.chosen(plan));
    if (dropped > 0) {
      notes.add(
          "%d paths became NaN or infinite and are not in the results (on-nan = drop)"
              .formatted(dropped));
    }
    for (TradeSpec trade : job.trades().subList(0, Math.min(MOST_LISTED, job.trades().size()))) {
      String claim = JobPlan.estimator(trade);
      MultilevelRates rates = solution.rates(claim);
      double kurtosis =
          levels(trade).stream().mapToDouble(LevelStatistics::kurtosis).max().orElse(0);
      notes.add(
          "%s: %d levels, alpha %s, beta %s, bias %s, %s times fewer steps than plain paths%s"
              .formatted(
                  trade.id(),
                  solution.levels(),
                  rounded(rates.alpha()),
                  rounded(rates.beta()),
                  rounded(solution.value(claim).bias()),
                  rounded(solution.plainCost(claim) / solution.cost()),
                  kurtosis > LARGE_KURTOSIS
                      ? "; kurtosis %s: variances of levels are uncertain"
                          .formatted(rounded(kurtosis))
                      : ""));
    }
    return notes;
  }

  private static String rounded(double x) {
    return String.format(Locale.ROOT, "%.3g", x);
  }
}
