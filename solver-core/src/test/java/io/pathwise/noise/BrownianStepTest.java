package io.pathwise.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Op;
import io.pathwise.expr.Shape;
import io.pathwise.scheme.BatchGraph;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The joint law of W, H, K and A of two channels over a step of h = 0.7, drawn at once and joined
 * from unequal steps. Seeds are fixed; KS p >= 1e-5 and 5 standard errors (6e-7) are the
 * false-alarm rates over seeds.
 */
class BrownianStepTest {
  private static final Set<LevyTerm> ALL = EnumSet.allOf(LevyTerm.class);
  private static final int NORMALS = BrownianStep.normals(2, ALL);
  private static final int SAMPLE = 50_048;
  private static final double STEP = 0.7;

  /** W1, W2, H1, H2, K1, K2, A12: a row each. */
  private record Sample(String name, double[][] rows) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static BrownianStep drawn(int set, double dt) {
    Expr z = Expr.leaf(Leaf.NOISE, "z" + set, Shape.vector(NORMALS));
    return BrownianStep.of(z, 2, ALL, Expr.of(dt), Expr.of(Math.sqrt(dt)));
  }

  private static List<Expr> rows(BrownianStep step) {
    return List.of(step.w(), step.h(), step.k(), step.area().get(0, 1));
  }

  static Stream<Sample> samples() {
    BrownianStep joined =
        drawn(0, 0.1)
            .then(drawn(1, 0.25), Expr.of(0.1 + 0.25))
            .then(drawn(2, 0.05).then(drawn(3, 0.3), Expr.of(0.05 + 0.3)), Expr.of(STEP));
    return Stream.of(
        sample("drawn at once", drawn(0, STEP)), sample("joined from four steps", joined));
  }

  private static Sample sample(String name, BrownianStep step) {
    BatchGraph graph = new BatchGraph(rows(step));
    Random random = new Random(20220101);
    double[][] rows = new double[7][SAMPLE];
    for (int from = 0; from < SAMPLE; from += BatchGraph.LANES) {
      for (int set = 0; set < 4; set++) {
        for (int z = 0; z < NORMALS; z++) {
          Arrays.setAll(graph.input("z" + set + "[" + z + "]"), lane -> random.nextGaussian());
        }
      }
      graph.run(BatchGraph.LANES);
      for (int r = 0; r < rows.length; r++) {
        System.arraycopy(graph.output(r), 0, rows[r], from, BatchGraph.LANES);
      }
    }
    return new Sample(name, rows);
  }

  private static double[] normalCdf(double[] x) {
    Expr leaf = Expr.leaf(Leaf.LANE, "x");
    BatchGraph graph = new BatchGraph(List.of(Expr.apply(Op.NORMAL_CDF, leaf)));
    double[] p = new double[x.length];
    for (int from = 0; from < x.length; from += BatchGraph.LANES) {
      System.arraycopy(x, from, graph.input("x"), 0, BatchGraph.LANES);
      graph.run(BatchGraph.LANES);
      System.arraycopy(graph.output(0), 0, p, from, BatchGraph.LANES);
    }
    return p;
  }

  /** The mean of f over the sample in standard errors from what is expected. */
  private static double deviation(Sample sample, double expected, SampleFunction f) {
    double sum = 0;
    double squares = 0;
    double[][] r = sample.rows();
    for (int i = 0; i < SAMPLE; i++) {
      double value = f.of(r[0][i], r[1][i], r[2][i], r[3][i], r[4][i], r[5][i], r[6][i]);
      sum += value - expected;
      squares += (value - expected) * (value - expected);
    }
    double mean = sum / SAMPLE;
    return mean / Math.sqrt((squares / SAMPLE - mean * mean) / SAMPLE);
  }

