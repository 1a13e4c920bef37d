package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Every structural operation against direct computation on arrays. */
class ScalariseTest {
  private static final int ROWS = 3;
  private static final int COLUMNS = 4;
  private static final Expr M = Expr.leaf(Leaf.PARAM, "m", Shape.matrix(ROWS, COLUMNS));
  private static final Expr U = Expr.leaf(Leaf.STATE, "u", Shape.vector(ROWS));
  private static final Expr V = Expr.leaf(Leaf.STATE, "v", Shape.vector(COLUMNS));
  private static final Expr S = Expr.leaf(Leaf.STATE, "s");

  private final Map<String, Double> point = new HashMap<>();
  private final double[] m = fill("m", ROWS * COLUMNS);
  private final double[] u = fill("u", ROWS);
  private final double[] v = fill("v", COLUMNS);
  private final double s = 1.5;

  ScalariseTest() {
    point.put("s", s);
  }

  /** Small integers, so that sums are exact in any order. */
  private double[] fill(String name, int size) {
    double[] values = new Random(name.hashCode()).ints(size, -9, 10).asDoubleStream().toArray();
    for (int i = 0; i < size; i++) {
      point.put(name + "[" + i + "]", values[i]);
    }
    return values;
  }

  private double[] evaluate(Expr expr) {
    List<Expr> scalars = Scalarise.scalars(List.of(expr));
    assertThat(scalars).hasSize(expr.shape().size());
    assertThat(scalars).allMatch(e -> e.shape().isScalar());
    return Interpreter.evaluate(scalars, point);
  }

  @Test
  void leaves_become_their_elements() {
    assertThat(Scalarise.scalars(List.of(U, S)))
        .extracting(Expr::name)
        .containsExactly("u[0]", "u[1]", "u[2]", "s");
    assertThat(Scalarise.element(M, 5).leaf()).isEqualTo(Leaf.PARAM);
    assertThat(Scalarise.element(S, 0)).isSameAs(S);
  }

  @Test
  void slice() {
    assertThat(evaluate(M.slice(3, Shape.matrix(2, 2)))).containsExactly(m[3], m[4], m[5], m[6]);
    assertThat(evaluate(M.times(S).get(1, 2))).containsExactly(m[6] * s);
  }

  @Test
  void concat() {
    double[] expected =
        DoubleStream.concat(
                DoubleStream.concat(DoubleStream.of(u), DoubleStream.of(s)), DoubleStream.of(m))
            .toArray();
    assertThat(evaluate(Expr.concat(List.of(U, S, M)))).containsExactly(expected);
  }

  @Test
  void reshape() {
    assertThat(evaluate(M.reshape(Shape.matrix(/* rows= */ COLUMNS, /* columns= */ ROWS))))
        .containsExactly(m);
  }

  @Test
  void sum() {
    assertThat(evaluate(M.sum())).containsExactly(DoubleStream.of(m).sum());
  }

  @Test
  void dot() {
    double expected = 0;
    for (int i = 0; i < COLUMNS; i++) {
      expected += v[i] * (v[i] + s);
    }
    assertThat(evaluate(V.dot(V.plus(S)))).containsExactly(expected);
  }

  @Test
  void mat_vec() {
    double[] expected = new double[ROWS];
    for (int r = 0; r < ROWS; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        expected[r] += m[r * COLUMNS + c] * v[c];
      }
    }
    assertThat(evaluate(M.matVec(V))).containsExactly(expected);
  }

  @Test
  void transpose() {
    double[] expected = new double[ROWS * COLUMNS];
    for (int r = 0; r < ROWS; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        expected[c * ROWS + r] = m[r * COLUMNS + c];
      }
    }
    assertThat(evaluate(M.transpose())).containsExactly(expected);
  }

  @Test
  void outer() {
    double[] expected = new double[ROWS * COLUMNS];
    for (int r = 0; r < ROWS; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        expected[r * COLUMNS + c] = u[r] * v[c];
      }
    }
    assertThat(evaluate(U.outer(V))).containsExactly(expected);
  }

  @Test
  void sum_over_paths_is_taken_element_by_element() {
    assertThat(Scalarise.scalars(List.of(U.sumOverPaths())))
        .containsExactly(
            Scalarise.element(U, 0).sumOverPaths(),
            Scalarise.element(U, 1).sumOverPaths(),
            Scalarise.element(U, 2).sumOverPaths());
  }

  @Test
  void elementwise_operations_repeat_scalars_and_vectors_of_one() {
    double[] expected = DoubleStream.of(v).map(x -> Math.abs(x * s - 2)).toArray();
    assertThat(evaluate(V.times(S).minus(2).abs())).containsExactly(expected);
    Expr one = Expr.concat(List.of(S));
    assertThat(evaluate(one.plus(one))).containsExactly(2 * s);
  }

  @Test
  void elements_simplify_again() {
    Expr diagonal = Expr.matrix(List.of(Expr.vector(1, 0), Expr.vector(0, 2)));
    Expr y = Expr.leaf(Leaf.STATE, "y", Shape.vector(2));
    assertThat(Scalarise.scalars(List.of(diagonal.matVec(y))))
        .containsExactly(Scalarise.element(y, 0), Scalarise.element(y, 1).times(2));
  }
}
