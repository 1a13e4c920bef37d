package io.pathwise.expr;

/**
 * Sine and cosine in primitive operations.
 *
 * <p>x = k pi/2 + r with pi/2 in three parts and r in two (Cody and Waite 1980, with fused
 * multiply-add), then both polynomials, of which the parity of k chooses one by exact arithmetic.
 * Error below 1 ulp for |x| up to 2^30; NaN beyond, where an argument no longer means an angle.
 */
public final class Trigonometric {
  private static final double TWO_OVER_PI = 0.6366197723675814;
  private static final double HALF_PI = 0x1.921fb54442d18p0;
  private static final double HALF_PI_SECOND = 0x1.1a62633145c07p-54;
  private static final double HALF_PI_THIRD = -0x1.f1976b7ed8fbcp-110;
  private static final double LARGEST = 0x1p30;

  private Trigonometric() {}

  static Expr sin(Expr x) {
    return sinOfQuadrant(x, 0);
  }

  static Expr cos(Expr x) {
    return sinOfQuadrant(x, 1);
  }

  /** sin(x + shift pi/2). */
  private static Expr sinOfQuadrant(Expr argument, int shift) {
    Expr x = argument.plus(Expr.of(LARGEST).minus(argument.abs()).min(0).sqrt());
    Expr k = rint(x.times(TWO_OVER_PI));
    Expr first = k.fma(Expr.of(-HALF_PI), x);
    Expr second = k.times(HALF_PI_SECOND);
    Expr secondRest = k.fma(Expr.of(HALF_PI_SECOND), second.neg());
    Expr r = first.minus(second);
    Expr rest = k.fma(Expr.of(-HALF_PI_THIRD), first.minus(r).minus(second).minus(secondRest));

    Expr quadrant = k.plus(shift);
    Expr odd = parity(quadrant);
    Expr sign = parity(quadrant.minus(odd).times(0.5)).fma(Expr.of(-2), Expr.ONE);
    Expr cosFactor = odd.times(sign);
    Expr sinFactor = sign.minus(cosFactor);
    return cosFactor.fma(smallCos(r, rest), sinFactor.times(smallSin(r, rest)));
  }

  private static Expr rint(Expr x) {
    return Expr.apply(Op.RINT, x);
  }

  /** 0 for an even integer, 1 for an odd one. */
  private static Expr parity(Expr integer) {
    return rint(integer.times(0.5)).fma(Expr.of(-2), integer).square();
  }

  /** sin(r + rest) for |r| at most pi/4. */
  private static Expr smallSin(Expr r, Expr rest) {
    Expr z = r.square();
    return r.plus(r.times(z).fma(Polynomial.estrin(z, Coefficients.SIN), rest));
  }

  /** cos(r + rest) for |r| at most pi/4. */
  private static Expr smallCos(Expr r, Expr rest) {
    Expr z = r.square();
    Expr half = z.times(0.5);
    Expr top = Expr.ONE.minus(half);
    Expr lost = Expr.ONE.minus(top).minus(half);
    Expr correction = r.neg().fma(rest, lost);
    return top.plus(z.square().fma(Polynomial.estrin(z, Coefficients.COS), correction));
  }

  /** sin(pi v) for |v| at most 1/2. Error below 5 ulp. */
  public static Expr sinHalfTurn(Expr v) {
    return v.times(Polynomial.estrin(v.square(), Coefficients.SIN_HALF_TURN));
  }

  /** cos(pi v) for |v| at most 1/2. Error below 5 ulp, also near its zeros. */
  public static Expr cosHalfTurn(Expr v) {
    Expr factor = v.times(-4).fma(v, Expr.ONE);
    return factor.times(Polynomial.estrin(v.square(), Coefficients.COS_HALF_TURN));
  }
}
