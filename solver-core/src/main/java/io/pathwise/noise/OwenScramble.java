package io.pathwise.noise;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;

/**
 * A nested uniform scramble (Owen 1995, "Randomly permuted (t,m,s)-nets and (t,s)-sequences") by a
 * keyed hash: each binary digit is flipped by a function of the digits before it, so that a net
 * stays a net and every point becomes uniform. Laine and Karras (2011, "Stratified sampling for
 * stochastic transparency") had the idea of a hash for it, with products on the reversed digits;
 * here are rounds x ^= (x >> a) and ((x >> b) ^ key) on the digits as they stand, since kernels
 * have no 64-bit product.
 *
 * <p>The rounds were chosen by the correlation over random keys of the flips of all pairs of
 * prefixes of up to nine digits: a root mean square of 1.000 of the sampling error, the largest
 * where the largest of as many normals is expected.
 */
public final class OwenScramble {
  private static final int[][] ROUNDS = {
    {1, 2}, {2, 3}, {3, 1}, {1, 4}, {2, 5}, {4, 3}, {1, 3}, {3, 2}, {5, 1}, {7, 2}
  };
  private static final int[] ROTATIONS = {16, 42, 12, 31, 16, 32, 24, 21};
  private static final long ONE_BITS = 0x3FF0000000000000L;
  private static final int MANTISSA = 12;

  private OwenScramble() {}

  /** A random word as a double of [1, 2), whose bits a key can be made of. */
  public static Expr keep(Expr word) {
    Expr fraction = Expr.shift(Op.LSHR, word, MANTISSA);
    return Expr.apply(Op.FROM_BITS, Expr.apply(Op.LOR, fraction, Expr.word(ONE_BITS)));
  }

  /**
   * The keys of one randomisation and one dimension: eight rounds of Threefry on both.
   *
   * @param first a kept word of the randomisation
   * @param second the other kept word of the randomisation
   * @param dimension two random words of the dimension
   */
  public static Threefry.Words keys(Expr first, Expr second, Threefry.Words dimension) {
    Expr x = Expr.apply(Op.LADD, Expr.apply(Op.BITS, first), dimension.first());
    Expr y = Expr.apply(Op.LADD, Expr.apply(Op.BITS, second), dimension.second());
    for (int rotation : ROTATIONS) {
      x = Expr.apply(Op.LADD, x, y);
      y = Expr.apply(Op.LXOR, Expr.shift(Op.LROTL, y, rotation), x);
    }
    return new Threefry.Words(x, y);
  }

  /**
   * The scrambled digits.
   *
   * @param digits a binary fraction, its first digit the highest bit
   * @param keys two random words
   */
  public static Expr scramble(Expr digits, Threefry.Words keys) {
    Expr x = Expr.apply(Op.LXOR, digits, keys.first());
    for (int r = 0; r < ROUNDS.length; r++) {
      Expr key = r % 2 == 0 ? keys.second() : keys.first();
      Expr turned = Expr.shift(Op.LROTL, key, (7 + 11 * r) % 64);
      Expr other = Expr.apply(Op.LXOR, Expr.shift(Op.LSHR, x, ROUNDS[r][1]), turned);
      Expr flips = Expr.apply(Op.LAND, Expr.shift(Op.LSHR, x, ROUNDS[r][0]), other);
      x = Expr.apply(Op.LXOR, x, flips);
    }
    return x;
  }
}
