package io.pathwise.control;

import io.pathwise.expr.Expr;

/**
 * Whether and when a Brownian bridge between the ends of a step reaches a level: exact where drift
 * and diffusion are constant over the step. With a and c the distances of the ends from the level
 * and V the variance over the step, it does with probability exp(-2 a c / V), and always where the
 * second end lies beyond. Given that it does, s = u / (1 - u), u the passed share of the step, has
 * the inverse Gaussian law of mean a/c and shape a^2/V, drawn by the method of Michael, Schucany
 * and Haas (1976).
 *
 * @param reached 1 where the level is reached, else 0
 * @param share the share of the step that has passed by then; means nothing where it is not reached
 */
record FirstPassage(Expr reached, Expr share) {
  /** Keeps quotients finite at the level itself. */
  private static final double TINY = 1e-150;

  private static final double LEAST_VARIANCE = 1e-30;

  /**
   * The first passage in a step.
   *
   * @param before the distance from the level before the step, at least 0
   * @param after the signed distance after it, below 0 beyond the level
   * @param variance V
   * @param uniform a uniform number
   * @param normal an independent standard normal
   */
  static FirstPassage of(Expr before, Expr after, Expr variance, Expr uniform, Expr normal) {
    Expr inside = after.above(Expr.ZERO);
    Expr v = variance.max(LEAST_VARIANCE);
    Expr probability = before.times(after.max(0)).times(-2).over(v).exp();
    Expr escaped = inside.times(Expr.ONE.minus(probability.above(uniform)));
    // Given a crossing the uniform number is uniform below its probability.
    Expr again = uniform.over(probability);
    Expr a = before.max(TINY);
    Expr c = after.abs().max(TINY);
    Expr half = variance.over(a.times(c)).times(normal.square()).times(0.5);
    Expr k = Expr.ONE.over(half.plus(1).plus(half.times(half.plus(2)).sqrt()));
    Expr first = Expr.ONE.over(k.plus(1)).above(again);
    Expr ak = a.times(k);
    Expr share = first.select(ak.over(c.plus(ak)), a.over(c.times(k).plus(a)));
    return new FirstPassage(Expr.ONE.minus(escaped), share);
  }
}
