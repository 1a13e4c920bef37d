package io.pathwise.sde;

import io.pathwise.expr.Expr;

/**
 * The transition law of an equation, known in closed form: where the state is after a step of any
 * size, without a discretisation error. The scheme {@code exact} keys on it.
 *
 * <p>What is exact is the law of the state on the grid. A transition that reads the Brownian
 * increment alone stays close to the path that the other schemes see.
 */
@FunctionalInterface
public interface ExactTransition extends Capability {

  /** How many standard normals it takes that are independent of the Brownian motion. */
  default int normals() {
    return 0;
  }

  /**
   * The state at the end of a step.
   *
   * @param sde the equation: gives the state, its drift and its diffusion at the start of the step;
   *     curves that they read stand for their means over the step
   * @param dt the step size in years, a scalar
   * @param w the Brownian increments, a vector of m: normal, variance dt
   * @param extra independent standard normals, a vector of {@link #normals}; null for none
   * @return a vector of n
   */
  Expr next(Sde sde, Expr dt, Expr w, Expr extra);

  /**
   * That of an equation whose drift and diffusion read neither the state nor time (curves they may
   * read): y + f dt + g W.
   */
  static ExactTransition constantCoefficients() {
    return ConstantCoefficients.INSTANCE;
  }
}
