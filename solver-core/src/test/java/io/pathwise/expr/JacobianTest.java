package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JacobianTest {
  private static final Expr Y = Expr.leaf(Leaf.STATE, "y", Shape.vector(2));

  @Test
  void everyEntryIsAPartialDerivativeAndReadsTheWholeLeaf() {
    Expr f = Expr.concat(List.of(Y.get(0).times(Y.get(1)), Y.get(1).square()));
    Expr[][] jacobian = Jacobian.of(f, Y);
    assertThat(jacobian[1][0].isConst(0)).isTrue();
    List<Expr> entries = Scalarise.scalars(List.of(jacobian[0][0], jacobian[0][1], jacobian[1][1]));
    assertThat(Interpreter.evaluate(entries, Map.of("y[0]", 3.0, "y[1]", 5.0)))
        .containsExactly(5, 3, 10);
    assertThat(Graph.leaves(List.of(jacobian[0][0]))).containsExactly(Y);
  }

  @Test
  void aMatrixIsFlattenedRowByRow() {
    Expr g =
        Expr.concat(List.of(Y.get(0), Expr.ZERO, Expr.ONE, Y.get(1).times(2)))
            .reshape(Shape.matrix(2, 2));
    Expr[][] jacobian = Jacobian.of(g, Y);
    assertThat(jacobian).hasDimensions(4, 2);
    assertThat(jacobian[0][0].isConst(1)).isTrue();
    assertThat(jacobian[3][1].isConst(2)).isTrue();
  }
}
