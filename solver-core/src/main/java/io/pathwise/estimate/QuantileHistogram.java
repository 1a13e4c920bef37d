package io.pathwise.estimate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Quantiles of any number of samples in little memory, the same whatever the order of adding and
 * merging: counts of buckets that are the leading bits of the samples (sign, exponent and the first
 * bits of the mantissa). A bucket is at most 2^-bits wide relative to its samples, and so is the
 * error of a quantile; inside a bucket samples are taken as equally spaced, which does much better
 * where the distribution is smooth.
 *
 * <p>Buckets are kept in pages of {@value #PAGE}, and a page is made when a sample first falls into
 * it. Not thread-safe.
 */
public final class QuantileHistogram {
  private static final int PAGE_BITS = 10;

  /** Buckets a page. */
  static final int PAGE = 1 << PAGE_BITS;

  private static final int MANTISSA = 52;

  private final int bits;
  private final int shift;
  private long[] numbers = new long[0];
  private long[][] pages = new long[0][];
  private int last;
  private long count;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /**
   * A histogram of no samples.
   *
   * @param bits mantissa bits of a bucket, 0 to 20: relative widths of 1 to a millionth
   */
  public QuantileHistogram(int bits) {
    if (bits < 0 || bits > 20) {
      throw new IllegalArgumentException("bits = " + bits + ", expected 0 to 20");
    }
    this.bits = bits;
    this.shift = MANTISSA - bits;
  }

  /**
   * Adds {@code n} samples from {@code values[from]} on.
   *
   * @throws IllegalArgumentException if one is not finite
   */
  public void add(double[] values, int from, int n) {
    for (int i = from; i < from + n; i++) {
      add(values[i]);
    }
  }

  /**
   * Adds a sample.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public void add(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("sample " + value + ", expected a finite number");
    }
    double sample = value + 0.0; // -0 becomes 0
    long bucket = ordered(Double.doubleToRawLongBits(sample)) >> shift;
    page(bucket >> PAGE_BITS)[(int) bucket & (PAGE - 1)]++;
    count++;
    min = Math.min(min, sample);
    max = Math.max(max, sample);
  }

  /** Adds all samples of another histogram with as many bits. */
  public void merge(QuantileHistogram other) {
    if (other.bits != bits) {
      throw new IllegalArgumentException(
          "a histogram of " + other.bits + " bits, expected " + bits);
    }
    for (int p = 0; p < other.numbers.length; p++) {
      long[] page = page(other.numbers[p]);
      for (int i = 0; i < PAGE; i++) {
        page[i] += other.pages[p][i];
      }
    }
    count += other.count;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  /** The number of samples. */
  public long count() {
    return count;
  }

  /** The smallest sample, exactly; infinite without samples. */
  public double min() {
    return min;
  }

  /** The largest sample, exactly; minus infinity without samples. */
  public double max() {
    return max;
  }

  /**
   * The quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996).
   *
   * @param p between 0 and 1
   * @return NaN without samples
   */
  public double quantile(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("p = " + p + ", expected 0 to 1");
    }
    if (count == 0) {
      return Double.NaN;
    }
    double rank = p * (count - 1);
    long below = (long) Math.floor(rank);
    double lower = orderStatistic(below);
    return rank == below ? lower : lower + (rank - below) * (orderStatistic(below + 1) - lower);
  }

  /** The sample with {@code rank} samples below it, taken from its bucket. */
  private double orderStatistic(long rank) {
    long before = 0;
    for (int p = 0; p < pages.length; p++) {
      for (int i = 0; i < PAGE; i++) {
        long inBucket = pages[p][i];
        if (rank < before + inBucket) {
          long bucket = (numbers[p] << PAGE_BITS) + i;
          double low = Math.max(min, edge(bucket));
          double high = Math.min(max, edge(bucket + 1));
          return low + (high - low) * ((rank - before + 0.5) / inBucket);
        }
        before += inBucket;
      }
    }
    return max;
  }

  /** The lower end of a bucket. */
  private double edge(long bucket) {
    return Double.longBitsToDouble(ordered(bucket << shift));
  }

  /** Maps the bits of doubles to integers in the same order; its own inverse. */
  private static long ordered(long word) {
    return word ^ ((word >> 63) & Long.MAX_VALUE);
  }

  private long[] page(long number) {
    if (last < numbers.length && numbers[last] == number) {
      return pages[last];
    }
    int found = Arrays.binarySearch(numbers, number);
    if (found < 0) {
      found = -found - 1;
      numbers = Arrays.copyOf(numbers, numbers.length + 1);
      pages = Arrays.copyOf(pages, pages.length + 1);
      System.arraycopy(numbers, found, numbers, found + 1, numbers.length - 1 - found);
      System.arraycopy(pages, found, pages, found + 1, pages.length - 1 - found);
      numbers[found] = number;
      pages[found] = new long[PAGE];
    }
    last = found;
    return pages[found];
  }

  /** Writes the state, to be read by {@link #read}. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(bits);
    out.writeLong(count);
    out.writeDouble(min);
    out.writeDouble(max);
    out.writeInt(numbers.length);
    for (int p = 0; p < numbers.length; p++) {
      out.writeLong(numbers[p]);
      for (long inBucket : pages[p]) {
        out.writeLong(inBucket);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static QuantileHistogram read(DataInput in) throws IOException {
    QuantileHistogram read = new QuantileHistogram(in.readInt());
    read.count = in.readLong();
    read.min = in.readDouble();
    read.max = in.readDouble();
    for (int p = in.readInt(); p > 0; p--) {
      long[] page = read.page(in.readLong());
      for (int i = 0; i < PAGE; i++) {
        page[i] = in.readLong();
      }
    }
    return read;
  }
}
