package io.pathwise.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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
  void theFirstAndTheLastQuantileAreTheEndsExactly() {
    for (double[] samples : new double[][] {{1, 1.0001, 1.0002}, {-7.5, -7.4999}, {-1, 0, 2}}) {
      QuantileHistogram histogram = of(samples);
      assertThat(histogram.quantile(0)).isEqualTo(samples[0]);
      assertThat(histogram.quantile(1)).isEqualTo(samples[samples.length - 1]);
    }
  }

  @Test
  void aQuantileAmongZerosIsZeroWhateverElseThereIs() {
    for (double other : new double[] {1, -1, 1e300, Double.MIN_VALUE, -Double.MIN_VALUE}) {
      QuantileHistogram histogram = of(0, 0, other, 0, 0);
      assertThat(histogram.quantile(0.5)).as("with %s", other).isEqualTo(0.0);
      assertThat(histogram.quantile(0.25)).as("with %s", other).isEqualTo(0.0);
      assertThat(histogram.quantile(0.75)).as("with %s", other).isEqualTo(0.0);
    }
    QuantileHistogram both = of(-2, -1, 0, 0, 0, 0, 0, 1, 2);
    assertThat(both.quantile(0.5)).isEqualTo(0.0);
    assertThat(both.quantile(0.25)).isEqualTo(0.0);
    assertThat(both.quantile(0.125)).isCloseTo(-1, within(Math.scalb(1.0, -7)));
  }

  @Test
  void theLeastAndTheGreatestNumbersHaveQuantiles() {
    double max = Double.MAX_VALUE;
    assertThat(of(-max, max).quantile(0.5)).isEqualTo(0.0);
    assertThat(of(-max, max).quantile(0.75)).isCloseTo(max / 2, within(max * 1e-15));
    assertThat(of(max, max, max).quantile(0.5)).isEqualTo(max);
    double tiny = Double.MIN_VALUE;
    assertThat(of(-tiny, tiny, tiny).quantile(0.5)).isBetween(0.0, tiny);
    assertThat(of(-3 * tiny, -2 * tiny, -tiny).quantile(0.5))
        .isCloseTo(0, within(Math.scalb(1.0, -1022 - 7)));
  }

  @Property
  void quantilesOfTheNegativesAreTheNegativesOfTheQuantiles(
      @ForAll @Size(min = 1, max = 100) List<@DoubleRange(min = -50, max = 50) Double> list) {
    double[] samples = list.stream().mapToDouble(Double::doubleValue).toArray();
    double[] negatives = Arrays.stream(samples).map(x -> -x).toArray();
    for (double p : new double[] {0, 0.125, 0.25, 0.5, 0.75, 0.875, 1}) {
      double quantile = of(samples).quantile(p);
      assertThat(-of(negatives).quantile(1 - p))
          .isCloseTo(quantile, within(50 * Math.scalb(1.0, -50)));
    }
  }

  /** Every order statistic is taken from the bucket of the true one, for every width. */
  @Property
  void everyOrderStatisticIsWithinItsBucket(
      @ForAll @Size(min = 1, max = 60) List<@From("finite") Double> list,
      @ForAll @IntRange(min = 0, max = 20) int bits) {
    double[] samples = list.stream().mapToDouble(Double::doubleValue).toArray();
    QuantileHistogram histogram = new QuantileHistogram(bits);
    histogram.add(samples, 0, samples.length);
    Arrays.sort(samples);
    for (int i = 0; i < samples.length; i++) {
      double p = samples.length == 1 ? 0.5 : (double) i / (samples.length - 1);
      if (p * (samples.length - 1) == i) {
        double bound = Math.max(Math.abs(samples[i]), Double.MIN_NORMAL) * Math.scalb(1.0, -bits);
        assertThat(histogram.quantile(p)).isCloseTo(samples[i], within(bound));
      }
    }
  }

  @Provide
  Arbitrary<Double> finite() {
    return Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
  }

  @Test
  void addingAllocatesNothingOnceTheRangeIsCovered() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double[] samples = new double[10_000];
    Random random = new Random(3);
    Arrays.setAll(samples, i -> random.nextGaussian());
    QuantileHistogram histogram = of(samples);
    long before = threads.getCurrentThreadAllocatedBytes();
    long alone = threads.getCurrentThreadAllocatedBytes() - before;
    before = threads.getCurrentThreadAllocatedBytes();
    histogram.add(samples, 0, samples.length);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThanOrEqualTo(alone);
    assertThat(histogram.count()).isEqualTo(20_000);
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
    Collections.shuffle(Arrays.asList(split), order);
    QuantileHistogram merged = new QuantileHistogram(7);
    for (QuantileHistogram part : split) {
      merged.merge(copy(part));
    }
    QuantileHistogram whole = of(samples);
    assertThat(bytes(merged)).isEqualTo(bytes(whole));
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

  @Test
  void bytesThatAreNoHistogramAreRefused() throws IOException {
    byte[] sound = bytes(of(1, 2, 3));
    assertThatThrownBy(() -> read(changed(sound, 0, 21)))
        .isInstanceOf(IOException.class)
        .hasMessage("a histogram of 21 bits, expected 0 to 20");
    assertThatThrownBy(() -> read(changed(sound, 8, 4)))
        .isInstanceOf(IOException.class)
        .hasMessage("a histogram of 4 samples, expected the 3 of its buckets");
    int firstPage = 4 + 8 + 8 + 8 + 4 + 8;
    assertThatThrownBy(() -> read(changed(sound, firstPage, -1)))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("bucket \\d+ of a page of 1024");
    byte[] nothing = sound.clone();
    nothing[firstPage + 1] = 0; // a count behind an empty run of one byte
    nothing[firstPage] = 0;
    assertThatThrownBy(() -> read(nothing))
        .isInstanceOf(IOException.class)
        .hasMessage("a bucket of 0 samples, expected at least 1");
    byte[] endless = sound.clone();
    Arrays.fill(endless, firstPage, endless.length, (byte) 0x80);
    assertThatThrownBy(() -> read(endless)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read(Arrays.copyOf(sound, sound.length - 1)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aHistogramOfASpreadSampleTakesTwoBytesABucketThatHoldsSomething() throws IOException {
    QuantileHistogram histogram = new QuantileHistogram(12);
    for (int i = 0; i < 100_000; i++) {
      histogram.add(100 + 50 * Math.sin(i));
    }
    QuantileHistogram read = copy(histogram);
    assertThat(bytes(read)).isEqualTo(bytes(histogram)).hasSizeLessThan(2 * 8 * 1024);
    assertThat(read.quantile(0.3)).isEqualTo(histogram.quantile(0.3));
  }

  private static byte[] changed(byte[] bytes, int at, int number) {
    return ByteBuffer.wrap(bytes.clone()).putInt(at, number).array();
  }

  private static byte[] bytes(QuantileHistogram histogram) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    histogram.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static QuantileHistogram read(byte[] bytes) throws IOException {
    return QuantileHistogram.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  private static QuantileHistogram copy(QuantileHistogram histogram) throws IOException {
    return read(bytes(histogram));
  }
}
