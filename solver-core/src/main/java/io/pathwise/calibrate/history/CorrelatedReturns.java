package io.pathwise.calibrate.history;

import java.util.Arrays;

/**
 * The likelihood of logarithmic returns of several indices that are normal and correlated within a
 * day and independent between days. A day counts by the indices that have a return on it, whose
 * joint density is that of the marginal normal law (Anderson 1957, "Maximum likelihood estimates
 * for a multivariate normal distribution when some observations are missing").
 */
final class CorrelatedReturns {
  private CorrelatedReturns() {}

  /**
   * The log-likelihood.
   *
   * @param returns for each index its returns by day; NaN where a day has none
   * @param means of the returns of each index
   * @param deviations standard deviations of the returns of each index
   * @param correlation positive definite
   */
  static double logLikelihood(
      double[][] returns, double[] means, double[] deviations, double[][] correlation) {
    double sum = 0;
    int[] factored = new int[0];
    double[][] lower = new double[0][0];
    for (int day = 0; day < returns[0].length; day++) {
      int[] present = present(returns, day);
      if (!Arrays.equals(present, factored)) {
        lower = cholesky(present, correlation);
        factored = present;
      }
      double[] z = new double[present.length];
      for (int i = 0; i < present.length; i++) {
        int index = present[i];
        double rest = (returns[index][day] - means[index]) / deviations[index];
        for (int k = 0; k < i; k++) {
          rest -= lower[i][k] * z[k];
        }
        z[i] = rest / lower[i][i];
        sum -=
            0.5 * (z[i] * z[i] + StrictMath.log(2 * Math.PI))
                + StrictMath.log(deviations[index] * lower[i][i]);
      }
    }
    return sum;
  }

  private static int[] present(double[][] returns, int day) {
    int[] present = new int[returns.length];
    int count = 0;
    for (int i = 0; i < returns.length; i++) {
      if (!Double.isNaN(returns[i][day])) {
        present[count++] = i;
      }
    }
    return Arrays.copyOf(present, count);
  }

  private static double[][] cholesky(int[] present, double[][] correlation) {
    int n = present.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = correlation[present[i]][present[j]];
        for (int k = 0; k < j; k++) {
          rest -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(rest) : rest / lower[j][j];
      }
    }
    return lower;
  }
}