  private interface SampleFunction {
    double of(double w1, double w2, double h1, double h2, double k1, double k2, double a);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void incrementsAndSpaceTimeAreasAreNormal(Sample sample) {
    double[] variances = {1, 1, 1.0 / 12, 1.0 / 12, 1.0 / 720, 1.0 / 720};
    for (int r = 0; r < variances.length; r++) {
      double deviation = Math.sqrt(variances[r] * STEP);
      double[] standard = Arrays.stream(sample.rows()[r]).map(x -> x / deviation).toArray();
      assertThat(KolmogorovSmirnov.pValue(normalCdf(standard), p -> p))
          .as("row %d", r)
          .isGreaterThanOrEqualTo(1e-5);
    }
  }

  /** Any mixture of independent normals is normal: the joint law, not only the margins. */
  @ParameterizedTest
  @MethodSource("samples")
  void incrementsAndSpaceTimeAreasAreIndependent(Sample sample) {
    double[] scale = {1, 1, Math.sqrt(12), Math.sqrt(12), Math.sqrt(720), Math.sqrt(720)};
    double[][] directions = {
      {1, 1, 1, 1, 1, 1}, {1, -1, 1, -1, 1, -1}, {1, 0, -2, 0, 1, 0}, {0, 1, 0, 1, 0, -2},
      {1, 0, 0, 0, -1, 0}, {0, 0, 1, 0, 1, 0}, {1, 0, 1, 0, 0, 0}, {1, 0, 0, 1, 0, 0}
    };
    for (double[] direction : directions) {
      double norm = Math.sqrt(Arrays.stream(direction).map(c -> c * c).sum() * STEP);
      double[] mixed = new double[SAMPLE];
      for (int i = 0; i < SAMPLE; i++) {
        for (int r = 0; r < 6; r++) {
          mixed[i] += direction[r] * scale[r] * sample.rows()[r][i] / norm;
        }
      }
      assertThat(KolmogorovSmirnov.pValue(normalCdf(mixed), p -> p))
          .as(Arrays.toString(direction))
          .isGreaterThanOrEqualTo(1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theAreaHasMeanZeroAndVarianceAQuarterOfTheSquaredStep(Sample sample) {
    assertThat(deviation(sample, 0, (w1, w2, h1, h2, k1, k2, a) -> a)).isBetween(-5.0, 5.0);
    assertThat(deviation(sample, STEP * STEP / 4, (w1, w2, h1, h2, k1, k2, a) -> a * a))
        .isBetween(-5.0, 5.0);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theAreaHasItsMeanAndVarianceGivenTheIncrementAndTheSpaceTimeArea(Sample sample) {
    List<SampleFunction> tests =
        List.of(
            (w1, w2, h1, h2, k1, k2, a) -> 1,
            (w1, w2, h1, h2, k1, k2, a) -> h1 * w2,
            (w1, w2, h1, h2, k1, k2, a) -> w1 * h2,
            (w1, w2, h1, h2, k1, k2, a) -> w1 * w2,
            (w1, w2, h1, h2, k1, k2, a) -> h1 * h2,
            (w1, w2, h1, h2, k1, k2, a) -> w1 * w1,
            (w1, w2, h1, h2, k1, k2, a) -> h2 * h2);
    for (SampleFunction test : tests) {
      assertThat(
              deviation(
                  sample,
                  0,
                  (w1, w2, h1, h2, k1, k2, a) ->
                      (a - (h1 * w2 - w1 * h2)) * test.of(w1, w2, h1, h2, k1, k2, a)))
          .isBetween(-5.0, 5.0);
      assertThat(
              deviation(
                  sample,
                  0,
                  (w1, w2, h1, h2, k1, k2, a) -> {
                    double residual = a - (h1 * w2 - w1 * h2);
                    double variance = STEP * STEP / 20 + STEP / 5 * (h1 * h1 + h2 * h2);
                    return (residual * residual - variance) * test.of(w1, w2, h1, h2, k1, k2, a);
                  }))
          .isBetween(-5.0, 5.0);
    }
  }

  /** W, H, K and A of a smooth path, by Simpson's rule to 1e-13. */
  private static Map<String, Double> of(
      DoubleUnaryOperator[] path, double from, double to, String prefix) {
    int n = 4000;
    double dt = (to - from) / n;
    double[][] w = new double[2][n + 1];
    for (int c = 0; c < 2; c++) {
      for (int i = 0; i <= n; i++) {
        w[c][i] = path[c].applyAsDouble(from + i * dt) - path[c].applyAsDouble(from);
      }
    }
    double[] values = new double[7];
    for (int i = 0; i <= n && to > from; i++) {
      double weight = (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2) / (3.0 * n);
      double u = (double) i / n;
      double area = 0;
      for (int c = 0; c < 2; c++) {
        double bridge = w[c][i] - u * w[c][n];
        values[2 + c] += weight * bridge;
        values[4 + c] += weight * bridge * (0.5 - u);
        double e = 1e-3;
        double at = from + i * dt;
        double slope =
            (8 * (path[1 - c].applyAsDouble(at + e) - path[1 - c].applyAsDouble(at - e))
                    - (path[1 - c].applyAsDouble(at + 2 * e)
                        - path[1 - c].applyAsDouble(at - 2 * e)))
                / (12 * e);
        area += (c == 0 ? 0.5 : -0.5) * w[c][i] * slope;
      }
      values[6] += weight * area * (to - from);
    }
    values[0] = w[0][n];
    values[1] = w[1][n];
    Map<String, Double> leaves = new HashMap<>();
    for (int r = 0; r < 7; r++) {
      leaves.put(prefix + "[" + r + "]", values[r]);
    }
    leaves.put(prefix + ".dt", to - from);
    return leaves;
  }

  private static BrownianStep leaves(String prefix) {
    Expr all = Expr.leaf(Leaf.NOISE, prefix, Shape.vector(7));
    Shape two = Shape.vector(2);
    Expr a = all.get(6);
    return new BrownianStep(
        Expr.leaf(Leaf.STEP, prefix + ".dt"),
        all.slice(0, two),
        all.slice(2, two),
        all.slice(4, two),
        Expr.concat(List.of(Expr.ZERO, a, a.neg(), Expr.ZERO)).reshape(Shape.matrix(2, 2)));
  }

  private static double[] join(DoubleUnaryOperator[] path, double from, double cut, double to) {
    Map<String, Double> values = of(path, from, cut, "first");
    values.putAll(of(path, cut, to, "second"));
    Expr whole = Expr.of(to - from);
    return Interpreter.evaluate(rows(leaves("first").then(leaves("second"), whole)), values);
  }

  @Test
  void joinedStepsAreTheIntegralsOfThePathOverBoth() {
    DoubleUnaryOperator[] path = {t -> Math.sin(3 * t) + t * t, t -> Math.exp(t) - 2 * t};
    Map<String, Double> whole = of(path, 0.2, 1.5, "whole");
    for (double cut : new double[] {0.2, 0.3, 0.85, 1.4, 1.5}) {
      double[] joined = join(path, 0.2, cut, 1.5);
      for (int r = 0; r < joined.length; r++) {
        assertThat(joined[r])
            .as("row %d, cut at %s", r, cut)
            .isCloseTo(whole.get("whole[" + r + "]"), within(1e-9));
      }
    }
  }

  @Test
  void aStepOfSizeZeroChangesNothing() {
    Map<String, Double> values = new HashMap<>();
    Random random = new Random(5);
    for (int r = 0; r < 7; r++) {
      values.put("some[" + r + "]", random.nextGaussian());
      values.put("none[" + r + "]", 0.0);
    }
    values.put("some.dt", 0.3);
    values.put("none.dt", 0.0);
    Expr whole = Expr.of(0.3);
    double[] before =
        Interpreter.evaluate(rows(leaves("none").then(leaves("some"), whole)), values);
    double[] after = Interpreter.evaluate(rows(leaves("some").then(leaves("none"), whole)), values);
    for (int r = 0; r < 7; r++) {
      double expected = values.get("some[" + r + "]");
      assertThat(before[r]).as("row %d", r).isCloseTo(expected, within(1e-15));
      assertThat(after[r]).as("row %d", r).isCloseTo(expected, within(1e-15));
    }
  }
}
