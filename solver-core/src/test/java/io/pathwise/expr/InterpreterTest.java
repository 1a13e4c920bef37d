package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterpreterTest {
  private static final Expr X = Expr.leaf(Leaf.STATE, "x");
  private static final Expr V = Expr.leaf(Leaf.STATE, "v", Shape.vector(2));
  private static final Expr K = Expr.leaf(Leaf.WORD, "k");

  @Test
  void outputs_are_flattened_in_order() {
    double[] values =
        Interpreter.evaluate(
            List.of(V.times(X), X, V.sum()), Map.of("x", 2.0, "v[0]", 3.0, "v[1]", 5.0));
    assertThat(values).containsExactly(6, 10, 2, 8);
  }

  @Test
  void an_interpreter_is_used_again_at_other_points() {
    Interpreter interpreter = new Interpreter(List.of(X.square().plus(1)));
    for (double x = -3; x <= 3; x++) {
      double value = x;
      assertThat(interpreter.evaluate(leaf -> value)).containsExactly(x * x + 1);
    }
  }

  @Test
  void constants_are_evaluated() {
    assertThat(Interpreter.constant(Expr.vector(1, 2, 3).dot(Expr.vector(4, 5, 6)))).isEqualTo(32);
    assertThatThrownBy(() -> Interpreter.constant(X.plus(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a constant: it depends on x");
  }

  @Test
  void integers_are_evaluated() {
    Expr path = Expr.leaf(Leaf.PATH, "path");
    Expr mixed = Expr.apply(Op.LXOR, Expr.shift(Op.LROTL, path, 8), K);
    Interpreter interpreter = new Interpreter(List.of(mixed, Expr.word(-1)));
    long[] words =
        interpreter.evaluateWords(leaf -> Double.NaN, leaf -> leaf.equals(K) ? 0xFFL : 0x1234L);
    assertThat(words).containsExactly(0x1234FFL, -1L);
  }

  @Test
  void bits_travel_between_doubles_and_integers() {
    Expr halved =
        Expr.apply(Op.FROM_BITS, Expr.apply(Op.LSUB, Expr.apply(Op.BITS, X), Expr.word(1L << 52)));
    assertThat(Derivatives.value(halved, Map.of("x", 3.0))).isEqualTo(1.5);
  }

  @Test
  void a_missing_value_is_named() {
    assertThatThrownBy(() -> Interpreter.evaluate(List.of(X.plus(V.sum())), Map.of("x", 1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no value for v[0]");
    assertThatThrownBy(() -> new Interpreter(List.of(Expr.apply(Op.FROM_BITS, K))).evaluate(l -> 1))
        .hasMessage("no integer value for k");
  }

  @Test
  void integers_are_not_read_as_doubles_nor_doubles_as_integers() {
    assertThatThrownBy(() -> new Interpreter(List.of(X, K)).evaluate(leaf -> 1, leaf -> 1))
        .hasMessage("k is a 64-bit integer");
    assertThatThrownBy(() -> new Interpreter(List.of(X, K)).evaluateWords(leaf -> 1, leaf -> 1))
        .hasMessage("x is not a 64-bit integer");
  }

  @Test
  void a_sum_over_paths_has_no_value_at_one_point() {
    assertThatThrownBy(() -> Interpreter.evaluate(List.of(X.sumOverPaths()), Map.of("x", 1.0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("SUM_OVER_PATHS cannot be evaluated at one point");
  }
}
