package io.pathwise.noise;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;

/**
 * Threefry2x64-20, the counter-based random number generator of Salmon, Moraes, Dror and Shaw,
 * "Parallel random numbers: as easy as 1, 2, 3", SC 2011: a bijection of a 128-bit counter, chosen
 * by a 128-bit key, whose two 64-bit output words are random bits.
 *
 * <p>It has no state, so any path can be drawn anywhere, at any time and again. The scalar and the
 * symbolic form compute the same words.
 */
public final class Threefry {
  private static final int ROUNDS = 20;
  private static final int ROUNDS_PER_INJECTION = 4;
  private static final int[] ROTATIONS = {16, 42, 12, 31, 16, 32, 24, 21};

  /** The parity constant of the Skein key schedule. */
  private static final long PARITY = 0x1BD11BDAA9FC1A22L;

  private Threefry() {}

  /**
   * The two output words of a counter as 64-bit integer expressions.
   *
   * @param first output word 0
   * @param second output word 1
   */
  public record Words(Expr first, Expr second) {}

  /**
   * The two output words of a counter.
   *
   * @param key0 word 0 of the key
   * @param key1 word 1 of the key
   * @param counter0 word 0 of the counter
   * @param counter1 word 1 of the counter
   */
  public static long[] block(long key0, long key1, long counter0, long counter1) {
    long[] key = {key0, key1, key0 ^ key1 ^ PARITY};
    long x = counter0 + key[0];
    long y = counter1 + key[1];
    for (int round = 0; round < ROUNDS; round++) {
      x += y;
      y = Long.rotateLeft(y, ROTATIONS[round % ROTATIONS.length]) ^ x;
      if ((round + 1) % ROUNDS_PER_INJECTION == 0) {
        int injection = (round + 1) / ROUNDS_PER_INJECTION;
        x += key[injection % key.length];
        y += key[(injection + 1) % key.length] + injection;
      }
    }
    return new long[] {x, y};
  }

  /**
   * The two output words of a counter, symbolically; work on uniform words is uniform.
   *
   * @param key0 word 0 of the key, a 64-bit integer expression like the others
   * @param key1 word 1 of the key
   * @param counter0 word 0 of the counter
   * @param counter1 word 1 of the counter
   */
  public static Words block(Expr key0, Expr key1, Expr counter0, Expr counter1) {
    Expr[] key = {key0, key1, xor(xor(key0, key1), Expr.word(PARITY))};
    Expr x = add(counter0, key[0]);
    Expr y = add(counter1, key[1]);
    for (int round = 0; round < ROUNDS; round++) {
      x = add(x, y);
      y = xor(Expr.shift(Op.LROTL, y, ROTATIONS[round % ROTATIONS.length]), x);
      if ((round + 1) % ROUNDS_PER_INJECTION == 0) {
        int injection = (round + 1) / ROUNDS_PER_INJECTION;
        x = add(x, key[injection % key.length]);
        y = add(y, add(key[(injection + 1) % key.length], Expr.word(injection)));
      }
    }
    return new Words(x, y);
  }

  private static Expr add(Expr a, Expr b) {
    return Expr.apply(Op.LADD, a, b);
  }

  private static Expr xor(Expr a, Expr b) {
    return Expr.apply(Op.LXOR, a, b);
  }
}
