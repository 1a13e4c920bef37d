package io.pathwise.spark.run;

import io.pathwise.kernel.TimeGrid;
import io.pathwise.payoff.Claim;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Leg;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.solve.Solver;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.TradeSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The paths of a job as such: what observables are at some times, on the grid and the noise of the
 * job's own run, so that a path has the same values however little is asked of it.
 */
public final class PathPlan {
  private final JobSpec job;
  private final SpotParameter spot;
  private final List<Double> mandatory;

  private PathPlan(JobSpec job, Collection<Double> times) {
    this.job = job;
    this.spot = SpotParameter.of(job);
    TreeSet<Double> all = new TreeSet<>(times);
    if (!job.trades().isEmpty()) {
      Solver valued = JobPlan.solver(job, spot).claims(JobPlan.trades(job, spot));
      double[] grid = valued.plan().fine().schedule().times();
      for (double time : grid) {
        if (time > 0) {
          all.add(time);
        }
      }
    }
    all.addAll(job.simulation().times());
    all.add(job.simulation().horizon());
    this.mandatory = List.copyOf(all);
  }

  /**
   * Plans the paths of a job.
   *
   * @param times years above 0 that are steps of the grid too, at most the horizon
   */
  public static PathPlan of(JobSpec job, Collection<Double> times) {
    return new PathPlan(job, times);
  }

  /** The names of the observables: the states, then others that the model has. */
  public static List<String> observables(JobSpec job) {
    return List.copyOf(job.sde().observables().keySet());
  }

  /** Every step of the grid, in years. */
  public List<Double> grid() {
    double[] times =
        TimeGrid.of(
                job.simulation().step(),
                mandatory.stream().mapToDouble(Double::doubleValue).toArray())
            .times();
    List<Double> steps = new ArrayList<>();
    for (int k = 1; k < times.length; k++) {
      steps.add(times[k]);
    }
    return steps;
  }

  /** The last time of a job's simulation, in years. */
  public static double horizon(JobSpec job) {
    return Math.max(
        job.simulation().horizon(),
        job.trades().stream().mapToDouble(TradeSpec::expiry).max().orElse(0));
  }

  /**
   * The plan that delivers some observables at some times, time by time, and stops at the last.
   *
   * @return nothing where nothing is asked for
   */
  public Optional<SimulationPlan> reading(List<String> observables, List<Double> times) {
    if (observables.isEmpty() || times.isEmpty()) {
      return Optional.empty();
    }
    Sde sde = spot.sde();
    List<Claim> claims = new ArrayList<>();
    for (double time : times) {
      for (String name : observables) {
        claims.add(Claim.observation(name + "@" + time, name, sde.observables().get(name), time));
      }
    }
    Solver solver = JobPlan.solver(job, spot).times(mandatory).claims(claims);
    PathRun run = solver.plan(job.simulation().paths()).fine();
    int last =
        run.schedule().outputs().stream().mapToInt(output -> output.at()).max().orElseThrow();
    boolean stops = last < run.schedule().steps() && !job.simulation().dropsPaths();
    return Optional.of(
        new SimulationPlan(stops ? run.over(new Leg(0, last)) : run, Optional.empty()));
  }
}
