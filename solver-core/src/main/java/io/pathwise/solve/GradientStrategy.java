package io.pathwise.solve;

import io.pathwise.adjoint.GradientChoice;
import io.pathwise.adjoint.GradientMethod;
import io.pathwise.adjoint.Tangents;

/** Makes of a run what its gradient method asks for, after all else that changes its program. */
final class GradientStrategy {
  private GradientStrategy() {}

  /**
   * The run whose derivatives are computed as asked for.
   *
   * @throws IllegalArgumentException if the method does not fit the program, or the gradient memory
   *     is too small
   */
  static PathRun of(PathRun run, SimulationRequest request) {
    if (request.differentiation().method() == GradientMethod.TANGENT) {
      return run.with(Tangents.carried(run.program()), run.schedule())
          .with(GradientChoice.of(request.differentiation(), 0));
    }
    return SweepStrategy.of(run, request);
  }
}
