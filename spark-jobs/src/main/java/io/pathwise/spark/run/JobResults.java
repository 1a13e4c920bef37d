package io.pathwise.spark.run;

import io.pathwise.adjoint.TimeScale;
import io.pathwise.estimate.Moments;
import io.pathwise.estimate.QuantileHistogram;
import io.pathwise.solve.Derivatives;
import io.pathwise.solve.Estimates;
import io.pathwise.solve.Tally;
import io.pathwise.spark.job.Greek;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.TradeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Turns what a simulation delivered into rows. */
final class JobResults {
  private final JobPlan plan;
  private final JobSpec job;
  private final Tally tally;
  private final Estimates fine;
  private final Optional<Estimates> coarse;

  JobResults(JobPlan plan, Tally tally) {
    this.plan = plan;
    this.job = plan.job();
    this.tally = tally;
    this.fine = new Estimates(plan.plan().fine(), tally.fine());
    this.coarse = plan.plan().coarse().map(run -> new Estimates(run, tally.coarse().orElseThrow()));
  }

  /** Simulated paths that are not in the results. */
  private long dropped() {
    return members() * (job.simulation().samples() - tally.fine().paths());
  }

  /** Simulated paths a sample. */
  private int members() {
    return job.simulation().estimator().members();
  }

  /** The trades that are valued: a branch values those that expire behind it. */
  private int[] trades() {
    return IntStream.range(0, job.trades().size())
        .filter(i -> plan.reads(job.trades().get(i).expiry()))
        .toArray();
  }

  private int[] observations() {
    return IntStream.range(0, plan.observations().size())
        .filter(i -> plan.reads(plan.observations().get(i).time()))
        .toArray();
  }

  /** What the user should know of the results. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (dropped() > 0) {
      notes.add(
          "%d of %d paths became NaN or infinite and are not in the results (on-nan = drop)"
              .formatted(dropped(), job.simulation().paths()));
    }
    int left = job.trades().size() - trades().length;
    if (left > 0) {
      notes.add(
          "%d of %d trades expire by t = %s, where the branch begins: their values are in run %s"
              .formatted(
                  left, job.trades().size(), plan.begin(), job.branch().orElseThrow().run()));
    }
    notes.addAll(EstimatorNotes.of(job, plan.prepared()));
    notes.addAll(DerivativeNotes.of(plan, trades()));
    return notes;
  }

  List<ResultRows.Npv> npv() {
    List<ResultRows.Npv> rows = new ArrayList<>();
    for (int i : trades()) {
      TradeSpec trade = job.trades().get(i);
      Moments unit = fine.value(i);
      rows.add(
          new ResultRows.Npv(
              trade.id(),
              trade.quantity() * unit.mean(),
              Math.abs(trade.quantity()) * unit.standardError(),
              members() * unit.count(),
              job.simulation().scheme().name(),
              plan.plan().fine().schedule().steps(),
              ImpliedVols.of(plan, trade, unit.mean()),
              trade.marketImpliedVol().isPresent()
                  ? trade.marketImpliedVol().getAsDouble()
                  : null));
    }
    return rows;
  }

  List<ResultRows.Sensitivity> sensitivity() {
    List<ResultRows.Sensitivity> rows = new ArrayList<>();
    for (int i : trades()) {
      plan.declared().greeks().forEach(greek -> rows.add(sensitivity(i, greek)));
    }
    return rows;
  }

  private ResultRows.Sensitivity sensitivity(int i, Greek greek) {
    TradeSpec trade = job.trades().get(i);
    Moments unit = derivative(i, greek);
    return new ResultRows.Sensitivity(
        trade.id(),
        greek.measure(),
        greek.factor(),
        greek.tenor().map(String::valueOf).orElse(null),
        trade.quantity() * unit.mean(),
        Math.abs(trade.quantity()) * unit.standardError(),
        greek.unit(),
        DerivativeNotes.method(plan, i, greek));
  }

  private Moments derivative(int i, Greek greek) {
    Derivatives all = plan.plan().derivatives();
    List<String> in = greek.parameters();
    return switch (greek.order()) {
      case 0 -> {
        Moments scale = fine.at(all.first(i, TimeScale.NAME).orElseThrow());
        yield scale.times(-1 / job.trades().get(i).expiry());
      }
      case 1 -> fine.at(all.first(i, in.get(0)).orElseThrow());
      default -> fine.at(all.second(i, in.get(0), in.get(1)).orElseThrow());
    };
  }

  List<ResultRows.Convergence> convergence() {
    List<ResultRows.Convergence> rows = new ArrayList<>();
    double dt = job.simulation().step();
    for (int i : trades()) {
      TradeSpec trade = job.trades().get(i);
      addConvergence(rows, JobPlan.estimator(trade), i, trade.quantity(), dt);
    }
    for (int i : observations()) {
      JobPlan.Observation observation = plan.observations().get(i);
      addConvergence(rows, observation.estimator(), plan.observationOutput(i), 1, dt);
    }
    return rows;
  }

  private void addConvergence(
      List<ResultRows.Convergence> rows, String name, int output, double quantity, double dt) {
    for (int s = first(fine); s < fine.segments(); s++) {
      rows.add(convergence(name, members(), dt, quantity, fine.value(output, s)));
    }
    for (int s = coarse.map(JobResults::first).orElse(0);
        s < coarse.map(Estimates::segments).orElse(0);
        s++) {
      rows.add(convergence(name, members(), 2 * dt, quantity, coarse.get().value(output, s)));
    }
  }

  /** The first segment that is worth a row: one randomisation alone tells no error. */
  private static int first(Estimates estimates) {
    return estimates.grouped() ? estimates.segments() - 1 : 0;
  }

  private static ResultRows.Convergence convergence(
      String name, int members, double dt, double quantity, Moments unit) {
    return new ResultRows.Convergence(
        name,
        members * unit.count(),
        dt,
        quantity * unit.mean(),
        Math.abs(quantity) * unit.standardError());
  }

  List<ResultRows.PathSummary> pathSummary() {
    List<ResultRows.PathSummary> rows = new ArrayList<>();
    for (int i : observations()) {
      JobPlan.Observation observation = plan.observations().get(i);
      int output = plan.observationOutput(i);
      Moments moments = fine.value(output);
      QuantileHistogram histogram = tally.histogram(output);
      rows.add(
          new ResultRows.PathSummary(
              observation.observable(),
              observation.time(),
              moments.mean(),
              Math.sqrt(moments.variance()),
              histogram.quantile(0.01),
              histogram.quantile(0.05),
              histogram.quantile(0.25),
              histogram.quantile(0.5),
              histogram.quantile(0.75),
              histogram.quantile(0.95),
              histogram.quantile(0.99)));
    }
    return rows;
  }
}
