package io.pathwise.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.Arrays;

/**
 * Loops and views over a block of paths, one {@code double[WIDTH]} a value.
 *
 * <p>A view of a double as 64-bit integer goes through memory, which is what the compiler
 * vectorises: {@code sun.misc.Unsafe} where the JVM has it, the scalar conversions (same bits,
 * slower) elsewhere.
 */
public final class Lanes {

  /** Paths of a block: also the number of lanes that a shard's sums are kept in. */
  public static final int WIDTH = 512;

  /** The most bytes that the arrays of one block of paths may take, a thread. */
  public static final long LIMIT_BYTES =
      Long.getLong("pathwise.kernel.block-memory-mib", 1024) << 20;

  /**
   * Elements behind the lanes: without them, arrays that follow each other in memory lie a page
   * apart but for 16 bytes, and a load waits for the store before it that has the same low bits.
   * With 22 and the header an array takes whole cache lines, so that arrays which follow each other
   * are aligned alike.
   */
  private static final int PADDING = 22;

  /** The bytes of an array for one value of every lane. */
  public static final long BYTES = 8L * (WIDTH + PADDING);

  private static final MethodHandle GET_LONG = accessor("getLong", long.class);
  private static final MethodHandle PUT_LONG = accessor("putLong", void.class, long.class);
  private static final long BASE = 16;

  private Lanes() {}

  /** A method of {@code sun.misc.Unsafe} on double arrays, null where the JVM lacks it. */
  private static MethodHandle accessor(String name, Class<?> result, Class<?>... value) {
    try {
      Class<?> type = Class.forName("sun.misc.Unsafe");
      if (type.getField("ARRAY_DOUBLE_BASE_OFFSET").getInt(null) != BASE) {
        return null;
      }
      Field field = type.getDeclaredField("theUnsafe");
      field.setAccessible(true);
      MethodType declared =
          MethodType.methodType(result, Object.class, long.class).appendParameterTypes(value);
      return MethodHandles.lookup()
          .findVirtual(type, name, declared)
          .bindTo(field.get(null))
          .asType(declared.changeParameterType(0, double[].class));
    } catch (ReflectiveOperationException | RuntimeException absent) {
      return null;
    }
  }

  /** The bits of element {@code i}, {@code 0 <= i < a.length}, as a 64-bit integer. */
  public static long getLong(double[] a, int i) {
    if (GET_LONG == null) {
      return Double.doubleToRawLongBits(a[i]);
    }
    try {
      return (long) GET_LONG.invokeExact(a, BASE + ((long) i << 3));
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Stores the bits of element {@code i}, {@code 0 <= i < a.length}. */
  public static void putLong(double[] a, int i, long bits) {
    if (PUT_LONG == null) {
      a[i] = Double.longBitsToDouble(bits);
      return;
    }
    try {
      PUT_LONG.invokeExact(a, BASE + ((long) i << 3), bits);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** An array for one value of every lane, all 0. */
  public static double[] block() {
    return new double[WIDTH + PADDING];
  }

  /** Arrays for several values of every lane. */
  public static double[][] blocks(int count) {
    double[][] blocks = new double[count][];
    for (int i = 0; i < count; i++) {
      blocks[i] = block();
    }
    return blocks;
  }

  /**
   * The sum of a block's lanes in the canonical order: a halving tree, {@code t[l] += t[l + w]} for
   * w = 256 .. 1. Overwrites the array.
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

  /** Writes 64-bit integers, such as path numbers, from {@code words[from]} on. */
  public static void words(double[] a, long[] words, int from, int n) {
    for (int i = 0; i < n; i++) {
      putLong(a, i, words[from + i]);
    }
  }
}
