package io.pathwise.spark.run;

import io.pathwise.estimate.Moments;
import io.pathwise.estimate.SegmentedSum;
import io.pathwise.solve.Estimates;
import io.pathwise.solve.ParametricPlan;
import io.pathwise.solve.SimulationPlan;
import java.util.List;

/**
 * What one evaluation of a {@link RepeatedRun} delivered: K outputs and their derivatives in P
 * parameters, as means over paths with standard errors.
 */
public final class Evaluation {
  private final ParametricPlan parametric;
  private final SimulationPlan plan;
  private final SegmentedSum sums;
  private final Estimates estimates;

  /**
   * An evaluation.
   *
   * @param plan the one that was run
   */
  Evaluation(ParametricPlan parametric, SimulationPlan plan, SegmentedSum sums) {
    this.parametric = parametric;
    this.plan = plan;
    this.sums = sums;
    this.estimates = new Estimates(plan.fine(), sums);
  }

  SimulationPlan plan() {
    return plan;
  }

  SegmentedSum sums() {
    return sums;
  }

  /** The number of samples in the means: paths, or antithetic pairs, less those dropped. */
  public long paths() {
    return sums.paths();
  }

  /** The ids of the claims, in the order of outputs. */
  public List<String> claims() {
    return parametric.claims();
  }

  /** The parameters of the derivatives, in their order. */
  public List<String> parameters() {
    return parametric.gradient();
  }

  /** Mean, variance and standard error of output {@code k}. */
  public Moments value(int k) {
    return estimates.value(k);
  }

  /**
   * The derivative of the mean of output {@code k} in parameter number {@code p}.
   *
   * @throws IllegalArgumentException if the output has none
   */
  public Moments derivative(int k, int p) {
    return plan.derivatives()
        .first(k, parameters().get(p))
        .map(estimates::at)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "output "
                        + claims().get(k)
                        + " has no derivatives: none were asked for, or its payoff jumps"));
  }

  /**
   * A second derivative of the mean of output {@code k}, in either order of the parameters.
   *
   * @throws IllegalArgumentException if it was not asked for
   */
  public Moments second(int k, String first, String second) {
    return plan.derivatives()
        .second(k, first, second)
        .map(estimates::at)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "output "
                        + claims().get(k)
                        + " has no second derivative in "
                        + first
                        + " and "
                        + second
                        + ", which was not asked for"));
  }

  /** The K means. */
  public double[] means() {
    double[] means = new double[claims().size()];
    for (int k = 0; k < means.length; k++) {
      means[k] = value(k).mean();
    }
    return means;
  }

  /**
   * The gradient of the mean of output {@code k}, P numbers.
   *
   * @throws IllegalArgumentException if the output is not differentiated
   */
  public double[] gradient(int k) {
    double[] gradient = new double[parameters().size()];
    for (int p = 0; p < gradient.length; p++) {
      gradient[p] = derivative(k, p).mean();
    }
    return gradient;
  }

  /**
   * The gradients of all means, K rows of P numbers.
   *
   * @throws IllegalArgumentException if an output is not differentiated
   */
  public double[][] jacobian() {
    double[][] rows = new double[claims().size()][];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = gradient(k);
    }
    return rows;
  }

  /**
   * The gradient of a weighted sum of the means, P numbers: that of a loss, where the weights are
   * its derivatives in the means.
   *
   * @param weights one an output; those that are not differentiated have weight 0
   * @throws IllegalArgumentException if there are others than K weights
   */
  public double[] gradient(double[] weights) {
    if (weights.length != claims().size()) {
      throw new IllegalArgumentException(
          weights.length + " weights, expected one an output, " + claims().size());
    }
    double[] sum = new double[parameters().size()];
    for (int k = 0; k < weights.length; k++) {
      if (weights[k] != 0) {
        double[] gradient = gradient(k);
        for (int p = 0; p < sum.length; p++) {
          sum[p] = Math.fma(weights[k], gradient[p], sum[p]);
        }
      }
    }
    return sum;
  }
}
