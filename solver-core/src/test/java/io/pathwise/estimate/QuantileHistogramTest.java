package io.pathwise.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QuantileHistogramTest {
  private static final double[] PROBABILITIES = {0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1};

  private static QuantileHistogram of(double... samples) {
    QuantileHistogram histogram = new QuantileHistogram(7);
    histogram.add(samples, 0, samples.length);
    return histogram;
  }

  /** Type 7 of the sorted samples. */
  private static double exact(double[] sorted, double p) {
    double rank = p * (sorted.length - 1);
    int below = (int) Math.floor(rank);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }

  private static void quantilesAreWithinABucket(DoubleSupplier source) {
    double[] samples = new double[20_000];
    Arrays.setAll(samples, i -> source.getAsDouble());
    QuantileHistogram histogram = of(samples);
    Arrays.sort(samples);
    for (double p : PROBABILITIES) {
      double expected = exact(samples, p);
      assertThat(histogram.quantile(p))
          .as("p = %s", p)
          .isCloseTo(expected, within(Math.abs(expected) * Math.scalb(1.0, -7)));
    }
  }

  @Test
  void quantilesOfEveryKindOfDistributionAreWithinABucketsWidth() {
    Random random = new Random(7);
    quantilesAreWithinABucket(() -> 50 + random.nextGaussian());
    quantilesAreWithinABucket(() -> Math.exp(2 * random.nextGaussian()));
    quantilesAreWithinABucket(() -> -Math.exp(random.nextGaussian()));
    quantilesAreWithinABucket(() -> Math.pow(random.nextDouble(), -3)); // Pareto, infinite mean
    quantilesAreWithinABucket(() -> 1e-300 * random.nextDouble());
    quantilesAreWithinABucket(() -> 1e300 * (random.nextDouble() - 0.3));
  }

  /** In the middle of a smooth distribution, spacing samples in a bucket gains two digits. */
  @Test
  void aSmoothDistributionIsResolvedBetterThanItsBuckets() {
    Random random = new Random(8);
    double[] samples = new double[200_000];
    Arrays.setAll(samples, i -> 100 + 10 * random.nextGaussian());
    QuantileHistogram histogram = of(samples);
    Arrays.sort(samples);
    assertThat(histogram.quantile(0.25)).isCloseTo(exact(samples, 0.25), within(0.02));
    assertThat(histogram.quantile(0.5)).isCloseTo(exact(samples, 0.5), within(0.02));
  }

  @Test
  void theEndsAreExact() {
    QuantileHistogram histogram = of(3.14159, -2.71828, 0.5);
    assertThat(histogram.min()).isEqualTo(-2.71828);
    assertThat(histogram.max()).isEqualTo(3.14159);
    assertThat(histogram.count()).isEqualTo(3);
  }

  @Test
  void aConstantIsItsOwnQuantileExactly() {
    QuantileHistogram histogram = of(0.1, 0.1, 0.1);
    for (double p : PROBABILITIES) {
      assertThat(histogram.quantile(p)).isEqualTo(0.1);
    }
  }

  @Test
  void zerosOfBothSignsAreOne() {
    QuantileHistogram histogram = of(0.0, -0.0, 0.0);
    assertThat(histogram.quantile(0.5)).isZero();
    assertThat(histogram.min()).isEqualTo(0.0);
  }

  @Test
  void withoutSamplesThereIsNoQuantile() {
    assertThat(of().quantile(0.5)).isNaN();
  }

  @Test
  void whatIsNotFiniteAndWhatIsNoProbabilityIsRefused() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> of(1, bad)).hasMessageContaining("expected a finite number");
    }
    assertThatThrownBy(() -> of(1).quantile(1.1)).hasMessageContaining("p = 1.1");
    assertThatThrownBy(() -> of(1).quantile(Double.NaN)).hasMessageContaining("expected 0 to 1");
    assertThatThrownBy(() -> new QuantileHistogram(21)).hasMessageContaining("bits = 21");
    assertThatThrownBy(() -> of(1).merge(new QuantileHistogram(8)))
        .hasMessageContaining("8 bits, expected 7");
  }

  @Property
  void anySplitMergedInAnyOrderGivesTheSameQuantiles(
      @ForAll @Size(min = 1, max = 200) List<@DoubleRange(min = -1e9, max = 1e9) Double> list,
      @ForAll @IntRange(min = 1, max = 9) int parts,
      @ForAll Random order)
      throws IOException {
    double[] samples = list.stream().mapToDouble(Double::doubleValue).toArray();
    QuantileHistogram[] split = new QuantileHistogram[parts];
    Arrays.setAll(split, i -> new QuantileHistogram(7));
    for (double sample : samples) {
      split[order.nextInt(parts)].add(sample);
    }
    java.util.Collections.shuffle(Arrays.asList(split), order);
    QuantileHistogram merged = new QuantileHistogram(7);
    for (QuantileHistogram part : split) {
      merged.merge(copy(part));
    }
    QuantileHistogram whole = of(samples);
    for (double p : PROBABILITIES) {
      assertThat(merged.quantile(p)).isEqualTo(whole.quantile(p));
    }
    assertThat(merged.count()).isEqualTo(samples.length);
  }

  @Property
  void quantilesGrowWithTheirProbabilityAndStayBetweenTheEnds(
      @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = -10, max = 10) Double> list) {
    double[] samples = list.stream().mapToDouble(Double::doubleValue).toArray();
    QuantileHistogram histogram = of(samples);
    double before = histogram.min();
    for (double p = 0; p <= 1; p += 1.0 / 64) {
      double quantile = histogram.quantile(p);
      assertThat(quantile).isBetween(before, histogram.max());
      before = quantile;
    }
  }

  private static QuantileHistogram copy(QuantileHistogram histogram) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    histogram.write(new DataOutputStream(bytes));
    return QuantileHistogram.read(
        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
