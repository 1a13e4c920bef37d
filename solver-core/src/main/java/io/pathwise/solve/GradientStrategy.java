package io.pathwise.solve;

import io.pathwise.adjoint.Differentiation;
import io.pathwise.adjoint.GradientMethod;
import io.pathwise.adjoint.Tangents;

/** Makes of a run what its gradient method asks for, after all else that changes its program. */
final class GradientStrategy {
  private GradientStrategy() {}

  /** The run whose derivatives are computed as asked for. */
  static PathRun of(PathRun run, Differentiation asked) {
    return asked.method() == GradientMethod.TANGENT
        ? run.with(Tangents.carried(run.program()), run.schedule())
        : run;
  }
}
