package io.pathwise.sde;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** The parameters for which it works; empty, as for most: all. */
  default Optional<Range> range() {
    return Optional.empty();
  }

  /**
   * A combination of parameters and the numbers that it may be.
   *
   * @param name names it in messages, by its formula
   * @param value a scalar of parameters
   * @param above it must be above this
   * @param most and at most this
   */
  record Range(String name, Expr value, double above, double most) {

    /** What is wrong with the values of parameters; empty where the combination is in range. */
    public Optional<String> problem(Map<String, Double> parameters) {
      double number = Interpreter.evaluate(List.of(value), parameters)[0];
      return number > above && number <= most
          ? Optional.empty()
          : Optional.of(
              name + " = " + number + ", expected above " + above + " and at most " + most);
    }
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
