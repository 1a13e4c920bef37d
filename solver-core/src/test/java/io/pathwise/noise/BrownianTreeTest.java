package io.pathwise.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Shape;
import io.pathwise.noise.BrownianTree.Increment;
import io.pathwise.noise.BrownianTree.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistical tests: KS p at least 1e-5 or five standard errors, at fixed seeds. */
class BrownianTreeTest {
  private static final Source PLAIN = new Source(NormalMethod.BOX_MULLER, 7, 0, 1, false);
  private static final Source THIRD = new Source(NormalMethod.BOX_MULLER, 7, 0, 1, true);

  /** The halves of a bisection as linear functions of (W, H[, K], z): their coefficients. */
  private static double[][] coefficients(boolean third, double size) {
    int count = third ? 3 : 2;
    Expr z = Expr.leaf(Leaf.LANE, "z", Shape.vector(count));
    BrownianBisection halves =
        BrownianBisection.of(
            BrownianTree.cellLeaves(1, third, Expr.of(size)), z, Expr.of(Math.sqrt(size)));
    List<Expr> outputs = new ArrayList<>(BrownianTree.parts(halves.left()));
    outputs.addAll(BrownianTree.parts(halves.right()));
    List<String> inputs = new ArrayList<>(List.of("w[0]", "h[0]"));
    if (third) {
      inputs.add("k[0]");
    }
    for (int j = 0; j < count; j++) {
      inputs.add("z[" + j + "]");
    }
    double[][] columns = new double[inputs.size()][];
    for (int i = 0; i < columns.length; i++) {
      Map<String, Double> unit = new HashMap<>();
      inputs.forEach(name -> unit.put(name, 0.0));
      unit.put(inputs.get(i), 1.0);
      columns[i] = Interpreter.evaluate(outputs, unit);
    }
    return columns;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bothHalvesOfABisectionAreIndependentAndHaveTheVariancesOfTheirSize(boolean third) {
    double h = 0.3;
    double[][] columns = coefficients(third, h);
    double[] variances =
        third ? new double[] {h, h / 12, h / 720, 1, 1, 1} : new double[] {h, h / 12, 1, 1};
    double[] half =
        third
            ? new double[] {h / 2, h / 24, h / 1440, h / 2, h / 24, h / 1440}
            : new double[] {h / 2, h / 24, h / 2, h / 24};
    for (int i = 0; i < half.length; i++) {
      for (int j = 0; j < half.length; j++) {
        double covariance = 0;
        for (int c = 0; c < columns.length; c++) {
          covariance += columns[c][i] * columns[c][j] * variances[c];
        }
        assertThat(covariance).isCloseTo(i == j ? half[i] : 0, within(1e-16));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theHalvesOfACellJoinToTheCell(boolean third) {
    BrownianTree tree = new BrownianTree(third ? THIRD : PLAIN, 3, 1, 1, 1.5, 20);
    for (long j : new long[] {0, 1, 5}) {
      BrownianStep joined =
          step(tree.cell(4, 2 * j), 0.5 / 16)
              .then(step(tree.cell(4, 2 * j + 1), 0.5 / 16), Expr.of(0.5 / 8));
      Increment whole = tree.cell(3, j);
      assertThat(Interpreter.constant(joined.w().get(0))).isCloseTo(whole.w()[0], within(1e-15));
      assertThat(Interpreter.constant(joined.h().get(0))).isCloseTo(whole.h()[0], within(1e-15));
      if (third) {
        assertThat(Interpreter.constant(joined.k().get(0))).isCloseTo(whole.k()[0], within(1e-15));
      }
    }
  }

  private static BrownianStep step(Increment increment, double dt) {
    boolean third = increment.k().length > 0;
    return new BrownianStep(
        Expr.of(dt),
        Expr.vector(increment.w()),
        Expr.vector(increment.h()),
        third ? Expr.vector(increment.k()) : null,
        null);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cellsHaveTheNormalLawsOfTheirSize(boolean third) {
    int n = 3000;
    double[] w = new double[n];
    double[] h = new double[n];
    double[] k = new double[n];
    BrownianTree tree = new BrownianTree(third ? THIRD : PLAIN, 0, 0, 0, 2, 10);
    for (int path = 0; path < n; path++) {
      Increment cell = tree.on(path, 0, 0, 2).cell(3, path % 8);
      w[path] = cell.w()[0] / Math.sqrt(0.25);
      h[path] = cell.h()[0] / Math.sqrt(0.25 / 12);
      k[path] = third ? cell.k()[0] / Math.sqrt(0.25 / 720) : w[path];
    }
    for (double[] sample : List.of(w, h, k)) {
      assertThat(KolmogorovSmirnov.pValue(sample, BrownianTreeTest::normal)).isGreaterThan(1e-5);
    }
  }

  private static double normal(double x) {
    Expr leaf = Expr.leaf(Leaf.LANE, "x");
    return Interpreter.evaluate(
        List.of(Expr.apply(io.pathwise.expr.Op.NORMAL_CDF, leaf)), Map.of("x", x))[0];
  }

  @Test
  void anyOrderOfQueriesGivesTheSameBits() {
    BrownianTree forward = new BrownianTree(PLAIN, 11, 2, 0, 1, 30);
    BrownianTree backward = new BrownianTree(PLAIN, 11, 2, 0, 1, 30);
    double[] times = {0, 0.1, 0.25, 1.0 / 3, 0.5, 0.77, 1};
    double[] first = new double[times.length - 1];
    for (int i = 0; i < first.length; i++) {
      first[i] = forward.over(times[i], times[i + 1]).h()[0];
    }
    for (int i = first.length - 1; i >= 0; i--) {
      assertThat(backward.over(times[i], times[i + 1]).h()[0]).isEqualTo(first[i]);
    }
  }

  @Test
  void aQueryOfACellIsTheCell() {
    BrownianTree tree = new BrownianTree(PLAIN, 11, 2, 0, 1, 30);
    Increment query = tree.over(0.375, 0.5);
    assertThat(query.w()[0]).isCloseTo(tree.cell(3, 3).w()[0], within(1e-15));
    assertThat(query.h()[0]).isCloseTo(tree.cell(3, 3).h()[0], within(1e-14));
  }

  /** [s, t] crosses cells and ends inside them: the law of W and H is that of its length. */
  @Test
  void anyIntervalHasTheLawOfItsLength() {
    int n = 3000;
    double s = 0.123;
    double t = 0.78;
    double[] w = new double[n];
    double[] h = new double[n];
    double product = 0;
    BrownianTree tree = new BrownianTree(PLAIN, 0, 5, 0, 1, 2);
    for (int path = 0; path < n; path++) {
      Increment increment = tree.on(path, 5, 0, 1).over(s, t);
      w[path] = increment.w()[0] / Math.sqrt(t - s);
      h[path] = increment.h()[0] / Math.sqrt((t - s) / 12);
      product += w[path] * h[path];
    }
    assertThat(KolmogorovSmirnov.pValue(w, BrownianTreeTest::normal)).isGreaterThan(1e-5);
    assertThat(KolmogorovSmirnov.pValue(h, BrownianTreeTest::normal)).isGreaterThan(1e-5);
    assertThat(product / n).isCloseTo(0, within(5 / Math.sqrt(n)));
  }

  @Test
  void aQueryOutsideTheIntervalIsNamed() {
    BrownianTree tree = new BrownianTree(PLAIN, 0, 0, 0, 1, 10);
    assertThatThrownBy(() -> tree.over(0.5, 1.5))
        .hasMessage("[0.5, 1.5], expected a part of [0.0, 1.0]");
  }
}
