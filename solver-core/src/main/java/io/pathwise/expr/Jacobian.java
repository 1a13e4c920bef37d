package io.pathwise.expr;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The matrix of partial derivatives of a value in a vector leaf, entry by entry. */
public final class Jacobian {
  private Jacobian() {}

  /**
   * The derivatives of every element of a value in every element of a leaf.
   *
   * @param value a value of any shape, of N elements
   * @param leaf a vector leaf of n elements
   * @return N x n scalars; an entry that vanishes on the graph is the constant 0
   */
  public static Expr[][] of(Expr value, Expr leaf) {
    int columns = leaf.shape().size();
    List<Expr> elements = Scalarise.scalars(List.of(value));
    Map<Expr, Expr> whole = new HashMap<>();
    for (int j = 0; j < columns; j++) {
      whole.put(Scalarise.element(leaf, j), leaf.get(j));
    }
    Expr[][] jacobian = new Expr[elements.size()][columns];
    for (int j = 0; j < columns; j++) {
      List<Expr> column =
          Graph.substitute(
              Forward.tangent(elements, Map.of(Scalarise.element(leaf, j), Expr.ONE)), whole);
      for (int i = 0; i < jacobian.length; i++) {
        jacobian[i][j] = column.get(i);
      }
    }
    return jacobian;
  }
}
