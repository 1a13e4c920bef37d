package io.pathwise.calibrate.history;

import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Gauss and Legendre's rule on [0, 1], exact to degree 2 n - 1, with the integrals from 0 to its
 * points of what is known at these, exact to degree n - 1.
 *
 * @param points n of them, ascending
 * @param weights theirs
 * @param partial row i: the weights of the integral from 0 to point i
 */
record UnitQuadrature(double[] points, double[] weights, double[][] partial) {

  static UnitQuadrature of(int n) {
    GaussIntegrator rule = new GaussIntegratorFactory().legendre(n, 0, 1);
    double[] points = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      points[i] = rule.getPoint(i);
      weights[i] = rule.getWeight(i);
    }
    double[][] partial = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          partial[i][j] += weights[k] * points[i] * lagrange(points, j, points[k] * points[i]);
        }
      }
    }
    return new UnitQuadrature(points, weights, partial);
  }

  /** The polynomial that is 1 at point j and 0 at the others. */
  private static double lagrange(double[] points, int j, double at) {
    double product = 1;
    for (int k = 0; k < points.length; k++) {
      if (k != j) {
        product *= (at - points[k]) / (points[j] - points[k]);
      }
    }
    return product;
  }
}
