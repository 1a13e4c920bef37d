package io.pathwise.solve;

import io.pathwise.estimate.Moments;
import java.util.Map;
import java.util.Optional;

/** What a {@link Solver} found: means with standard errors, derivatives, quantiles and paths. */
public final class Solution {
  private final Prepared prepared;
  private final SimulationPlan plan;
  private final Tally tally;
  private final Map<String, Integer> outputs;
  private final PathValues values;
  private final Estimates estimates;

  Solution(Prepared prepared, Tally tally, Map<String, Integer> outputs, PathValues values) {
    this.prepared = prepared;
    this.plan = prepared.plan();
    this.tally = tally;
    this.outputs = outputs;
    this.values = values;
    this.estimates = new Estimates(plan.fine(), tally.fine());
  }

  /** The id of an observation. */
  static String id(String observable, double time) {
    return observable + "@" + time;
  }

  /** The number of paths in the estimates: those simulated less those dropped. */
  public long paths() {
    return prepared.estimator().members() * tally.fine().paths();
  }

  /** What the pilots of the simulation found. */
  public Prepared prepared() {
    return prepared;
  }

  /**
   * Mean, variance and standard error of a claim over the samples: paths, or antithetic pairs.
   *
   * @throws IllegalArgumentException if there is no such claim
   */
  public Moments value(String claim) {
    return estimates.value(output(claim));
  }

  /** Mean, variance and standard error of an observation. */
  public Moments observed(String observable, double time) {
    return value(id(observable, time));
  }

  /**
   * The derivative of a claim's mean in a parameter.
   *
   * @throws IllegalArgumentException if it was not asked for
   */
  public Moments derivative(String claim, String parameter) {
    int p = plan.fine().program().gradient().indexOf(parameter);
    if (p < 0) {
      throw new IllegalArgumentException(
          "derivative in " + parameter + ", expected one of " + plan.fine().program().gradient());
    }
    return estimates.derivative(output(claim), p);
  }

  /** Every path's value of an observation, by path number; NaN for a dropped path. */
  public double[] paths(String observable, double time) {
    return values.of(output(id(observable, time)));
  }

  /**
   * A quantile of an observation.
   *
   * @param p between 0 and 1
   */
  public double quantile(String observable, double time, double p) {
    return tally.histogram(output(id(observable, time))).quantile(p);
  }

  /** The claim from the companion at twice the step, where one ran. */
  public Optional<Moments> atTwiceTheStep(String claim) {
    return plan.coarse()
        .map(run -> new Estimates(run, tally.coarse().orElseThrow()).value(output(claim)));
  }

  /** Every path's value of a captured output. */
  double[] captured(int output) {
    return values.of(output);
  }

  private int output(String claim) {
    Integer output = outputs.get(claim);
    if (output == null) {
      throw new IllegalArgumentException(
          "claim " + claim + ", expected one of " + outputs.keySet());
    }
    return output;
  }
}
