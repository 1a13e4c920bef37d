package io.pathwise.calibrate.optimise;

import java.util.function.Consumer;

/**
 * An iterative method of minimisation without state of its own: what it knows is in an {@link
 * OptimiserState}, so that a run may stop after any iteration and go on elsewhere to the same bits.
 */
public sealed interface Optimiser permits Adam, CmaEs, LbfgsB, LevenbergMarquardt {

  /** The name in job files, also the {@link OptimiserState#method} of its states. */
  String name();

  /**
   * The state before the first iteration.
   *
   * @throws IllegalArgumentException if the objective is not defined at the start, or lacks what
   *     the method needs
   */
  OptimiserState start(Objective objective, double[] point);

  /** The state after one more iteration; a finished state is returned as it is. */
  OptimiserState next(OptimiserState state, Objective objective);

  /**
   * Iterates until the method is done or a number of iterations is reached.
   *
   * @param state where to begin: that of {@link #start}, or one that was stored
   * @param iterations the largest {@link OptimiserState#iteration} to reach
   * @param observer is told every new state, to store it
   * @return a finished state; {@link OptimiserState.Status#EXHAUSTED} at the last iteration
   */
  default OptimiserState run(
      OptimiserState state,
      Objective objective,
      int iterations,
      Consumer<OptimiserState> observer) {
    OptimiserState.requireMethod(state, name());
    OptimiserState current = state;
    while (current.status() == OptimiserState.Status.RUNNING && current.iteration() < iterations) {
      current = next(current, objective);
      observer.accept(current);
    }
    return current.status() == OptimiserState.Status.RUNNING
        ? current.finished(
            OptimiserState.Status.EXHAUSTED, current.iteration() + " iterations were allowed")
        : current;
  }

  /** Iterates from a start without storing states. */
  default OptimiserState minimise(Objective objective, double[] point, int iterations) {
    return run(start(objective, point), objective, iterations, state -> {});
  }
}
