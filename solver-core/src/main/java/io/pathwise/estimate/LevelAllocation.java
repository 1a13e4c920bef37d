package io.pathwise.estimate;

import java.util.Arrays;
import java.util.List;

/**
 * How many paths the levels of multilevel Monte Carlo need for a root mean square error: a quarter
 * of its square is left to the squared bias, three quarters to the variance (Giles 2008, equation
 * 12, and section 5; Giles 2015, section 3.1).
 *
 * @param rmse the target for the error of the mean
 */
public record LevelAllocation(double rmse) {
  private static final double BIAS_SHARE = 0.25;
  private static final double LEAST_RATE = 0.5;

  /**
   * What the levels so far say.
   *
   * @param means |E[Y]| level by level
   * @param variances of Y, level by level
   * @param costs of a path, level by level
   * @param alpha the rate of the means
   * @param beta the rate of the variances
   */
  public record View(
      double[] means, double[] variances, double[] costs, double alpha, double beta) {

    /**
     * Of at least three levels. A mean or variance that came out far below what the level before
     * leads to expect is lifted to half of that: too few paths showed a difference.
     */
    public static View of(List<LevelStatistics> levels) {
      MultilevelRates rates = MultilevelRates.of(levels);
      double alpha = atLeast(rates.alpha());
      double beta = atLeast(rates.beta());
      int count = levels.size();
      double[] means = new double[count];
      double[] variances = new double[count];
      double[] costs = new double[count];
      for (int l = 0; l < count; l++) {
        LevelStatistics level = levels.get(l);
        means[l] = Math.abs(level.mean());
        variances[l] = level.variance();
        costs[l] = level.cost();
        if (l >= 2) {
          means[l] = Math.max(means[l], 0.5 * means[l - 1] / StrictMath.pow(2, alpha));
          variances[l] = Math.max(variances[l], 0.5 * variances[l - 1] / StrictMath.pow(2, beta));
        }
      }
      return new View(means, variances, costs, alpha, beta);
    }

    private static double atLeast(double rate) {
      return rate > LEAST_RATE ? rate : LEAST_RATE;
    }

    /** With a level more, whose variance follows from the rate. */
    public View further(double cost) {
      int count = means.length;
      double[] more = Arrays.copyOf(variances, count + 1);
      double[] moreCosts = Arrays.copyOf(costs, count + 1);
      double[] moreMeans = Arrays.copyOf(means, count + 1);
      more[count] = variances[count - 1] / StrictMath.pow(2, beta);
      moreMeans[count] = means[count - 1] / StrictMath.pow(2, alpha);
      moreCosts[count] = cost;
      return new View(moreMeans, more, moreCosts, alpha, beta);
    }

    /**
     * The bias of the finest level, extrapolated from the last three: the largest of 2^(alpha (l -
     * L)) |E[Y_l]|, over 2^alpha - 1.
     */
    public double bias() {
      int last = means.length - 1;
      double largest = 0;
      for (int l = Math.max(1, last - 2); l <= last; l++) {
        largest = Math.max(largest, means[l] * StrictMath.pow(2, alpha * (l - last)));
      }
      return largest / (StrictMath.pow(2, alpha) - 1);
    }
  }

  /** Whether a bias is within its share of the error. */
  public boolean admits(double bias) {
    return bias <= Math.sqrt(BIAS_SHARE) * rmse;
  }

  /** The paths that each level needs: sqrt(V / C) sum sqrt(V C) over the share of the variance. */
  public long[] paths(View view) {
    double sum = 0;
    for (int l = 0; l < view.costs.length; l++) {
      sum += Math.sqrt(view.variances[l] * view.costs[l]);
    }
    long[] paths = new long[view.costs.length];
    for (int l = 0; l < paths.length; l++) {
      double needed = Math.sqrt(view.variances[l] / view.costs[l]) * sum / variance();
      paths[l] = (long) Math.ceil(needed);
    }
    return paths;
  }

  /** The paths that plain Monte Carlo needs for a variance, its bias being as small. */
  public double plainPaths(double variance) {
    return variance / variance();
  }

  private double variance() {
    return (1 - BIAS_SHARE) * rmse * rmse;
  }
}
