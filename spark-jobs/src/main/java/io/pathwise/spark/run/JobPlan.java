package io.pathwise.spark.run;

import io.pathwise.payoff.Claim;
import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import io.pathwise.solve.Leg;
import io.pathwise.solve.Multilevel;
import io.pathwise.solve.Prepared;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.solve.Solver;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.BranchSpec;
import io.pathwise.spark.job.Declaration;
import io.pathwise.spark.job.EstimatorSpec;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.ModelSpec;
import io.pathwise.spark.job.TradeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a job simulates: claim number i is trade number i, then come the observations.
 *
 * @param job the job
 * @param declared what it declares
 * @param prepared the runs, and what their pilots found
 * @param observations the observations, in the order of their claims
 */
record JobPlan(
    JobSpec job, Declaration declared, Prepared prepared, List<Observation> observations) {
  private static final double SAME_TIME = 1e-9;

  /** One observable at one time. */
  record Observation(String observable, double time) {
    /** Names the estimate of its mean. */
    String estimator() {
      return "mean/" + observable + "/t=" + time;
    }
  }

  /** Names the estimate of a trade's value. */
  static String estimator(TradeSpec trade) {
    return Declaration.id(trade);
  }

  /** The plan; pilots are run. For multilevel, that of its coarsest level alone. */
  static JobPlan of(JobSpec job) {
    Declaration declared = job.declaration();
    Sde sde = declared.spot().sde();
    List<Claim> claims = new ArrayList<>(declared.claims());
    List<Observation> observations = new ArrayList<>();
    for (double time : job.simulation().times()) {
      job.simulation()
          .observables(sde)
          .forEach(
              (name, value) -> {
                Observation observation = new Observation(name, time);
                observations.add(observation);
                claims.add(Claim.observation(observation.estimator(), name, value, time));
              });
    }
    EstimatorSpec estimator = job.simulation().estimator();
    Solver solver =
        declared
            .differentiated(declared.solver().claims(claims))
            .companion()
            .estimator(estimator.estimator(Declaration::id))
            .pilotPaths(estimator.pilotPaths());
    if (estimator.controlled()) {
      ControlChoice.of(job, sde)
          .forEach((id, controls) -> controls.forEach(control -> solver.control(id, control)));
    }
    return new JobPlan(job, declared, prepared(solver, job.simulation().samples()), observations);
  }

  /** What the solver refuses is wrong with the job. */
  private static Prepared prepared(Solver solver, long samples) {
    try {
      return solver.prepare(samples);
    } catch (IllegalArgumentException e) {
      throw new BadJobException(List.of("model, simulation: " + e.getMessage()), e);
    }
  }

  /** The levels of a job's trades. */
  static Multilevel multilevel(JobSpec job) {
    Declaration declared = job.declaration();
    EstimatorSpec estimator = job.simulation().estimator();
    return Multilevel.of(declared.differentiated(declared.solver().claims(declared.claims())))
        .rmse(estimator.rmse().orElseThrow())
        .firstPaths(estimator.pilotPaths())
        .mostLevel(estimator.mostLevel());
  }

  /** The runs. */
  SimulationPlan plan() {
    return prepared.plan();
  }

  /** The time at which the run begins: 0, or where it branches off another. */
  double begin() {
    return job.branch().map(BranchSpec::at).orElse(0.0);
  }

  /**
   * Whether what is read at a time belongs to this run: a branch leaves earlier ones to its run.
   */
  boolean reads(double time) {
    return job.branch().isEmpty() || time > begin();
  }

  /** The steps of all paths of the run and its companion. */
  long pathSteps() {
    double[] times = plan().fine().schedule().times();
    int first = 0;
    while (times[first] < begin() - SAME_TIME) {
      first++;
    }
    long paths = job.simulation().paths();
    return first == 0
        ? plan().pathSteps(paths)
        : plan().over(new Leg(first, times.length - 1)).pathSteps(paths);
  }

  /** The number of the claim of observation {@code i}. */
  int observationOutput(int i) {
    return job.trades().size() + i;
  }

  /** The price of one unit paid at a time. */
  double discount(double time) {
    return rates(ModelSpec.RATE).discount(time);
  }

  /** The rate of a name as a curve: flat where it is a parameter, 0 where the model has none. */
  ZeroCurve rates(String name) {
    ZeroCurve curve = job.model().curves().get(name);
    Map<String, Double> parameters = job.model().parameters();
    return curve == null ? ZeroCurve.flat(parameters.getOrDefault(name, 0.0)) : curve;
  }
}
