package io.pathwise.calibrate.optimise;

/**
 * A step length that satisfies the strong Wolfe conditions (Nocedal and Wright, "Numerical
 * Optimization", 2006, algorithms 3.5 and 3.6), by quadratic interpolation kept inside the bracket.
 */
final class WolfeSearch {
  private static final double DECREASE = 1e-4;
  private static final double CURVATURE = 0.9;
  private static final int MAXIMUM_TRIALS = 40;

  private final Objective objective;
  private final double[] point;
  private final double[] direction;
  private final double value;
  private final double slope;
  private int evaluations;

  WolfeSearch(Objective objective, double[] point, Evaluation at, double[] direction) {
    this.objective = objective;
    this.point = point;
    this.direction = direction;
    this.value = at.value();
    this.slope = dot(at.gradient(), direction);
  }

  /**
   * Where a search ended.
   *
   * @param step the length; 0 when no decrease was found
   * @param point the point there
   * @param evaluation the objective there
   * @param slope its derivative along the direction
   */
  record Found(double step, double[] point, Evaluation evaluation, double slope) {
    boolean isFinite() {
      return evaluation.isFinite() && Double.isFinite(slope);
    }
  }

  /** Searches lengths in (0, largest] from a first one. */
  Found search(double first, double largest) {
    Found before = new Found(0, point, Evaluation.of(value), slope);
    double step = Math.min(first, largest);
    while (evaluations < MAXIMUM_TRIALS) {
      Found trial = at(step);
      if (!sufficient(trial) || (before.step > 0 && above(trial, before))) {
        return zoom(before, trial);
      }
      if (Math.abs(trial.slope) <= -CURVATURE * slope || step >= largest) {
        return trial;
      }
      if (trial.slope >= 0) {
        return zoom(trial, before);
      }
      before = trial;
      step = Math.min(2.5 * step, largest);
    }
    return before;
  }

  int evaluations() {
    return evaluations;
  }

  /** Narrows a bracket whose better end is {@code low}. */
  private Found zoom(Found better, Found worse) {
    Found low = better;
    Found high = worse;
    while (evaluations < MAXIMUM_TRIALS) {
      double gap = high.step - low.step;
      if (Math.abs(gap) <= 1e-14 * Math.max(low.step, high.step)) {
        break;
      }
      Found trial = at(low.step + fraction(low, high) * gap);
      if (!sufficient(trial) || above(trial, low)) {
        high = trial;
      } else {
        if (Math.abs(trial.slope) <= -CURVATURE * slope) {
          return trial;
        }
        if (trial.slope * gap >= 0) {
          high = low;
        }
        low = trial;
      }
    }
    return low;
  }

  /** Where in the bracket the parabola through its ends has its least value, kept off the ends. */
  private static double fraction(Found low, Found high) {
    double gap = high.step - low.step;
    double rise = high.evaluation.value() - low.evaluation.value() - low.slope * gap;
    double vertex = -0.5 * low.slope * gap / rise;
    return vertex >= 0.1 && vertex <= 0.9 ? vertex : 0.5;
  }

  private boolean sufficient(Found trial) {
    return trial.isFinite() && trial.evaluation.value() <= value + DECREASE * trial.step * slope;
  }

  private static boolean above(Found trial, Found other) {
    return !trial.isFinite() || trial.evaluation.value() >= other.evaluation.value();
  }

  private Found at(double step) {
    evaluations++;
    double[] lower = objective.lower();
    double[] upper = objective.upper();
    double[] there = point.clone();
    for (int j = 0; j < there.length; j++) {
      double moved = there[j] + step * direction[j];
      there[j] = Math.max(lower[j], Math.min(upper[j], moved));
    }
    Evaluation evaluation = objective.evaluate(there, true);
    double along = evaluation.isFinite() ? dot(evaluation.gradient(), direction) : Double.NaN;
    return new Found(step, there, evaluation, along);
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum = Math.fma(a[j], b[j], sum);
    }
    return sum;
  }
}
