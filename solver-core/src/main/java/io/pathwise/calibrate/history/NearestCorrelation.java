package io.pathwise.calibrate.history;

import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * The correlation matrix nearest to a symmetric one in the Frobenius norm, by alternating
 * projections on the positive semidefinite matrices and on those of unit diagonal with Dykstra's
 * correction (Higham 2002, "Computing the nearest correlation matrix - a problem from finance",
 * algorithm 3.3).
 *
 * @param matrix the correlation matrix
 * @param distance the Frobenius norm of what was changed
 * @param iterations how many projections were made
 */
public record NearestCorrelation(double[][] matrix, double distance, int iterations) {
  private static final int MOST_ITERATIONS = 20_000;
  private static final double TOLERANCE = 1e-12;

  /**
   * The nearest one whose eigenvalues are at least a number.
   *
   * @param leastEigenvalue at least 0; above it for a matrix that has a Cholesky factor
   * @throws IllegalArgumentException if the matrix is not square and symmetric with finite entries
   */
  public static NearestCorrelation of(double[][] symmetric, double leastEigenvalue) {
    RealMatrix given = checked(symmetric);
    int n = symmetric.length;
    RealMatrix y = given;
    RealMatrix correction = MatrixUtils.createRealMatrix(n, n);
    int iteration = 0;
    while (iteration < MOST_ITERATIONS) {
      iteration++;
      RealMatrix r = y.subtract(correction);
      RealMatrix x = raised(r, leastEigenvalue);
      correction = x.subtract(r);
      RealMatrix next = x.copy();
      for (int i = 0; i < n; i++) {
        next.setEntry(i, i, 1);
      }
      double change = next.subtract(y).getFrobeniusNorm();
      double gap = next.subtract(x).getFrobeniusNorm();
      y = next;
      if (gap <= TOLERANCE * n && (iteration == 1 || change <= TOLERANCE * n)) {
        break;
      }
    }
    return new NearestCorrelation(y.getData(), y.subtract(given).getFrobeniusNorm(), iteration);
  }

  /** The least eigenvalue of a symmetric matrix. */
  public static double leastEigenvalue(double[][] symmetric) {
    double least = Double.POSITIVE_INFINITY;
    for (double value :
        new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(symmetric)).getEigenvalues()) {
      least = Math.min(least, value);
    }
    return least;
  }

  private static RealMatrix raised(RealMatrix matrix, double least) {
    EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(matrix);
    double[] values = eigen.getEigenvalues();
    for (int k = 0; k < values.length; k++) {
      values[k] = Math.max(values[k], least);
    }
    RealMatrix v = eigen.getV();
    RealMatrix product =
        v.multiply(MatrixUtils.createRealDiagonalMatrix(values)).multiplyTransposed(v);
    return product.add(product.transpose()).scalarMultiply(0.5);
  }

  private static RealMatrix checked(double[][] symmetric) {
    int n = symmetric.length;
    for (int i = 0; i < n; i++) {
      if (symmetric[i].length != n) {
        throw new IllegalArgumentException(
            "row " + (i + 1) + " of " + symmetric[i].length + " entries, expected " + n);
      }
      for (int j = 0; j < n; j++) {
        double entry = symmetric[i][j];
        if (!Double.isFinite(entry)
            || (j < i
                && Math.abs(entry - symmetric[j][i]) > 1e-12 * Math.max(1, Math.abs(entry)))) {
          throw new IllegalArgumentException(
              "entry ("
                  + (i + 1)
                  + ", "
                  + (j + 1)
                  + ") = "
                  + entry
                  + ", expected a finite number, equal to "
                  + symmetric[j][i]
                  + " across the diagonal");
        }
      }
    }
    return MatrixUtils.createRealMatrix(symmetric);
  }
}
