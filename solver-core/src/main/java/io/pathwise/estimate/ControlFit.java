package io.pathwise.estimate;

import java.util.Arrays;

/**
 * The coefficients of control variates by least squares (Glasserman 2003, section 4.1.2).
 *
 * @param coefficients beta, one a control; 0 for one that adds nothing to those before it
 * @param varianceRatio the variance of the samples over what the controls leave of it; infinite
 *     where they leave nothing
 */
public record ControlFit(double[] coefficients, double varianceRatio) {
  /** A control adds nothing where less than this part of its variance is its own. */
  private static final double DEPENDENT = 1e-12;

  /** What is left of a variance by rounding. */
  private static final double NOTHING = 1e-26;

  /**
   * Fits y = a + sum_j beta_j x_j by orthogonalising the controls one after the other.
   *
   * @param y the samples
   * @param controls the samples of each control
   * @throws IllegalArgumentException if there are fewer samples than unknowns and one more
   */
  public static ControlFit of(double[] y, double[][] controls) {
    int k = controls.length;
    if (y.length < k + 2) {
      throw new IllegalArgumentException(
          y.length + " samples for " + k + " controls, expected at least " + (k + 2));
    }
    double[] rest = centred(y);
    double total = dot(rest, rest);
    double[][] basis = new double[k][];
    double[][] mixing = new double[k][k];
    double[] onBasis = new double[k];
    for (int j = 0; j < k; j++) {
      double[] x = centred(controls[j]);
      double own = dot(x, x);
      for (int twice = 0; twice < 2; twice++) {
        for (int i = 0; i < j; i++) {
          mixing[i][j] += project(x, basis[i]);
        }
      }
      boolean independent = dot(x, x) > DEPENDENT * own;
      basis[j] = independent ? x : new double[y.length];
      onBasis[j] = project(rest, basis[j]);
    }
    double[] beta = new double[k];
    for (int j = k - 1; j >= 0; j--) {
      boolean independent = dot(basis[j], basis[j]) > 0;
      for (int i = j + 1; independent && i < k; i++) {
        onBasis[j] -= mixing[j][i] * beta[i];
      }
      beta[j] = independent ? onBasis[j] : 0;
    }
    double left = dot(rest, rest);
    double ratio = left > NOTHING * total ? total / left : total > 0 ? Double.POSITIVE_INFINITY : 1;
    return new ControlFit(beta, ratio);
  }

  /** Takes the component along a direction out of x and returns its coefficient. */
  private static double project(double[] x, double[] direction) {
    double square = dot(direction, direction);
    if (square == 0) {
      return 0;
    }
    double part = dot(x, direction) / square;
    for (int i = 0; i < x.length; i++) {
      x[i] -= part * direction[i];
    }
    return part;
  }

  private static double[] centred(double[] x) {
    double mean = Arrays.stream(x).sum() / x.length;
    return Arrays.stream(x).map(value -> value - mean).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
