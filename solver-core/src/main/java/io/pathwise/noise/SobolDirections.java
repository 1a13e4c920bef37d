package io.pathwise.noise;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The direction numbers of Joe and Kuo (2008), "Constructing Sobol sequences with better
 * two-dimensional projections": their set new-joe-kuo-6, whose two-dimensional projections are good
 * in the low dimensions first, which a Brownian bridge makes the important ones.
 */
public final class SobolDirections {
  /** The number of dimensions that there are direction numbers for. */
  public static final int DIMENSIONS = 21_201;

  private static final String RESOURCE = "joe-kuo-6.bits";

  private SobolDirections() {}

  /**
   * The first direction numbers of the first dimensions: v_i of dimension d as a binary fraction in
   * a 64-bit word, its first digit the highest bit.
   *
   * @param dimensions how many dimensions
   * @param count how many numbers, at most 52: enough for 2^count points
   * @return an array a dimension, of {@code count} words
   * @throws IllegalArgumentException if there are not so many
   */
  public static List<long[]> of(int dimensions, int count) {
    if (dimensions > DIMENSIONS || count < 0 || count > 52) {
      throw new IllegalArgumentException(
          dimensions
              + " Sobol dimensions of 2^"
              + count
              + " points, expected at most "
              + DIMENSIONS
              + " dimensions (steps times normals a step) and 2^52 points: use fewer steps, or"
              + " pseudo-random noise");
    }
    List<long[]> all = new ArrayList<>();
    long[] first = new long[count];
    for (int i = 0; i < count; i++) {
      first[i] = 1L << (63 - i);
    }
    if (dimensions > 0) {
      all.add(first);
    }
    Bits bits = new Bits(resource());
    while (all.size() < dimensions) {
      all.add(recurrence(bits, count));
    }
    return all;
  }

  /**
   * The recurrence of Sobol (1967) in the notation of Bratley and Fox (1988, "Algorithm 659"): m_i
   * = 2 a_1 m_(i-1) ^ .. ^ 2^(s-1) a_(s-1) m_(i-s+1) ^ 2^s m_(i-s) ^ m_(i-s), v_i = m_i 2^-i.
   */
  private static long[] recurrence(Bits bits, int count) {
    int degree = bits.next(5);
    int inner = bits.next(degree - 1);
    long[] v = new long[Math.max(count, degree)];
    for (int i = 0; i < v.length; i++) {
      if (i < degree) {
        v[i] = (2L * bits.next(i) + 1) << (63 - i);
        continue;
      }
      v[i] = v[i - degree] ^ (v[i - degree] >>> degree);
      for (int k = 1; k < degree; k++) {
        if ((inner >> (degree - 1 - k) & 1) != 0) {
          v[i] ^= v[i - k];
        }
      }
    }
    return v.length == count ? v : Arrays.copyOf(v, count);
  }

  private static byte[] resource() {
    try (InputStream in = SobolDirections.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is missing from the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Numbers of some bits each, the highest bit first. */
  private static final class Bits {
    private final byte[] bytes;
    private long at;

    Bits(byte[] bytes) {
      this.bytes = bytes;
    }

    int next(int count) {
      int value = 0;
      for (int i = 0; i < count; i++, at++) {
        value = 2 * value + (bytes[(int) (at >> 3)] >> (7 - (at & 7)) & 1);
      }
      return value;
    }
  }
}
