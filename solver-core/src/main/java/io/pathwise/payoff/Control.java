package io.pathwise.payoff;

import io.pathwise.expr.Expr;

/**
 * A control variate: a claim whose mean is known (Glasserman 2003, section 4.1).
 *
 * @param claim what a path delivers
 * @param mean its mean over all paths of the same equation, scheme and grid; reads parameters,
 *     {@code t} and the claim's inputs, so that its derivatives count
 */
public record Control(Claim claim, Expr mean) {

  /**
   * Checks the mean.
   *
   * @throws IllegalArgumentException if it is not a scalar that is the same for all paths
   */
  public Control {
    if (mean.varying() || !mean.shape().isScalar()) {
      throw new IllegalArgumentException(
          claim.id() + ": the mean of a control is a number of the run, came " + mean);
    }
  }

  /** A claim of a known mean that depends on no parameter that is differentiated. */
  public static Control of(Claim claim, double mean) {
    return new Control(claim, Expr.of(mean));
  }
}
