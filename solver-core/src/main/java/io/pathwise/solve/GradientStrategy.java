package io.pathwise.solve;

import io.pathwise.adjoint.GradientChoice;
import io.pathwise.adjoint.GradientMethod;
import io.pathwise.adjoint.Tangents;
import java.util.Optional;

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
    GradientMethod method = request.differentiation().method();
    if (method == GradientMethod.TANGENT) {
      return carried(run, GradientChoice.of(request.differentiation(), 0));
    }
    Optional<String> cheaper =
        method == GradientMethod.AUTO ? GradientCost.forward(run) : Optional.empty();
    return cheaper.isPresent()
        ? carried(run, new GradientChoice(GradientMethod.TANGENT, cheaper.get(), Long.MAX_VALUE))
        : SweepStrategy.of(run, request);
  }

  private static PathRun carried(PathRun run, GradientChoice choice) {
    return run.with(Tangents.carried(run.program()), run.schedule()).with(choice);
  }
}
