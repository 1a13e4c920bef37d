package io.pathwise.calibrate.optimise;

import java.util.Arrays;

/** Checks of where an optimiser starts. */
final class Starts {
  private Starts() {}

  /** Refuses a point that is of another dimension or outside the box. */
  static void require(Objective objective, double[] point, String method) {
    if (point.length != objective.dimension() || point.length == 0) {
      throw new IllegalArgumentException(
          method
              + " from "
              + point.length
              + " coordinates, expected "
              + objective.dimension()
              + " of them and at least one");
    }
    double[] lower = objective.lower();
    double[] upper = objective.upper();
    for (int i = 0; i < point.length; i++) {
      if (!(point[i] >= lower[i] && point[i] <= upper[i])) {
        throw new IllegalArgumentException(
            method
                + " from coordinate "
                + i
                + " = "
                + point[i]
                + ", expected a number in ["
                + lower[i]
                + ", "
                + upper[i]
                + "]");
      }
    }
  }

  /** The objective with derivatives, which has to be defined there. */
  static Evaluation evaluate(Objective objective, double[] point, String method) {
    Evaluation evaluation = objective.evaluate(point, true);
    if (!evaluation.isFinite()) {
      throw new IllegalArgumentException(
          method
              + ": the objective is "
              + evaluation.value()
              + " at the start "
              + Arrays.toString(point)
              + ", expected a finite number with finite derivatives");
    }
    return evaluation;
  }
}
