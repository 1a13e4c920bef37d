package io.pathwise.learn;

import io.pathwise.expr.Expr;
import java.util.ArrayList;
import java.util.List;

/**
 * Attention over a short sequence (Vaswani et al. 2017, "Attention is all you need", section
 * 3.2.1); its projections are {@link Dense} layers.
 */
public final class Attention {
  private Attention() {}

  /**
   * exp(x_i) / sum_j exp(x_j), computed about the largest element, so that nothing overflows.
   *
   * @param x a vector
   * @return a vector of as many, whose sum is 1
   */
  public static Expr softmax(Expr x) {
    Expr largest = x.get(0);
    for (int i = 1; i < x.shape().size(); i++) {
      largest = largest.max(x.get(i));
    }
    // The result does not depend on the number that is taken off, so its derivative may be dropped.
    Expr powers = x.minus(largest.held()).exp();
    return powers.times(Expr.ONE.over(powers.sum()));
  }

  /**
   * The mean of values under the weights softmax(query . key_i / sqrt(d)).
   *
   * @param query a vector of d
   * @param keys one vector of d a place of the sequence
   * @param values one vector a place, all of the same size
   * @return a vector of the size of the values
   * @throws IllegalArgumentException if there are not as many values as keys, at least one, or a
   *     shape does not fit
   */
  public static Expr scaledDotProduct(Expr query, List<Expr> keys, List<Expr> values) {
    if (keys.isEmpty() || keys.size() != values.size()) {
      throw new IllegalArgumentException(
          "attention over "
              + keys.size()
              + " keys and "
              + values.size()
              + " values, expected as many of each and at least one");
    }
    int d = query.shape().size();
    Expr scores = Expr.matrix(keys).matVec(query).times(1 / StrictMath.sqrt(d));
    return Expr.matrix(values).transpose().matVec(softmax(scores));
  }

  /** {@link #scaledDotProduct} of every query: one vector a query. */
  public static List<Expr> attend(List<Expr> queries, List<Expr> keys, List<Expr> values) {
    List<Expr> attended = new ArrayList<>();
    for (Expr query : queries) {
      attended.add(scaledDotProduct(query, keys, values));
    }
    return attended;
  }
}
