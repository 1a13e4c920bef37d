package io.pathwise.solve;

import io.pathwise.adjoint.GradientChoice;
import io.pathwise.adjoint.TimeScale;
import io.pathwise.estimate.Moments;
import java.util.List;
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

  /** How derivatives were computed, and why. */
  public GradientChoice gradientChoice() {
    return plan.fine().gradient();
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
    int number = output(claim);
    return plan.derivatives()
        .first(number, parameter)
        .map(estimates::at)
        .orElseThrow(() -> new IllegalArgumentException(missing(number, parameter)));
  }

  private String missing(int claim, String parameter) {
    List<String> gradient = plan.fine().program().gradient();
    return gradient.contains(parameter)
        ? plan.derivatives().claims().get(claim).note()
        : "derivative in " + parameter + ", expected one of " + gradient;
  }

  /**
   * A second derivative of a claim's mean, in either order of the parameters.
   *
   * @throws IllegalArgumentException if it was not asked for
   */
  public Moments second(String claim, String first, String second) {
    return plan.derivatives()
        .second(output(claim), first, second)
        .map(estimates::at)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "second derivative in "
                        + first
                        + " and "
                        + second
                        + ", which was not asked for"));
  }

  /**
   * The derivative of a claim's mean in calendar time, a year: what it gains while time passes and
   * all else stays ({@link Solver#theta} says how).
   *
   * @throws IllegalArgumentException if it was not asked for
   */
  public Moments theta(String claim) {
    Moments scale = derivative(claim, TimeScale.NAME);
    double time =
        plan.fine().schedule().times()[plan.fine().schedule().outputs().get(output(claim)).at()];
    return scale.times(-1 / time);
  }

  /** How the derivatives of claims are estimated: by the number of the claim. */
  public Derivatives derivatives() {
    return plan.derivatives();
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
