package io.pathwise.spark.run;

import io.pathwise.expr.Expr;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.sde.QuadraticVariation;
import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import io.pathwise.solve.Leg;
import io.pathwise.solve.Multilevel;
import io.pathwise.solve.Prepared;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.solve.Solver;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.BranchSpec;
import io.pathwise.spark.job.EstimatorSpec;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.ModelSpec;
import io.pathwise.spark.job.SimulationSpec;
import io.pathwise.spark.job.TradeSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a job simulates: claim number i is trade number i, then come the observations.
 *
 * @param job the job
 * @param spot where the initial price stands
 * @param prepared the runs, and what their pilots found
 * @param observations the observations, in the order of their claims
 */
record JobPlan(JobSpec job, SpotParameter spot, Prepared prepared, List<Observation> observations) {
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
    return estimator(trade.id());
  }

  private static String estimator(String trade) {
    return "npv/" + trade;
  }

  /** The plan; pilots are run. For multilevel, that of its coarsest level alone. */
  static JobPlan of(JobSpec job) {
    SpotParameter spot = SpotParameter.of(job);
    List<Claim> claims = trades(job, spot);
    List<Observation> observations = new ArrayList<>();
    for (double time : job.simulation().times()) {
      job.simulation()
          .observables(spot.sde())
          .forEach(
              (name, value) -> {
                Observation observation = new Observation(name, time);
                observations.add(observation);
                claims.add(Claim.observation(observation.estimator(), name, value, time));
              });
    }
    EstimatorSpec estimator = job.simulation().estimator();
    Solver solver =
        solver(job, spot)
            .claims(claims)
            .gradient(gradient(job, spot))
            .companion()
            .estimator(estimator.estimator(JobPlan::estimator))
            .pilotPaths(estimator.pilotPaths());
    if (estimator.controlled()) {
      ControlChoice.of(job, spot.sde())
          .forEach((id, controls) -> controls.forEach(control -> solver.control(id, control)));
    }
    return new JobPlan(job, spot, prepared(solver, job.simulation().samples()), observations);
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
    SpotParameter spot = SpotParameter.of(job);
    EstimatorSpec estimator = job.simulation().estimator();
    return Multilevel.of(solver(job, spot).claims(trades(job, spot)).gradient(gradient(job, spot)))
        .rmse(estimator.rmse().orElseThrow())
        .firstPaths(estimator.pilotPaths())
        .mostLevel(estimator.mostLevel());
  }

  /** The trades as claims, in their order. */
  static List<Claim> trades(JobSpec job, SpotParameter spot) {
    List<Claim> claims = new ArrayList<>();
    if (!job.trades().isEmpty()) {
      Expr price = spot.sde().observables().getOrDefault(ModelSpec.PRICE, Expr.ONE);
      Contracts contracts = new Contracts(price, discounting(job));
      job.trades().forEach(trade -> claims.add(claim(contracts, spot.sde(), trade)));
    }
    return claims;
  }

  /** The runs. */
  SimulationPlan plan() {
    return prepared.plan();
  }

  /** The equation of a job and how it is simulated, without anything that is read of it. */
  static Solver solver(JobSpec job, SpotParameter spot) {
    SimulationSpec simulation = job.simulation();
    Solver solver = Solver.of(spot.sde());
    simulation.control().ifPresent(solver::adaptive);
    return solver
        .parameters(job.model().parameters())
        .parameters(spot.value())
        .curves(job.model().curves())
        .scheme(simulation.bounded())
        .precision(simulation.precision())
        .step(simulation.step())
        .seed(simulation.seed())
        .noise(simulation.sampling())
        .onNan(simulation.onNan());
  }

  private static List<String> gradient(JobSpec job, SpotParameter spot) {
    Set<String> gradient = new LinkedHashSet<>();
    if (job.delta()) {
      gradient.add(spot.name());
    }
    gradient.addAll(job.sensitiveParameters());
    return List.copyOf(gradient);
  }

  private static Discounting discounting(JobSpec job) {
    ZeroCurve curve = job.model().curves().get(ModelSpec.RATE);
    return curve == null
        ? Discounting.rate(Expr.param(ModelSpec.RATE))
        : Discounting.curve(curve::discount);
  }

  private static Claim claim(Contracts contracts, Sde sde, TradeSpec trade) {
    String id = estimator(trade);
    double strike = trade.strike();
    double expiry = trade.expiry();
    if (trade instanceof TradeSpec.European t) {
      return contracts.european(id, t.option(), strike, expiry);
    }
    if (trade instanceof TradeSpec.Digital t) {
      return contracts.digital(id, t.option(), strike, t.payout(), expiry);
    }
    if (trade instanceof TradeSpec.Asian t) {
      return contracts.asian(id, t.option(), t.averaging(), strike, expiry, t.fixings());
    }
    if (trade instanceof TradeSpec.ZeroCoupon) {
      Expr factor = sde.observables().get(ModelSpec.DISCOUNT);
      return factor == null
          ? contracts.zeroCoupon(id, expiry)
          : Contracts.zeroCoupon(id, factor, expiry);
    }
    if (trade instanceof TradeSpec.Barrier t && t.always()) {
      Expr variance = QuadraticVariation.of(sde, sde.observables().get(ModelSpec.PRICE).log());
      return contracts.continuousBarrier(
          id, t.option(), strike, expiry, t.kind(), t.barrier(), variance, sde.states().size());
    }
    if (trade instanceof TradeSpec.Barrier t) {
      return contracts.barrier(
          id, t.option(), strike, expiry, t.kind(), t.barrier(), t.monitoring());
    }
    return contracts.forward(id, strike, expiry);
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
