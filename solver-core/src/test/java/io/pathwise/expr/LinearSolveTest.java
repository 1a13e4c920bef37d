package io.pathwise.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearSolveTest {

  private static Expr leaf(String name) {
    return Expr.leaf(Leaf.LANE, name);
  }

  private static Expr[][] matrix(int n) {
    Expr[][] a = new Expr[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] = leaf("a" + i + j);
      }
    }
    return a;
  }

  private static Expr[] right(int n) {
    Expr[] b = new Expr[n];
    for (int i = 0; i < n; i++) {
      b[i] = leaf("b" + i);
    }
    return b;
  }

  private static Map<String, Double> random(int n, long seed) {
    Random random = new Random(seed);
    Map<String, Double> values = new HashMap<>();
    for (int i = 0; i < n; i++) {
      values.put("b" + i, random.nextGaussian());
      for (int j = 0; j < n; j++) {
        values.put("a" + i + j, random.nextGaussian());
      }
    }
    return values;
  }

  private static void assertSolves(Map<String, Double> values, double[] x) {
    for (int i = 0; i < x.length; i++) {
      double residual = -values.get("b" + i);
      for (int j = 0; j < x.length; j++) {
        residual += values.get("a" + i + j) * x[j];
      }
      assertThat(residual).as("row %d", i).isCloseTo(0, within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8})
  void theSolutionOfARandomSystemHasNoResidual(int n) {
    List<Expr> x = List.of(LinearSolve.solve(matrix(n), right(n)));
    for (int seed = 0; seed < 5; seed++) {
      Map<String, Double> values = random(n, seed);
      assertSolves(values, Interpreter.evaluate(x, values));
    }
  }

  @Test
  void aZeroPivotIsExchanged() {
    Map<String, Double> values = random(3, 9);
    values.put("a00", 0.0);
    values.put("a11", 0.0);
    assertSolves(
        values, Interpreter.evaluate(List.of(LinearSolve.solve(matrix(3), right(3))), values));
  }

  @Test
  void aPositiveDefiniteSystemNeedsNoPivot() {
    int n = 4;
    Map<String, Double> root = random(n, 3);
    Map<String, Double> values = new HashMap<>(root);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += root.get("a" + k + i) * root.get("a" + k + j);
        }
        values.put("a" + i + j, sum);
      }
    }
    List<Expr> x = List.of(LinearSolve.solvePositiveDefinite(matrix(n), right(n)));
    assertSolves(values, Interpreter.evaluate(x, values));
    assertThat(Graph.topological(x)).noneMatch(node -> node.op() == Op.SELECT);
  }

  @Test
  void aDiagonalSystemIsOneDivisionAnUnknown() {
    Expr[][] a = matrix(3);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        a[i][j] = i == j ? a[i][j] : Expr.ZERO;
      }
    }
    List<Expr> x = List.of(LinearSolve.solve(a, right(3)));
    assertThat(Graph.topological(x)).filteredOn(node -> !node.args().isEmpty()).hasSize(3);
  }

  @Test
  void derivativesMatchCentralDifferences() {
    int n = 3;
    List<Expr> x = List.of(LinearSolve.solve(matrix(n), right(n)));
    Expr output = x.get(0).plus(x.get(1).times(2)).minus(x.get(2));
    Map<String, Double> values = random(n, 5);
    List<String> names = new ArrayList<>(values.keySet());
    List<Expr> gradient =
        Reverse.gradient(output, names.stream().map(LinearSolveTest::leaf).toList());
    double[] derivatives = Interpreter.evaluate(gradient, values);
    double h = 1e-6;
    for (int p = 0; p < names.size(); p++) {
      double difference = 0;
      for (int sign = -1; sign <= 1; sign += 2) {
        Map<String, Double> moved = new HashMap<>(values);
        moved.merge(names.get(p), sign * h, Double::sum);
        difference += sign * Interpreter.evaluate(List.of(output), moved)[0] / (2 * h);
      }
      assertThat(derivatives[p])
          .as(names.get(p))
          .isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
    }
  }

  @Test
  void aLargerSystemIsRefused() {
    assertThatThrownBy(() -> LinearSolve.solve(matrix(9), right(9)))
        .hasMessageContaining("9 unknowns, expected at most 8");
    assertThatThrownBy(() -> LinearSolve.solve(matrix(2), right(3)))
        .hasMessageContaining("2 rows for 3 unknowns");
  }
}
