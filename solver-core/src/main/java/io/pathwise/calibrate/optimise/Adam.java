package io.pathwise.calibrate.optimise;

import java.util.Map;

/**
 * Adam: steps along moving means of the gradient over the root of those of its square (Kingma and
 * Ba 2015, "Adam: a method for stochastic optimization", algorithm 1). First order, for gradients
 * with noise; coordinates leave the box at no time.
 *
 * @param rate the step size, in the unit of the coordinates
 * @param firstDecay beta1, of the mean
 * @param secondDecay beta2, of the mean square
 * @param gradientTolerance done when every component of the gradient is below
 */
public record Adam(double rate, double firstDecay, double secondDecay, double gradientTolerance)
    implements Optimiser {
  private static final double EPSILON = 1e-8;

  /** Decays of 0.9 and 0.999 as in the paper, no tolerance. */
  public Adam(double rate) {
    this(rate, 0.9, 0.999, 0);
  }

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public OptimiserState start(Objective objective, double[] point) {
    Starts.require(objective, point, name());
    Evaluation first = Starts.evaluate(objective, point, name());
    double[] zero = new double[point.length];
    return OptimiserState.initial(
        name(),
        point,
        first.value(),
        Map.of("gradient", first.gradient(), "mean", zero, "square", zero));
  }

  @Override
  public OptimiserState next(OptimiserState state, Objective objective) {
    if (state.isFinished()) {
      return state;
    }
    double[] gradient = state.memory("gradient");
    double[] mean = state.memory("mean").clone();
    double[] square = state.memory("square").clone();
    double[] point = state.point().clone();
    double[] lower = objective.lower();
    double[] upper = objective.upper();
    int t = state.iteration() + 1;
    double first = 1 - StrictMath.pow(firstDecay, t);
    double second = 1 - StrictMath.pow(secondDecay, t);
    double largest = 0;
    for (int j = 0; j < point.length; j++) {
      mean[j] = firstDecay * mean[j] + (1 - firstDecay) * gradient[j];
      square[j] = secondDecay * square[j] + (1 - secondDecay) * gradient[j] * gradient[j];
      double step = rate * (mean[j] / first) / (Math.sqrt(square[j] / second) + EPSILON);
      point[j] = Math.max(lower[j], Math.min(upper[j], point[j] - step));
      largest = Math.max(largest, Math.abs(gradient[j]));
    }
    if (largest <= gradientTolerance) {
      return state.finished(OptimiserState.Status.CONVERGED, "the gradient is below its tolerance");
    }
    Evaluation there = objective.evaluate(point, true);
    OptimiserState moved =
        state.advanced(
            point,
            there.value(),
            1,
            Map.of("gradient", there.gradient(), "mean", mean, "square", square));
    return there.isFinite()
        ? moved
        : moved.finished(
            OptimiserState.Status.STALLED, "the objective is not finite after the step");
  }
}
