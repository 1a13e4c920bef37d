package io.pathwise.payoff;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;

/**
 * A path functional such as a running mean or a barrier flag: one value a path, updated at events.
 *
 * @param name names it in generated source
 * @param initial its value before the first event
 * @param update its value after an event; reads {@link #VALUE}, the state, parameters and the
 *     event's inputs (STEP leaves)
 */
public record Functional(String name, double initial, Expr update) {

  /** The functional's own value before the event. */
  public static final Expr VALUE = Expr.leaf(Leaf.LANE, "a");
}
