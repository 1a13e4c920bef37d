package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import java.util.ArrayList;
import java.util.List;

/**
 * The nodes of a term structure as differentiated parameters {@code curve[0]}, {@code curve[1]},
 * ... A step reads a mean forward rate that few nodes decide, linearly: its adjoint times their
 * weights goes to the accumulators of those alone, so that the cost does not grow with the number
 * of nodes. An output reads a discount factor, whose derivative in every node is data of the
 * output.
 *
 * @param curve the name of the term structure
 * @param first the number of node 0 among the differentiated parameters, which the others follow
 * @param nodes how many there are
 * @param width the most nodes that a step touches
 */
public record CurveNodes(String curve, int first, int nodes, int width) {

  /** Checks that a step touches some of the nodes. */
  public CurveNodes {
    if (nodes < 1 || width < 1 || width > nodes) {
      throw new IllegalArgumentException(
          curve + ": steps that touch " + width + " of " + nodes + " nodes, expected 1 to all");
    }
  }

  /** The mean forward rate of a step. */
  public static Expr rate(String curve) {
    return Expr.leaf(Leaf.STEP, "curve:" + curve);
  }

  /** The discount factor of an output. */
  public static Expr discount(String curve) {
    return Expr.leaf(Leaf.STEP, "discount:" + curve);
  }

  /** The parameter that stands for a node. */
  public static String parameter(String curve, int node) {
    return curve + "[" + node + "]";
  }

  /** The mean forward rate of a step. */
  public Expr rate() {
    return rate(curve);
  }

  /** The derivative of the rate of a step in the node that its place w touches. */
  public Expr weight(int w) {
    return Expr.leaf(Leaf.STEP, rate().name() + "'" + w);
  }

  /** The derivative of the rate of a step in a node, whether or not the step touches it. */
  public Expr weightOf(int node) {
    return Expr.leaf(Leaf.STEP, rate().name() + "/" + node);
  }

  /** The sum of the derivative in the node that place w of a step touches. */
  public Expr touched(int w) {
    return Expr.leaf(Leaf.LANE, "node:" + curve + "'" + w);
  }

  /** The accumulators of all places of a step. */
  public List<Expr> touched() {
    List<Expr> all = new ArrayList<>();
    for (int w = 0; w < width; w++) {
      all.add(touched(w));
    }
    return all;
  }

  /** The derivative of the discount factor of an output in a node. */
  public Expr discountWeight(int node) {
    return Expr.leaf(Leaf.STEP, discount(curve).name() + "'" + node);
  }

  /**
   * The node that a parameter stands for, -1 for none.
   *
   * @param name the name of a parameter
   */
  public int node(String name) {
    for (int j = 0; j < nodes; j++) {
      if (parameter(curve, j).equals(name)) {
        return j;
      }
    }
    return -1;
  }

  /** Whether a differentiated parameter is one of the nodes. */
  public boolean contains(int parameter) {
    return parameter >= first && parameter < first + nodes;
  }
}
