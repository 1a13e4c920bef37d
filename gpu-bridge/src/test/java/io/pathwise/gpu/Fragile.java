package io.pathwise.gpu;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Solver;
import java.util.List;
import java.util.Map;

/** An equation whose paths with a large first normal leave the finite numbers. */
final class Fragile {
  private Fragile() {}

  static Solver solver() {
    Sde sde =
        Sde.ito("fragile")
            .parameters("limit")
            .state("x", Expr.ZERO)
            .state("w", Expr.ZERO)
            .drift(
                (t, y) ->
                    Expr.concat(
                        List.of(
                            y.get(1).above(Expr.param("limit")).times(1e200).square(), Expr.ZERO)))
            .diagonal((t, y) -> Expr.vector(0, 1));
    return Solver.of(sde)
        .parameters(Map.of("limit", 1.0))
        .step(1)
        .observe("x", 2.0)
        .observe("w", 2.0)
        .seed(5);
  }
}
