package io.pathwise.kernel;

import java.lang.reflect.Field;
import java.util.Arrays;
import sun.misc.Unsafe;

/**
 * Loops and views over a block of paths, one {@code double[WIDTH]} a value.
 *
 * <p>A view of a double as 64-bit integer goes through memory, which is what the compiler vectorises:
 * {@code sun.misc.Unsafe} where the JVM has it, the scalar conversions (same bits, slower) elsewhere.
 */
public final class Lanes {

  /** Paths of a block: also the number of lanes that a shard's sums are kept in. */
  public static final int WIDTH = 512;

  private static final Unsafe UNSAFE = unsafe();
  private static final long BASE = UNSAFE == null ? 0 : Unsafe.ARRAY_DOUBLE_BASE_OFFSET;

  private Lanes() {}

  private static Unsafe unsafe() {
    try {
      Field field = Unsafe.class.getDeclaredField("theUnsafe");
      field.setAccessible(true);
      return (Unsafe) field.get(null);
    } catch (ReflectiveOperationException | RuntimeException absent) {
      return null;
    }
  }

  /** The bits of element {@code i}, {@code 0 <= i < a.length}, as a 64-bit integer. */
  public static long getLong(double[] a, int i) {
    return UNSAFE != null
        ? UNSAFE.getLong(a, BASE + ((long) i << 3))
        : Double.doubleToRawLongBits(a[i]);
  }

  /** Stores the bits of element {@code i}, {@code 0 <= i < a.length}. */
  public static void putLong(double[] a, int i, long bits) {
    if (UNSAFE != null) {
      UNSAFE.putLong(a, BASE + ((long) i << 3), bits);
    } else {
      a[i] = Double.longBitsToDouble(bits);
    }
  }

  /**
   * The sum of a block's lanes in the canonical order: a halving tree, {@code t[l] += t[l + w]} for w
   * = 256 .. 1. Overwrites the array.
   */
  public static double sum(double[] t) {
    for (int w = WIDTH / 2; w >= 1; w /= 2) {
      fold(t, w);
    }
    return t[0];
  }

  private static void fold(double[] t, int w) {
    for (int l = 0; l < w; l++) {
      t[l] += t[l + w];
    }
  }

  /** Fills the block with one value. */
  public static void fill(double[] a, double value) {
    Arrays.fill(a, value);
  }

  /** Writes consecutive path numbers, as 64-bit integers. */
  public static void pathNumbers(double[] a, long first, int n) {
    for (int i = 0; i < n; i++) {
      putLong(a, i, first + i);
    }
  }
}
