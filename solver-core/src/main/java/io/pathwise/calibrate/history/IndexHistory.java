package io.pathwise.calibrate.history;

import java.util.ArrayList;
import java.util.List;

/**
 * Correlated geometric Brownian motions from the closes of several indices: each index's exact
 * maximum likelihood, and the correlations of the logarithmic returns of the days that both indices
 * of a pair have. Days that are missing (NaN) may leave a matrix that is no correlation matrix; the
 * nearest that is one then takes its place.
 *
 * @param names the indices
 * @param fits their drifts and volatilities
 * @param correlation the correlation matrix, positive definite
 * @param standardErrors of the correlations, (1 - rho^2) / sqrt(n - 1) with n the common days
 * @param distance the Frobenius norm of what was changed to make it positive definite; 0 when the
 *     sample's matrix was
 * @param logLikelihood of the returns of all indices together at the estimates
 */
public record IndexHistory(
    List<String> names,
    List<HistoryFit> fits,
    double[][] correlation,
    double[][] standardErrors,
    double distance,
    double logLikelihood) {

  /** Smallest eigenvalue that a Cholesky factor is sure to be had with. */
  private static final double LEAST_EIGENVALUE = 1e-8;

  private static final int FEWEST = 10;

  /**
   * Estimates from closes.
   *
   * @param names the indices
   * @param step the time between closes in years
   * @param closes for each index its closes by day; NaN where a day has none
   * @throws IllegalArgumentException naming every problem: as many names as histories, histories of
   *     one length, closes above 0, at least ten common days of every pair
   */
  public static IndexHistory of(List<String> names, double step, double[][] closes) {
    List<String> problems = problems(names, closes);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("closes: " + String.join("; ", problems));
    }
    int n = names.size();
    double[][] returns = new double[n][];
    List<HistoryFit> fits = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      returns[i] = logReturns(closes[i]);
      fits.add(fit(step, returns[i]));
    }
    double[][] sample = new double[n][n];
    double[][] errors = new double[n][n];
    for (int i = 0; i < n; i++) {
      sample[i][i] = 1;
      for (int j = 0; j < i; j++) {
        Pair pair = pair(returns[i], returns[j]);
        if (pair.days < FEWEST) {
          throw new IllegalArgumentException(
              names.get(i)
                  + " and "
                  + names.get(j)
                  + " have "
                  + pair.days
                  + " common days with returns, expected at least "
                  + FEWEST);
        }
        sample[i][j] = pair.correlation;
        sample[j][i] = pair.correlation;
        double error = (1 - pair.correlation * pair.correlation) / Math.sqrt(pair.days - 1.0);
        errors[i][j] = error;
        errors[j][i] = error;
      }
    }
    double[][] matrix = sample;
    double distance = 0;
    if (NearestCorrelation.leastEigenvalue(sample) < LEAST_EIGENVALUE) {
      NearestCorrelation nearest = NearestCorrelation.of(sample, LEAST_EIGENVALUE);
      matrix = nearest.matrix();
      distance = nearest.distance();
    }
    return new IndexHistory(
        List.copyOf(names),
        List.copyOf(fits),
        matrix,
        errors,
        distance,
        logLikelihood(step, returns, fits, matrix));
  }

  private static double logLikelihood(
      double step, double[][] returns, List<HistoryFit> fits, double[][] correlation) {
    double[] means = new double[fits.size()];
    double[] deviations = new double[fits.size()];
    for (int i = 0; i < means.length; i++) {
      double sigma = fits.get(i).parameters().get("sigma");
      means[i] = (fits.get(i).parameters().get("mu") - 0.5 * sigma * sigma) * step;
      deviations[i] = sigma * Math.sqrt(step);
    }
    return CorrelatedReturns.logLikelihood(returns, means, deviations, correlation);
  }

  /** The geometric Brownian motion of the returns there are. */
  private static HistoryFit fit(double step, double[] returns) {
    double[] present = java.util.Arrays.stream(returns).filter(r -> !Double.isNaN(r)).toArray();
    double[] path = new double[present.length + 1];
    path[0] = 1;
    for (int k = 0; k < present.length; k++) {
      path[k + 1] = path[k] * StrictMath.exp(present[k]);
    }
    return GeometricBrownianFit.of(new Observations(step, path));
  }

  private static double[] logReturns(double[] closes) {
    double[] returns = new double[closes.length - 1];
    for (int k = 0; k < returns.length; k++) {
      returns[k] = StrictMath.log(closes[k + 1] / closes[k]);
    }
    return returns;
  }

  private record Pair(double correlation, int days) {}

  private static Pair pair(double[] a, double[] b) {
    int days = 0;
    double meanA = 0;
    double meanB = 0;
    for (int k = 0; k < a.length; k++) {
      if (!Double.isNaN(a[k] + b[k])) {
        days++;
        meanA += a[k];
        meanB += b[k];
      }
    }
    meanA /= days;
    meanB /= days;
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int k = 0; k < a.length; k++) {
      if (!Double.isNaN(a[k] + b[k])) {
        aa += (a[k] - meanA) * (a[k] - meanA);
        bb += (b[k] - meanB) * (b[k] - meanB);
        ab += (a[k] - meanA) * (b[k] - meanB);
      }
    }
    return new Pair(ab / Math.sqrt(aa * bb), days);
  }

  private static List<String> problems(List<String> names, double[][] closes) {
    List<String> problems = new ArrayList<>();
    if (names.size() != closes.length || names.isEmpty()) {
      problems.add(
          names.size() + " names of " + closes.length + " histories, expected one of each or more");
      return problems;
    }
    for (int i = 0; i < closes.length; i++) {
      if (closes[i].length != closes[0].length) {
        problems.add(
            names.get(i) + " has " + closes[i].length + " days, expected " + closes[0].length);
      }
      for (int k = 0; k < closes[i].length; k++) {
        if (!Double.isNaN(closes[i][k]) && !(closes[i][k] > 0 && closes[i][k] < 1e300)) {
          problems.add(
              names.get(i)
                  + " is "
                  + closes[i][k]
                  + " on day "
                  + (k + 1)
                  + ", expected a number above 0, or none");
        }
      }
    }
    return problems;
  }
}
