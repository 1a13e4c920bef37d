package io.pathwise.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Lower;
import io.pathwise.expr.Op;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The law of the normals. Seeds are fixed; the false-alarm rate is that over seeds. */
class NormalsTest {
  private static final int COUNT = 1_000_000;
  private static final Expr FIRST = Expr.leaf(Leaf.PATH, "first");
  private static final Expr SECOND = Expr.leaf(Leaf.PATH, "second");
  private static final Map<NormalMethod, Interpreter> PAIRS =
      Map.of(
          NormalMethod.BOX_MULLER, interpreter(NormalMethod.BOX_MULLER),
          NormalMethod.INVERSE_CDF, interpreter(NormalMethod.INVERSE_CDF));
  private static final Map<NormalMethod, double[]> SAMPLES = new EnumMap<>(NormalMethod.class);

  @BeforeAll
  static void drawSamples() {
    for (NormalMethod method : NormalMethod.values()) {
      PathNormals normals = new PathNormals(method, 20110101, 3, 1);
      double[] sample = new double[COUNT];
      for (int i = 0; i < COUNT / 2; i++) {
        double[] pair = normals.pair(i, 0);
        sample[2 * i] = pair[0];
        sample[2 * i + 1] = pair[1];
      }
      SAMPLES.put(method, sample);
    }
  }

  /** 5 standard errors: false-alarm rate 6e-7 a moment. */
  @ParameterizedTest
  @EnumSource(NormalMethod.class)
  void momentsUpToOrderSixAreThoseOfAStandardNormal(NormalMethod method) {
    double[] moments = {1, 0, 1, 0, 3, 0, 15, 0, 105, 0, 945, 0, 10395};
    for (int order = 1; order <= 6; order++) {
      double sum = 0;
      for (double x : SAMPLES.get(method)) {
        sum += Math.pow(x, order);
      }
      double expected = moments[order];
      double error = Math.sqrt((moments[2 * order] - expected * expected) / COUNT);
      assertThat((sum / COUNT - expected) / error).as("order %s", order).isBetween(-5.0, 5.0);
    }
  }

  /** False-alarm rate 1e-5. */
  @ParameterizedTest
  @EnumSource(NormalMethod.class)
  void theSamplePassesAKolmogorovSmirnovTest(NormalMethod method) {
    Interpreter cdf =
        new Interpreter(List.of(Expr.apply(Op.NORMAL_CDF, Expr.leaf(Leaf.LANE, "x"))));

    assertThat(KolmogorovSmirnov.pValue(SAMPLES.get(method), x -> cdf.evaluate(leaf -> x)[0]))
        .isGreaterThanOrEqualTo(1e-5);
  }

  /** The test itself must be able to fail: a mean of 0.01 is 10 standard errors. */
  @Test
  void theKolmogorovSmirnovTestRejectsAShiftedSample() {
    Interpreter cdf =
        new Interpreter(List.of(Expr.apply(Op.NORMAL_CDF, Expr.leaf(Leaf.LANE, "x").plus(0.01))));

    assertThat(
            KolmogorovSmirnov.pValue(
                SAMPLES.get(NormalMethod.BOX_MULLER), x -> cdf.evaluate(leaf -> x)[0]))
        .isLessThan(1e-5);
    assertThat(KolmogorovSmirnov.survival(1.3581)).isBetween(0.0499, 0.0501);
  }

  /** 5 standard errors of a binomial count: false-alarm rate 6e-7 a tail, a little more far out. */
  @ParameterizedTest
  @EnumSource(NormalMethod.class)
  void tailsHoldTheirShare(NormalMethod method) {
    double[][] tails = {{1, 0.15865525393145705}, {2, 0.02275013194817921}, {3, 1.3498980316e-3}};
    for (double[] tail : tails) {
      int below = 0;
      int above = 0;
      for (double x : SAMPLES.get(method)) {
        below += x < -tail[0] ? 1 : 0;
        above += x > tail[0] ? 1 : 0;
      }
      double error = Math.sqrt(COUNT * tail[1] * (1 - tail[1]));
      assertThat((below - COUNT * tail[1]) / error).isBetween(-5.0, 5.0);
      assertThat((above - COUNT * tail[1]) / error).isBetween(-5.0, 5.0);
    }
  }

