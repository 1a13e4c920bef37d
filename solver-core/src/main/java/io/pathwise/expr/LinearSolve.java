package io.pathwise.expr;

/**
 * Solves small dense linear systems symbolically: elimination unrolled on the graph, so that it
 * runs per path inside a kernel and can be differentiated (Golub and Van Loan 2013, sections 3.2,
 * 3.4). The matrix must be regular; a singular one gives values that are not finite.
 */
public final class LinearSolve {

  /** The largest system: unrolled code grows with the cube of its size. */
  public static final int LARGEST = 8;

  private LinearSolve() {}

  /**
   * The solution x of a x = b by elimination with partial pivoting: rows are exchanged by selects,
   * and only where the graph does not show that the entry below the pivot is 0.
   *
   * @param a n x n scalars
   * @param b n scalars
   * @throws IllegalArgumentException if n is above {@link #LARGEST} or the extents disagree
   */
  public static Expr[] solve(Expr[][] a, Expr[] b) {
    return eliminate(a, b, true);
  }

  /** The same for a symmetric positive definite matrix, which needs no pivoting. */
  public static Expr[] solvePositiveDefinite(Expr[][] a, Expr[] b) {
    return eliminate(a, b, false);
  }

  private static Expr[] eliminate(Expr[][] matrix, Expr[] rightSide, boolean pivot) {
    int n = rightSide.length;
    check(matrix, n);
    Expr[][] a = new Expr[n][];
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
    }
    Expr[] b = rightSide.clone();
    for (int k = 0; k < n; k++) {
      for (int i = k + 1; i < n; i++) {
        if (pivot && !a[i][k].isConst(0)) {
          exchangeIfLarger(a, b, k, i);
        }
      }
      for (int i = k + 1; i < n; i++) {
        if (!a[i][k].isConst(0)) {
          Expr factor = a[i][k].over(a[k][k]);
          for (int j = k + 1; j < n; j++) {
            a[i][j] = a[i][j].minus(factor.times(a[k][j]));
          }
          b[i] = b[i].minus(factor.times(b[k]));
        }
      }
    }
    for (int k = n - 1; k >= 0; k--) {
      for (int j = k + 1; j < n; j++) {
        b[k] = b[k].minus(a[k][j].times(b[j]));
      }
      b[k] = b[k].over(a[k][k]);
    }
    return b;
  }

  private static void check(Expr[][] matrix, int n) {
    if (n > LARGEST) {
      throw new IllegalArgumentException(
          "a linear system of " + n + " unknowns, expected at most " + LARGEST);
    }
    boolean square = matrix.length == n;
    for (Expr[] row : matrix) {
      square &= row.length == n;
    }
    if (!square) {
      throw new IllegalArgumentException(
          "a matrix of " + matrix.length + " rows for " + n + " unknowns, expected square");
    }
  }

  /** Exchanges rows k and i where |a_ik| is above |a_kk|. */
  private static void exchangeIfLarger(Expr[][] a, Expr[] b, int k, int i) {
    Expr larger = a[i][k].abs().above(a[k][k].abs());
    for (int j = k; j < b.length; j++) {
      Expr upper = a[k][j];
      a[k][j] = larger.select(a[i][j], upper);
      a[i][j] = larger.select(upper, a[i][j]);
    }
    Expr upper = b[k];
    b[k] = larger.select(b[i], upper);
    b[i] = larger.select(upper, b[i]);
  }
}
