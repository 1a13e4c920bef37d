package io.pathwise.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SobolTest {
  private static final int BITS = 10;
  private static final List<long[]> ALL = SobolDirections.of(SobolDirections.DIMENSIONS, BITS);

  private static final Expr INDEX = Expr.leaf(Leaf.PATH, "path");

  /** The digits of coordinate d, from 1, of all points in binary order. */
  private static long[] digits(int dimension) {
    List<Expr> directions = Arrays.stream(ALL.get(dimension - 1)).mapToObj(Expr::word).toList();
    Interpreter point = new Interpreter(List.of(Sobol.coordinate(INDEX, directions)));
    return LongStream.range(0, 1 << BITS)
        .map(i -> point.evaluateWords(leaf -> 0, leaf -> i)[0])
        .toArray();
  }

  /** The same points in the order of Antonov and Saleev (1979), which others list them in. */
  private static double grayOrder(int dimension, int number) {
    return (digits(dimension)[number ^ (number >> 1)] >>> 11) * 0x1p-53;
  }

  private static long[] scrambled(int dimension, long seed) {
    long[] first = Threefry.block(seed, 0, dimension, 0);
    Threefry.Words keys = new Threefry.Words(Expr.word(first[0]), Expr.word(first[1]));
    Interpreter hash = new Interpreter(List.of(OwenScramble.scramble(INDEX, keys)));
    return Arrays.stream(digits(dimension))
        .map(x -> hash.evaluateWords(leaf -> 0, leaf -> x)[0])
        .toArray();
  }

  /** The first points that Joe and Kuo print with their direction numbers. */
  @Test
  void theFirstPointsAreThoseOfTheAuthors() {
    double[][] expected = {
      {0, 0, 0},
      {0.5, 0.5, 0.5},
      {0.75, 0.25, 0.25},
      {0.25, 0.75, 0.75},
      {0.375, 0.375, 0.625},
      {0.875, 0.875, 0.125},
      {0.625, 0.125, 0.875},
      {0.125, 0.625, 0.375},
      {0.1875, 0.3125, 0.9375},
      {0.6875, 0.8125, 0.4375}
    };
    for (int i = 0; i < expected.length; i++) {
      for (int d = 1; d <= 3; d++) {
        assertThat(grayOrder(d, i))
            .as("point %d, dimension %d", i, d)
            .isEqualTo(expected[i][d - 1]);
      }
    }
  }

  /** Points 3, 100 and 1,000 by SciPy 1.17's unscrambled generator with the same numbers. */
  @Test
  void pointsOfHighDimensionsAreThoseOfAnotherImplementation() {
    int[] dimensions = {3, 10, 50, 1000, 1111, 10_000, 21_200, 21_201};
    double[][] expected = {
      {0.75, 0.7734375, 0.5185546875},
      {0.25, 0.6953125, 0.0693359375},
      {0.25, 0.6640625, 0.4794921875},
      {0.25, 0.9140625, 0.2001953125},
      {0.25, 0.4609375, 0.3701171875},
      {0.75, 0.7109375, 0.4326171875},
      {0.25, 0.8671875, 0.9462890625},
      {0.25, 0.5703125, 0.0830078125}
    };
    for (int d = 0; d < dimensions.length; d++) {
      assertThat(
              new double[] {
                grayOrder(dimensions[d], 3),
                grayOrder(dimensions[d], 100),
                grayOrder(dimensions[d], 1000)
              })
          .as("dimension %d", dimensions[d])
          .containsExactly(expected[d]);
    }
  }

  @Test
  void everyScrambledCoordinateHasOnePointInEachOfItsIntervals() {
    for (int d : new int[] {1, 2, 3, 50, 1234, 21_201}) {
      for (int k = 1; k <= BITS; k++) {
        int shift = 64 - k;
        long[] counts = new long[1 << k];
        Arrays.stream(scrambled(d, 7)).forEach(x -> counts[(int) (x >>> shift)]++);
        assertThat(counts).as("dimension %d", d).containsOnly(1L << (BITS - k));
      }
    }
  }

  /** The first two dimensions are a (0, m, 2)-net, the first three a (1, m, 3)-net at most. */
  @Test
  void scrambledPointsStayANet() {
    long[] x = scrambled(1, 11);
    long[] y = scrambled(2, 11);
    long[] z = scrambled(3, 11);
    for (int a = 0; a <= BITS; a++) {
      int b = BITS - a;
      assertThat(cells(new long[][] {x, y}, new int[] {a, b})).containsOnly(1);
      for (int c = 0; c + a < BITS; c++) {
        int[] digits = {a, BITS - 1 - a - c, c};
        assertThat(cells(new long[][] {x, y, z}, digits)).containsOnly(2);
      }
    }
  }

  /** How many points lie in each elementary interval of 2^-digits in each coordinate. */
  private static int[] cells(long[][] points, int[] digits) {
    int[] counts = new int[1 << Arrays.stream(digits).sum()];
    for (int i = 0; i < points[0].length; i++) {
      int cell = 0;
      for (int d = 0; d < digits.length; d++) {
        int digit = digits[d] == 0 ? 0 : (int) (points[d][i] >>> (64 - digits[d]));
        cell = (cell << digits[d]) + digit;
      }
      counts[cell]++;
    }
    return counts;
  }

  /** p >= 1e-5 for each of five points: a false alarm in 1 of 20,000 seeds; the seeds are fixed. */
  @Test
  void aScrambledPointIsUniformOverTheSeeds() {
    for (int point : new int[] {0, 1, 2, 512, 1023}) {
      double[] sample =
          LongStream.range(0, 2000)
              .mapToDouble(
                  seed -> {
                    long[] keys = Threefry.block(seed, 5, 2, 0);
                    Interpreter hash =
                        new Interpreter(
                            List.of(
                                OwenScramble.scramble(
                                    INDEX,
                                    new Threefry.Words(Expr.word(keys[0]), Expr.word(keys[1])))));
                    long x = (long) point << (64 - BITS);
                    return (hash.evaluateWords(leaf -> 0, leaf -> x)[0] >>> 11) * 0x1p-53;
                  })
              .toArray();
      assertThat(KolmogorovSmirnov.pValue(sample, u -> u)).isGreaterThan(1e-5);
    }
  }

  /**
   * The flips of a digit after two different prefixes are independent: their correlation over 4,000
   * keys within 5 of its standard errors, for all 120 pairs of four digits.
   */
  @Test
  void flipsAfterDifferentPrefixesAreUncorrelated() {
    int seeds = 4000;
    int[][] flips = new int[16][seeds];
    Expr first = Expr.leaf(Leaf.WORD, "first");
    Expr second = Expr.leaf(Leaf.WORD, "second");
    Interpreter hash =
        new Interpreter(List.of(OwenScramble.scramble(INDEX, new Threefry.Words(first, second))));
    for (int s = 0; s < seeds; s++) {
      long[] keys = Threefry.block(s, 9, 9, 9);
      for (int prefix = 0; prefix < 16; prefix++) {
        long x = (long) prefix << 60;
        long y =
            hash.evaluateWords(
                    leaf -> 0,
                    leaf -> leaf.equals(first) ? keys[0] : leaf.equals(second) ? keys[1] : x)[0];
        flips[prefix][s] = (y >>> 59 & 1) == 0 ? -1 : 1;
      }
    }
    for (int p = 0; p < 16; p++) {
      for (int q = 0; q < p; q++) {
        double sum = 0;
        for (int s = 0; s < seeds; s++) {
          sum += flips[p][s] * flips[q][s];
        }
        assertThat(sum / seeds).isCloseTo(0, within(5 / Math.sqrt(seeds)));
      }
    }
  }

  @Test
  void moreDimensionsThanThereAreNumbersForAreRefused() {
    assertThatThrownBy(() -> SobolDirections.of(21_202, 4))
        .hasMessageContaining("21202 Sobol dimensions")
        .hasMessageContaining("at most 21201");
  }
}
