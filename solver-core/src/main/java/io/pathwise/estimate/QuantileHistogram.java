package io.pathwise.estimate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Quantiles of any number of samples in little memory, the same whatever the order of adding and
 * merging: counts of buckets that are the leading bits of the samples (sign, exponent and the first
 * bits of the mantissa); 0 is a bucket of its own.
 *
 * <p>An order statistic is within 2^-bits of itself (below 2^-1022: within 2^(-1022 - bits)), the
 * first and the last are exact. Hence so is a quantile between two of the same sign; between two of
 * different sign the error is within 2^-bits of the larger. Inside a bucket samples are taken as
 * equally spaced, which does much better where the distribution is smooth.
 *
 * <p>Buckets are kept in pages of {@value #PAGE}, and a page is made when a sample first falls into
 * it; adding allocates nothing else. Not thread-safe.
 */
public final class QuantileHistogram {
  private static final int PAGE_BITS = 10;

  /** Buckets a page. */
  static final int PAGE = 1 << PAGE_BITS;

  private static final int MANTISSA = 52;
  private static final int MOST_BITS = 20;

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
    if (bits < 0 || bits > MOST_BITS) {
      throw new IllegalArgumentException("bits = " + bits + ", expected 0 to " + MOST_BITS);
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
    long bucket = bucket(sample);
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
    if (rank == below) {
      return lower;
    }
    double upper = orderStatistic(below + 1);
    double weight = rank - below;
    double gap = upper - lower;
    return gap < Double.POSITIVE_INFINITY
        ? Math.min(upper, lower + weight * gap)
        : (1 - weight) * lower + weight * upper;
  }

  /** The sample with {@code rank} samples below it: exact at the ends, else from its bucket. */
  private double orderStatistic(long rank) {
    if (rank == 0) {
      return min;
    }
    long before = 0;
    for (int p = 0; p < pages.length && rank < count - 1; p++) {
      for (int i = 0; i < PAGE; i++) {
        long inBucket = pages[p][i];
        if (rank < before + inBucket) {
          long bucket = (numbers[p] << PAGE_BITS) + i;
          double low = Math.max(min, lowerEdge(bucket));
          double high = Math.min(max, upperEdge(bucket));
          return low + (high - low) * ((rank - before + 0.5) / inBucket);
        }
        before += inBucket;
      }
    }
    return max;
  }

  /** The number of a sample's bucket: negative, 0 or positive like the sample. */
  private long bucket(double sample) {
    long word = ordered(Double.doubleToRawLongBits(sample));
    return (word >> shift) + (-word >>> 63);
  }

  private double lowerEdge(long bucket) {
    return edge(bucket > 0 ? bucket - 1 : bucket);
  }

  private double upperEdge(long bucket) {
    return edge(bucket < 0 ? bucket + 1 : bucket);
  }

  private double edge(long number) {
    return Double.longBitsToDouble(ordered(number << shift));
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

  /**
   * Writes the state, to be read by {@link #read}. Counts are variable-length integers, and empty
   * buckets in a row are one number: a bucket that holds something mostly takes two bytes.
   */
  public void write(DataOutput out) throws IOException {
    out.writeInt(bits);
    out.writeLong(count);
    out.writeDouble(min);
    out.writeDouble(max);
    out.writeInt(numbers.length);
    for (int p = 0; p < numbers.length; p++) {
      out.writeLong(numbers[p]);
      writeCounts(out, pages[p]);
    }
  }

  /**
   * For each bucket that holds something, the empty ones before it and its count; then the rest.
   */
  private static void writeCounts(DataOutput out, long[] page) throws IOException {
    int empty = 0;
    for (long inBucket : page) {
      if (inBucket == 0) {
        empty++;
      } else {
        Varints.write(out, empty);
        Varints.write(out, inBucket);
        empty = 0;
      }
    }
    if (empty > 0) {
      Varints.write(out, empty);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the counts of the buckets cannot be those of a histogram
   */
  public static QuantileHistogram read(DataInput in) throws IOException {
    int bits = in.readInt();
    if (bits < 0 || bits > MOST_BITS) {
      throw new IOException("a histogram of " + bits + " bits, expected 0 to " + MOST_BITS);
    }
    QuantileHistogram read = new QuantileHistogram(bits);
    read.count = in.readLong();
    read.min = in.readDouble();
    read.max = in.readDouble();
    long samples = 0;
    for (int p = in.readInt(); p > 0; p--) {
      samples += readCounts(in, read.page(in.readLong()));
    }
    if (samples != read.count) {
      throw new IOException(
          "a histogram of " + read.count + " samples, expected the " + samples + " of its buckets");
    }
    return read;
  }

  /** Fills a page; returns its samples. */
  private static long readCounts(DataInput in, long[] page) throws IOException {
    long samples = 0;
    long i = Varints.read(in);
    while (i >= 0 && i < PAGE) {
      long inBucket = Varints.read(in);
      if (inBucket <= 0) {
        throw new IOException("a bucket of " + inBucket + " samples, expected at least 1");
      }
      page[(int) i] = inBucket;
      samples += inBucket;
      i++;
      i += i < PAGE ? Varints.read(in) : 0;
    }
    if (i != PAGE) {
      throw new IOException("bucket " + i + " of a page of " + PAGE);
    }
    return samples;
  }
}
