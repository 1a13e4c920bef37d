package io.pathwise.payoff;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;

/**
 * A template of a per-path output: its instances share code and differ in their inputs and in the
 * functionals they read.
 *
 * @param name names it in generated source
 * @param slots the number of functionals it reads
 * @param value reads the state, {@link #slot}, parameters and the instance's inputs (STEP leaves)
 * @param differentiated whether its gradient is wanted
 */
public record Output(String name, int slots, Expr value, boolean differentiated) {

  /** The value of the k-th functional an instance is bound to. */
  public static Expr slot(int k) {
    return Expr.leaf(Leaf.LANE, "a" + k);
  }
}
