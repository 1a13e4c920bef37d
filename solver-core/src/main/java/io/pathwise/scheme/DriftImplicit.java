package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Jacobian;
import io.pathwise.expr.LinearSolve;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The equation z = c + f(t + dt, z) dt of drift-implicit schemes, by Newton's method unrolled. */
final class DriftImplicit {

  /**
   * Newton iterations from z = c. A linear drift is solved by the first; for others the error that
   * is left is of the order of the eighth power of the first one.
   */
  static final int ITERATIONS = 3;

  private DriftImplicit() {}

  /** What an equation with too many states lacks. */
  static Optional<String> tooLarge(Sde sde) {
    int n = sde.states().size();
    return n <= LinearSolve.LARGEST
        ? Optional.empty()
        : Optional.of(
            "at most " + LinearSolve.LARGEST + " states for its linear systems, not " + n);
  }

  /**
   * The solution z.
   *
   * @param explicit c, a vector of n
   */
  static Expr solve(Sde sde, Expr explicit) {
    Expr end = Sde.TIME.plus(Step.DT);
    Expr y = sde.state();
    int n = sde.states().size();
    Expr drift = Graph.substitute(sde.drift(), Map.of(Sde.TIME, end));
    Expr[][] jacobian = Jacobian.of(drift, y);
    boolean linear =
        Arrays.stream(jacobian)
            .flatMap(Arrays::stream)
            .noneMatch(entry -> Graph.dependsOn(List.of(entry), y));
    Expr z = explicit;
    for (int iteration = 0; iteration < (linear ? 1 : ITERATIONS); iteration++) {
      Map<Expr, Expr> here = Map.of(y, z);
      Expr residual = explicit.plus(Graph.substitute(drift, here).times(Step.DT)).minus(z);
      Expr[][] matrix = new Expr[n][n];
      Expr[] right = new Expr[n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          Expr entry = Graph.substitute(jacobian[i][j], here).times(Step.DT).neg();
          matrix[i][j] = i == j ? entry.plus(1) : entry;
        }
        right[i] = residual.get(i);
      }
      List<Expr> change = new ArrayList<>(List.of(LinearSolve.solve(matrix, right)));
      z = z.plus(Expr.concat(change).reshape(Shape.vector(n)));
    }
    return z;
  }
}
