package io.pathwise.calibrate.optimise;

import java.util.Arrays;

/** What is minimised: a function of n numbers, in a box where it has one. */
public interface Objective {

  /** The number n of coordinates. */
  int dimension();

  /**
   * The objective at a point; the same point gives the same bits.
   *
   * @param point n numbers within the box
   * @param derivatives whether the gradient, and the Jacobian of a sum of squares, is wanted
   * @return {@link Evaluation#UNDEFINED} where it is not defined
   */
  Evaluation evaluate(double[] point, boolean derivatives);

  /** The smallest admissible coordinates; minus infinity where there is no bound. */
  default double[] lower() {
    double[] bounds = new double[dimension()];
    Arrays.fill(bounds, Double.NEGATIVE_INFINITY);
    return bounds;
  }

  /** The largest admissible coordinates; infinity where there is no bound. */
  default double[] upper() {
    double[] bounds = new double[dimension()];
    Arrays.fill(bounds, Double.POSITIVE_INFINITY);
    return bounds;
  }

  /** Whether no coordinate has a bound. */
  default boolean isUnbounded() {
    return Arrays.stream(lower()).allMatch(b -> b == Double.NEGATIVE_INFINITY)
        && Arrays.stream(upper()).allMatch(b -> b == Double.POSITIVE_INFINITY);
  }
}
