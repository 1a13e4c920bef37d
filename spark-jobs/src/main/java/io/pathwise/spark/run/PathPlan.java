package io.pathwise.spark.run;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.TimeGrid;
import io.pathwise.payoff.Claim;
import io.pathwise.solve.Leg;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.solve.Solver;
import io.pathwise.spark.job.Backend;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.Declaration;
import io.pathwise.spark.job.EstimatorMethod;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.TradeSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The paths of a job as such: what observables are at some times, on the grid and the noise of the
 * job's own run, so that a path has the same values however little is asked of it.
 */
public final class PathPlan {
  private final JobSpec job;
  private final Declaration declared;
  private final List<Double> mandatory;

  private PathPlan(JobSpec job, Collection<Double> times) {
    requireSinglePaths(job);
    this.job = job;
    this.declared = job.declaration();
    TreeSet<Double> all = new TreeSet<>(times);
    if (!job.trades().isEmpty()) {
      Solver valued = declared.solver().claims(declared.claims());
      double[] grid = valued.plan(job.simulation().paths()).fine().schedule().times();
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
   * @throws BadJobException naming what has no single paths or does not run where the job wants
   */
  public static PathPlan of(JobSpec job, Collection<Double> times) {
    return new PathPlan(job, times);
  }

  /**
   * The names of the observables: the states, then others that the model has, then those of
   * boundaries.
   */
  public static List<String> observables(JobSpec job) {
    return List.copyOf(job.simulation().observables(job.sde()).keySet());
  }

  private static void requireSinglePaths(JobSpec job) {
    List<String> problems = new ArrayList<>();
    EstimatorMethod method = job.simulation().estimator().method();
    if (method != EstimatorMethod.PLAIN) {
      problems.add(
          "simulation.estimator.method = %s: a table of paths has single ones, expected plain"
              .formatted(method.name().toLowerCase(Locale.ROOT)));
    }
    if (job.simulation().backend() == Backend.GPU) {
      BackendChoice.notOnGpu(job)
          .ifPresent(why -> problems.add("simulation.backend = gpu: not on GPU: " + why));
    }
    if (!problems.isEmpty()) {
      throw new BadJobException(problems);
    }
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
    Map<String, Expr> values = job.simulation().observables(declared.spot().sde());
    List<Claim> claims = new ArrayList<>();
    for (double time : times) {
      for (String name : observables) {
        claims.add(Claim.observation(name + "@" + time, name, values.get(name), time));
      }
    }
    Solver solver = declared.solver().times(mandatory).claims(claims);
    PathRun run = solver.plan(job.simulation().paths()).fine();
    int last =
        run.schedule().outputs().stream().mapToInt(output -> output.at()).max().orElseThrow();
    boolean stops = last < run.schedule().steps() && !job.simulation().dropsPaths();
    return Optional.of(
        new SimulationPlan(stops ? run.over(new Leg(0, last)) : run, Optional.empty()));
  }
}
