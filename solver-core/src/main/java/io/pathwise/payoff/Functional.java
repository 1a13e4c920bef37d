package io.pathwise.payoff;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Shape;

/**
 * A path functional such as a running mean or a barrier flag: one value a path, updated at the
 * dates of a {@link Watch}, or after every step.
 *
 * @param name names it in generated source
 * @param initial its value before the first event
 * @param update its value after an event; reads {@link #VALUE}, the state, parameters and the
 *     event's inputs (STEP leaves). Where it is watched after every step it may read the state
 *     before the step ({@link #previous}) and the step's size {@link #DT} too, and {@code t} is the
 *     start of the step
 */
public record Functional(String name, double initial, Expr update) {

  /** The functional's own value before the event. */
  public static final Expr VALUE = Expr.leaf(Leaf.LANE, "a");

  /** The size of the step, for a functional that is updated after every step. */
  public static final Expr DT = Expr.leaf(Leaf.STEP, "dt");

  /**
   * The state of an equation with n states before the step: a vector, for a functional that is
   * updated after every step.
   */
  public static Expr previous(int n) {
    return Expr.leaf(Leaf.LANE, "before", Shape.vector(n));
  }
}
