package io.pathwise.noise;

import io.pathwise.expr.Elementary;
import io.pathwise.expr.Expr;
import io.pathwise.expr.NormalDistribution;
import io.pathwise.expr.Op;
import io.pathwise.expr.SinglePrecision;
import io.pathwise.expr.Trigonometric;

/**
 * Standard normals from random 64-bit words, symbolically and in primitive operations only.
 *
 * <p>A uniform number is (k + 1/2) 2^-52, k the upper 52 bits of its word: never 0 or 1, and
 * symmetric about 1/2.
 */
public final class Normals {
  private static final long ONE_BITS = 0x3FF0000000000000L;
  private static final int UNUSED_BITS = 12;

  private Normals() {}

  /**
   * Two independent standard normals.
   *
   * @param cosine member 0 of the pair
   * @param sine member 1 of the pair
   */
  public record Pair(Expr cosine, Expr sine) {}

  /** The uniform number in (0, 1) that a random word stands for. */
  public static Expr uniform(Expr word) {
    return oneToTwo(word).minus(1 - 0x1p-53);
  }

  /** 1 + k 2^-52, k the upper 52 bits of the word. */
  private static Expr oneToTwo(Expr word) {
    Expr fraction = Expr.shift(Op.LSHR, word, UNUSED_BITS);
    return Expr.apply(Op.FROM_BITS, Expr.apply(Op.LOR, fraction, Expr.word(ONE_BITS)));
  }

  /**
   * Box and Muller (1958): r cos(angle) and r sin(angle) with r = sqrt(-2 log u), at most 8.57.
   *
   * <p>angle = pi (v + b) in [-pi/2, 3 pi/2) with b the upper bit of the second word: the half-turn
   * b only changes the sign of r, so two polynomials on half a turn do.
   *
   * @param first a random word, gives the radius
   * @param second a random word, gives the angle
   */
  public static Pair boxMuller(Expr first, Expr second) {
    Angle angle = Angle.of(second);
    Expr radius = Elementary.logNormal(uniform(first)).times(-2).sqrt().times(angle.sign());
    return new Pair(
        radius.times(Trigonometric.cosHalfTurn(angle.v())),
        radius.times(Trigonometric.sinHalfTurn(angle.v())));
  }

  /** The same with functions in single precision. */
  public static Pair boxMullerSingle(Expr first, Expr second) {
    Angle angle = Angle.of(second);
    Expr square = SinglePrecision.logNormal(uniform(first)).times(-2);
    Expr radius = SinglePrecision.round(square.sqrt()).times(angle.sign());
    return new Pair(
        SinglePrecision.round(radius.times(SinglePrecision.cosHalfTurn(angle.v()))),
        SinglePrecision.round(radius.times(SinglePrecision.sinHalfTurn(angle.v()))));
  }

  /** pi v, |v| at most 1/2, and the sign of the half-turn that was taken off. */
  private record Angle(Expr v, Expr sign) {

    static Angle of(Expr word) {
      Expr turn = oneToTwo(word).fma(Expr.of(2), Expr.of(-2.5));
      Expr halfTurn = Expr.apply(Op.RINT, turn);
      return new Angle(turn.minus(halfTurn), halfTurn.fma(Expr.of(-2), Expr.ONE));
    }
  }

  /**
   * The normal quantile of the word's uniform number, at most 8.21 in size: increasing in the word,
   * for quasi-random numbers and antithetic pairs (the complement of a word gives minus the
   * normal).
   *
   * @param word a random word
   */
  public static Expr inverseCdf(Expr word) {
    return NormalDistribution.inverseCdfInterior(uniform(word));
  }
}
