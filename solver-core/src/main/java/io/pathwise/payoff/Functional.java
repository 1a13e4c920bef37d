package io.pathwise.payoff;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Shape;
import java.util.List;

/**
 * A path functional such as a running mean or a barrier flag: one value a path, or several that are
 * updated together, at the dates of a {@link Watch} or after every step.
 *
 * @param name names it in generated source
 * @param initial for each component, its value before the first event
 * @param update for each component, its value after an event; reads {@link #value}, the state,
 *     parameters and the event's inputs (STEP leaves). Where it is watched after every step it may
 *     read the state before the step ({@link #previous}) and the step's size {@link #DT} too, and
 *     {@code t} is the start of the step
 */
public record Functional(String name, List<Double> initial, List<Expr> update) {

  /** The functional's own value before the event: that of its first component. */
  public static final Expr VALUE = Expr.leaf(Leaf.LANE, "a");

  /** The size of the step, for a functional that is updated after every step. */
  public static final Expr DT = Expr.leaf(Leaf.STEP, "dt");

  /** Copies the lists and checks that there is an initial value for each component. */
  public Functional {
    initial = List.copyOf(initial);
    update = List.copyOf(update);
    if (initial.isEmpty() || initial.size() != update.size()) {
      throw new IllegalArgumentException(
          name + ": " + initial.size() + " initial values for " + update.size() + " updates");
    }
  }

  /** A functional of one value. */
  public Functional(String name, double initial, Expr update) {
    this(name, List.of(initial), List.of(update));
  }

  /** The value of component j before the event. */
  public static Expr value(int j) {
    return j == 0 ? VALUE : Expr.leaf(Leaf.LANE, "a[" + j + "]");
  }

  /** The number of values. */
  public int components() {
    return update.size();
  }

  /**
   * The state of an equation with n states before the step: a vector, for a functional that is
   * updated after every step.
   */
  public static Expr previous(int n) {
    return Expr.leaf(Leaf.LANE, "before", Shape.vector(n));
  }
}
