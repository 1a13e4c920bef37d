package io.pathwise.learn;

import io.pathwise.expr.Expr;
import java.util.List;

/** A function from a vector of features to a vector of features, with weights that are learned. */
public interface Layer {

  /** The number of features it reads. */
  int inputs();

  /** The number of features it gives. */
  int outputs();

  /** The weights in the order of their use. */
  List<Weight> weights();

  /**
   * The output as a graph.
   *
   * @param x a vector of {@link #inputs}
   * @return a vector of {@link #outputs}
   * @throws IllegalArgumentException if x has another shape
   */
  Expr apply(Expr x);
}