  /** 5 standard errors: false-alarm rate 6e-7 each. */
  @ParameterizedTest
  @EnumSource(NormalMethod.class)
  void membersOfAPairAndNeighbouringPathsAreUncorrelatedAndSoAreTheirSquares(NormalMethod method) {
    double[] x = SAMPLES.get(method);
    for (int lag : new int[] {1, 2, 3, 512, 1024}) {
      double product = 0;
      double squares = 0;
      int n = 0;
      for (int i = 0; i + lag < COUNT; i += lag == 1 ? 2 : 1) {
        product += x[i] * x[i + lag];
        squares += (x[i] * x[i] - 1) * (x[i + lag] * x[i + lag] - 1);
        n++;
      }
      assertThat(product / Math.sqrt(n)).as("lag %s", lag).isBetween(-5.0, 5.0);
      assertThat(squares / 2 / Math.sqrt(n)).as("squares, lag %s", lag).isBetween(-5.0, 5.0);
    }
  }

  @Test
  void theLargestBoxMullerRadiusAndTheSmallestComeFromTheEndsOfTheWord() {
    double longest = Math.sqrt(2 * 53 * Math.log(2));
    for (long angle : new long[] {0, 1L << 62, 1L << 63, -1}) {
      double[] far = pair(NormalMethod.BOX_MULLER, 0, angle);
      double[] near = pair(NormalMethod.BOX_MULLER, -1, angle);
      assertThat(Math.hypot(far[0], far[1]) / longest - 1).isBetween(-1e-15, 1e-15);
      assertThat(Math.hypot(near[0], near[1]) / 0x1p-26 - 1).isBetween(-1e-15, 1e-15);
    }
  }

  @Test
  void boxMullerIsThePolarTransformationOfItsTwoUniforms() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 100_000; i++) {
      long first = random.nextLong();
      long second = random.nextLong();
      double u = ((first >>> 12) + 0.5) * 0x1p-52;
      double angle = StrictMath.PI * ((second >>> 12) * 0x1p-51 - 0.5);
      double radius = Math.sqrt(-2 * StrictMath.log(u));
      double[] pair = pair(NormalMethod.BOX_MULLER, first, second);

      // StrictMath's angle carries a rounding error of up to 4.4e-16.
      Offset<Double> tolerance = within(radius * 2e-15);
      assertThat(pair[0]).isCloseTo(radius * StrictMath.cos(angle), tolerance);
      assertThat(pair[1]).isCloseTo(radius * StrictMath.sin(angle), tolerance);
    }
  }

  @Test
  void theInverseCdfNormalIncreasesInItsWordAndChangesSignWithItsComplement() {
    SplittableRandom random = new SplittableRandom(6);
    double previous = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < 65536; i++) {
      long word = (long) i << 48 | random.nextLong() >>> 16;
      double x = inverse(word);
      assertThat(x).isGreaterThan(previous);
      assertThat(inverse(~word)).isEqualTo(-x);
      previous = x;
    }
    assertThat(inverse(0)).isBetween(-8.21, -8.20);
    assertThat(inverse(-1)).isBetween(8.20, 8.21);
  }

  @ParameterizedTest
  @EnumSource(NormalMethod.class)
  void theSymbolicNormalsArePrimitiveAndStayTheSameWhenLowered(NormalMethod method) {
    Normals.Pair pair = method.pair(FIRST, SECOND);
    List<Expr> outputs = List.of(pair.cosine(), pair.sine());

    assertThat(Graph.topological(outputs))
        .allMatch(node -> node.op().primitive() || node.args().isEmpty());
    assertThat(Graph.digest(Lower.lower(outputs))).isEqualTo(Graph.digest(outputs));
  }

  private static double inverse(long word) {
    return pair(NormalMethod.INVERSE_CDF, word, word)[0];
  }

  private static double[] pair(NormalMethod method, long first, long second) {
    return PAIRS
        .get(method)
        .evaluate(leaf -> Double.NaN, leaf -> leaf.equals(FIRST) ? first : second);
  }

  private static Interpreter interpreter(NormalMethod method) {
    Normals.Pair pair = method.pair(FIRST, SECOND);
    return new Interpreter(List.of(pair.cosine(), pair.sine()));
  }
}
