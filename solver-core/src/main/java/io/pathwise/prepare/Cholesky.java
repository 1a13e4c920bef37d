package io.pathwise.prepare;

/** The Cholesky factor of a covariance matrix. */
final class Cholesky {
  private Cholesky() {}

  /**
   * The lower triangular L with L L' = A, row i of length i + 1.
   *
   * @throws IllegalArgumentException if A is not positive definite
   */
  static double[][] factor(double[][] a) {
    double[][] factor = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      factor[i] = new double[i + 1];
      for (int j = 0; j <= i; j++) {
        double rest = a[i][j];
        for (int k = 0; k < j; k++) {
          rest -= factor[i][k] * factor[j][k];
        }
        if (i == j && !(rest > 0)) {
          throw new IllegalArgumentException(
              "a covariance that is not positive definite: pivot " + i + " is " + rest);
        }
        factor[i][j] = i == j ? Math.sqrt(rest) : rest / factor[j][j];
      }
    }
    return factor;
  }
}
