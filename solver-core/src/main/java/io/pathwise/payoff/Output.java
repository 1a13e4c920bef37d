package io.pathwise.payoff;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import java.util.List;

/**
 * A template of a per-path output: its instances share code and differ in their inputs and in the
 * functionals they read.
 *
 * @param name names it in generated source
 * @param slots the number of functionals it reads
 * @param value reads the state, {@link #slot}, parameters and the instance's inputs (STEP leaves)
 * @param differentiated whether its gradient is wanted
 * @param tangents its derivative in each parameter of the gradient, where states and functionals
 *     carry what that takes; they read what the value reads. Empty where a reverse sweep is to find
 *     them
 */
public record Output(
    String name, int slots, Expr value, boolean differentiated, List<Expr> tangents) {

  /**
   * Copies the tangents.
   *
   * @throws IllegalArgumentException if there are tangents of an output that is not differentiated
   */
  public Output {
    tangents = List.copyOf(tangents);
    if (!differentiated && !tangents.isEmpty()) {
      throw new IllegalArgumentException(
          name + ": " + tangents.size() + " tangents of an output that is not differentiated");
    }
  }

  /** An output whose derivatives a reverse sweep finds. */
  public Output(String name, int slots, Expr value, boolean differentiated) {
    this(name, slots, value, differentiated, List.of());
  }

  /** The same value, whose derivatives a reverse sweep finds or which has none. */
  public Output with(boolean swept) {
    return new Output(name, slots, value, swept);
  }

  /** Whether its derivatives take a reverse sweep. */
  public boolean swept() {
    return differentiated && tangents.isEmpty();
  }

  /** The value of the k-th functional an instance is bound to: that of its first component. */
  public static Expr slot(int k) {
    return slot(k, 0);
  }

  /** The value of component j of the k-th functional an instance is bound to. */
  public static Expr slot(int k, int j) {
    return Expr.leaf(Leaf.LANE, j == 0 ? "a" + k : "a" + k + "[" + j + "]");
  }
}
