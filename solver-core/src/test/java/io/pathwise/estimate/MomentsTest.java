package io.pathwise.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MomentsTest {

  private static Moments of(double shift, double... samples) {
    double sum = 0;
    double squares = 0;
    for (double sample : samples) {
      sum += sample - shift;
      squares += (sample - shift) * (sample - shift);
    }
    return Moments.fromShiftedSums(samples.length, shift, sum, squares);
  }

  @Test
  void fourNumbersHaveTheirMeanUnbiasedVarianceAndStandardError() {
    Moments moments = of(0, 1, 2, 3, 6);
    assertThat(moments.mean()).isEqualTo(3);
    assertThat(moments.variance()).isCloseTo(14.0 / 3, within(1e-15));
    assertThat(moments.standardError()).isCloseTo(Math.sqrt(14.0 / 12), within(1e-15));
  }

  @Test
  void withoutSamplesNothingIsKnown() {
    Moments none = of(5);
    assertThat(none.count()).isZero();
    assertThat(none.mean()).isNaN();
    assertThat(none.variance()).isNaN();
    assertThat(none.standardError()).isNaN();
  }

  @Test
  void oneSampleHasAMeanAndNoSpread() {
    Moments one = of(5, 7);
    assertThat(one.mean()).isEqualTo(7);
    assertThat(one.variance()).isNaN();
    assertThat(one.standardError()).isNaN();
  }

  @Test
  void aNegativeCountIsRefused() {
    assertThatThrownBy(() -> Moments.fromShiftedSums(-1, 0, 0, 0))
        .hasMessageContaining("-1 samples");
  }

  @Test
  void aConstantHasNoVarianceWhateverTheShift() {
    assertThat(of(0, 0.1, 0.1, 0.1).variance()).isCloseTo(0, within(1e-17));
    assertThat(of(0.1, 0.1, 0.1, 0.1).variance()).isZero();
  }

  /** Against exact arithmetic on the same sums: the formula itself loses next to nothing. */
  @Test
  void theVarianceOfBadlyShiftedSumsIsThatOfExactArithmetic() {
    Random random = new Random(1);
    for (int trial = 0; trial < 5_000; trial++) {
      long n = 2L + random.nextInt(1_000_000);
      double mean = Math.scalb(1 + random.nextDouble(), random.nextInt(20));
      double sum = n * mean;
      double spread = Math.scalb(random.nextDouble(), -random.nextInt(60));
      double squares = sum * mean * (1 + spread);
      BigDecimal exactSum = new BigDecimal(sum);
      BigDecimal exact =
          new BigDecimal(squares)
              .subtract(
                  exactSum.multiply(exactSum).divide(new BigDecimal(n), MathContext.DECIMAL128))
              .divide(new BigDecimal(n - 1), MathContext.DECIMAL128);
      double variance = Moments.fromShiftedSums(n, 0, sum, squares).variance();
      double expected = Math.max(0, exact.doubleValue());
      assertThat(variance)
          .isCloseTo(expected, within(4 * Math.ulp(expected) + Math.scalb(squares / n, -100)));
    }
  }

  /** Samples of variance 1 at 1e8: their shift keeps what sums about 0 have lost. */
  @Test
  void aShiftNearTheMeanKeepsTheDigitsOfTheVarianceOfTheSamples() {
    Random random = new Random(2);
    double[] samples = random.doubles(10_000, 1e8 - 2, 1e8 + 2).toArray();
    double exact = exactVariance(samples);
    assertThat(of(1e8, samples).variance()).isCloseTo(exact, within(1e-12 * exact));
    assertThat(of(1e8 + 10, samples).variance()).isCloseTo(exact, within(1e-10 * exact));
    assertThat(of(0, samples).variance()).isNotCloseTo(exact, within(1e-3 * exact));
  }

  private static double exactVariance(double... samples) {
    BigDecimal n = new BigDecimal(samples.length);
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal squares = BigDecimal.ZERO;
    for (double sample : samples) {
      BigDecimal exact = new BigDecimal(sample);
      sum = sum.add(exact);
      squares = squares.add(exact.multiply(exact));
    }
    return squares
        .subtract(sum.multiply(sum).divide(n, new MathContext(60)))
        .divide(n.subtract(BigDecimal.ONE), MathContext.DECIMAL128)
        .doubleValue();
  }

  @Test
  void sumsOfMoreSamplesThanAnIntCountsKeepTheirDigits() {
    long n = 100_000_000_000L;
    Moments moments = Moments.fromShiftedSums(n, 100, 0.25 * n, 1.0625 * n);
    assertThat(moments.mean()).isEqualTo(100.25);
    assertThat(moments.variance()).isCloseTo(n / (n - 1.0), within(1e-15));
    assertThat(moments.standardError()).isCloseTo(1 / Math.sqrt(n - 1.0), within(1e-20));
  }

  @Test
  void sumsThatAreNotFiniteHaveNoFiniteVariance() {
    assertThat(Moments.fromShiftedSums(3, 0, Double.NaN, 1).variance()).isNaN();
    assertThat(Moments.fromShiftedSums(3, 0, 1, Double.NaN).variance()).isNaN();
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(Moments.fromShiftedSums(3, 0, infinity, infinity).variance()).isNaN();
    assertThat(Moments.fromShiftedSums(3, 0, 1e200, infinity).variance()).isNaN();
    assertThat(Moments.fromShiftedSums(3, 0, 1, infinity).variance()).isInfinite();
  }

  @Property
  void theShiftDoesNotMatterBeyondRounding(
      @ForAll @Size(min = 2, max = 50) List<@DoubleRange(min = -100, max = 100) Double> list,
      @ForAll @DoubleRange(min = -100, max = 100) double shift) {
    double[] samples = list.stream().mapToDouble(Double::doubleValue).toArray();
    Moments shifted = of(shift, samples);
    Moments plain = of(0, samples);
    assertThat(shifted.mean()).isCloseTo(plain.mean(), within(1e-10));
    assertThat(shifted.variance()).isCloseTo(plain.variance(), within(1e-8));
  }

  @Property
  void scalingByAPowerOfTwoIsExact(
      @ForAll @Size(min = 2, max = 50) List<@DoubleRange(min = -100, max = 100) Double> list) {
    double[] samples = list.stream().mapToDouble(Double::doubleValue).toArray();
    double[] scaled = samples.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= 8;
    }
    assertThat(of(0, scaled).mean()).isEqualTo(8 * of(0, samples).mean());
    assertThat(of(0, scaled).variance()).isCloseTo(64 * of(0, samples).variance(), within(1e-300));
  }

  @Property
  void theVarianceIsNeverNegative(
      @ForAll @Size(min = 2, max = 20)
          List<@DoubleRange(min = 1e6, max = 1.000001e6) Double> list) {
    double[] samples = list.stream().mapToDouble(Double::doubleValue).toArray();
    assertThat(of(0, samples).variance()).isNotNegative();
  }
}
