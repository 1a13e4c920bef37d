package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import java.util.List;

/**
 * How a sweep goes backward without states that were kept: the state before a step is found from
 * that after it. All graphs read the state after the step as {@link PathProgram#state}, and the
 * inputs and normals of the step.
 *
 * @param state the state before the step, n scalars
 * @param adjoint the adjoint before the step, n scalars that read {@link ProgramFragments#adjoint};
 *     empty where that of the step itself, at the state before it, is meant
 * @param bars what the step adds to the derivative in each parameter; empty with the adjoint
 */
public record Backward(List<Expr> state, List<Expr> adjoint, List<Expr> bars) {

  /** Copies the lists. */
  public Backward {
    state = List.copyOf(state);
    adjoint = List.copyOf(adjoint);
    bars = List.copyOf(bars);
  }

  /** A step that is undone, with its own adjoint at the state before it. */
  public static Backward undoing(List<Expr> state) {
    return new Backward(state, List.of(), List.of());
  }

  /** Whether the adjoint is taken at the state after the step. */
  public boolean continuous() {
    return !adjoint.isEmpty();
  }

  /** Everything it computes. */
  List<Expr> expressions() {
    return List.of(state, adjoint, bars).stream().flatMap(List::stream).toList();
  }
}
