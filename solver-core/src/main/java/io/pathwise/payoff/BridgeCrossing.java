package io.pathwise.payoff;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;

/**
 * Whether a path stays inside a level between two steps, by the law of the Brownian bridge: given
 * both ends inside at distances a and c, it does with probability 1 - exp(-2 a c / (s^2 dt))
 * (Glasserman 2003, "Monte Carlo Methods in Financial Engineering", section 6.4).
 */
public final class BridgeCrossing {

  /** The level: an input of the functional. */
  public static final Expr LEVEL = Expr.leaf(Leaf.STEP, "level");

  /** 1 for a level below the start, -1 for one above: an input of the functional. */
  public static final Expr DIRECTION = Expr.leaf(Leaf.STEP, "direction");

  /** Keeps a quotient finite where nothing is random; the exponential of its size is 0. */
  private static final double LEAST_VARIANCE = 1e-30;

  private BridgeCrossing() {}

  /**
   * The probability to stay inside during a step.
   *
   * @param before the watched value before the step
   * @param after the watched value after the step
   * @param level what is not to be reached
   * @param direction 1 where inside is above the level, -1 where it is below
   * @param variance that of the watched value over the step, frozen at its start
   */
  public static Expr inside(Expr before, Expr after, Expr level, Expr direction, Expr variance) {
    Expr a = direction.times(before.minus(level)).max(0);
    Expr c = direction.times(after.minus(level)).max(0);
    return Expr.ONE.minus(a.times(c).times(-2).over(variance.max(LEAST_VARIANCE)).exp());
  }

  /**
   * The probability, given the states at the ends of the steps, that a value has not reached {@link
   * #LEVEL}: a functional for {@link Watch#everyStep}, whose inputs are {@code level} and {@code
   * direction}.
   *
   * @param name names the functional
   * @param before the watched value before the step, which reads {@link Functional#previous}
   * @param after the watched value after the step, which reads the state
   * @param variance the instantaneous variance of the watched value, which reads {@link
   *     Functional#previous}
   */
  public static Functional survival(String name, Expr before, Expr after, Expr variance) {
    return new Functional(
        name,
        1,
        Functional.VALUE.times(
            inside(before, after, LEVEL, DIRECTION, variance.times(Functional.DT))));
  }
}
