package io.pathwise.expr;

/**
 * Exponential, logarithm and their kin in primitive operations: what {@link Lower} puts in place of
 * the functions of a graph, and all that a backend computes.
 *
 * <p>No comparison, branch or library function, so the code vectorises and gives the same bits on
 * every machine. Inside a function no product that is used once is added to anything (a fused
 * multiply-add stands there instead), so lowering the function again changes nothing; a sum with
 * its result may still be fused then. Arguments and results below 2^-1022 count as 0. NaN in, NaN
 * out. Forms, sources and measured errors: {@code docs/derivations/elementary.md}.
 */
public final class Elementary {
  static final double LN2 = 0.6931471805599453;
  static final double LN2_REST = 2.3190468138462996e-17;
  private static final double LOG2_E = 1.4426950408889634;

  /** 1.5 * 2^52: adding it rounds a small number to an integer held in the low bits. */
  static final double INTEGER_SHIFT = 0x1.8p52;

  private static final double LARGEST_EXPONENT = 710;
  private static final double SMALLEST_EXPONENT = -708.5;

  private Elementary() {}

  /** x = k log 2 + r with an integer k, |r| at most (log 2)/2. */
  private record Reduced(Expr shifted, Expr r) {

    static Reduced of(Expr x) {
      Expr shifted = x.fma(Expr.of(LOG2_E), Expr.of(INTEGER_SHIFT));
      Expr k = shifted.minus(INTEGER_SHIFT);
      Expr r = k.fma(Expr.of(-LN2), x);
      return new Reduced(shifted, k.fma(Expr.of(-LN2_REST), r));
    }

    /** 2^(k + extra), 0 when k + extra is -1023. */
    Expr power(int extra) {
      Expr exponent = Expr.shift(Op.LSHL, Expr.apply(Op.BITS, shifted), 52);
      return Expr.apply(
          Op.FROM_BITS, Expr.apply(Op.LADD, exponent, Expr.word((1023L + extra) << 52)));
    }
  }

  /** e^r - 1 for |r| at most (log 2)/2. */
  private static Expr smallExpm1(Expr r) {
    return r.square().fma(Polynomial.estrin(r, Coefficients.EXP), r);
  }

  /** e^x: infinite above 709.78, 0 below -708.05. Error below 1.1 ulp. */
  static Expr exp(Expr x) {
    return expPlus(clampExponent(x), Expr.ZERO, Expr.ZERO);
  }

  private static Expr clampExponent(Expr x) {
    return x.max(SMALLEST_EXPONENT).min(LARGEST_EXPONENT);
  }

  /**
   * e^(x + rest) + addend, x within the clamp. 2^k is applied as 2 * 2^(k-1), which k = 1024 needs.
   */
  private static Expr expPlus(Expr x, Expr rest, Expr addend) {
    Reduced reduced = Reduced.of(x);
    Expr y = smallExpm1(reduced.r().plus(rest));
    return y.fma(Expr.of(2), Expr.of(2)).fma(reduced.power(-1), addend);
  }

  /** tanh x = (e^2x - 1)/(e^2x + 1). Error below 3 ulp. */
  static Expr tanh(Expr x) {
    Reduced reduced = Reduced.of(x.max(-22).min(22).times(2));
    Expr power = reduced.power(0);
    Expr expm1 = power.fma(smallExpm1(reduced.r()), power.minus(1));
    return expm1.over(expm1.plus(2));
  }

  /** 1/(1 + e^-x). Error below 3 ulp. */
  static Expr sigmoid(Expr x) {
    return Expr.ONE.over(expPlus(clampExponent(x.neg()), Expr.ZERO, Expr.ONE));
  }

  /** log(1 + e^x) = max(x, 0) + log1p(e^-|x|). Error below 3 ulp. */
  static Expr softplus(Expr x) {
    return x.max(0).plus(log1pUnit(exp(x.abs().neg())));
  }

  /** log(1 + y) for y in [0, 1], relatively exact near 0. Error below 2 ulp. */
  static Expr log1pUnit(Expr y) {
    Expr s = y.over(y.plus(2));
    Expr z = s.square();
    return s.times(z).fma(Polynomial.estrin(z, Coefficients.LOG1P), s.times(2));
  }

  /** log x: -infinity at 0 and below 2^-1022, NaN below 0. Error below 1 ulp. */
  static Expr log(Expr x) {
    return withEnds(x, logNormal(x));
  }

  /**
   * log x for x in [2^-1022, infinity) only, other arguments give meaningless numbers; cheaper than
   * the operation {@code log} where the range is known, as it is for a uniform random number. Error
   * below 1 ulp.
   */
  public static Expr logNormal(Expr x) {
    Decomposed parts = Decomposed.of(x);
    Expr f = parts.m().minus(1);
    Expr s = f.over(f.plus(2));
    Expr z = s.square();
    Expr half = f.times(0.5).times(f);
    Expr y = s.fma(z.fma(Polynomial.estrin(z, Coefficients.LOG), half), half.neg());
    return parts.e().fma(Expr.of(LN2), f.plus(parts.e().fma(Expr.of(LN2_REST), y)));
  }

  /** x = m 2^e with m in [sqrt(1/2), sqrt 2). */
  record Decomposed(Expr m, Expr e) {
    private static final long SQRT_HALF_BITS = 0x3FE6A09E667F3BCDL;

    static Decomposed of(Expr x) {
      Expr bits = Expr.apply(Op.BITS, x);
      Expr exponent = Expr.shift(Op.LSAR, Expr.apply(Op.LSUB, bits, Expr.word(SQRT_HALF_BITS)), 52);
      Expr m =
          Expr.apply(Op.FROM_BITS, Expr.apply(Op.LSUB, bits, Expr.shift(Op.LSHL, exponent, 52)));
      Expr shift = Expr.word(Double.doubleToRawLongBits(INTEGER_SHIFT));
      Expr e = Expr.apply(Op.FROM_BITS, Expr.apply(Op.LADD, exponent, shift));
      return new Decomposed(m, e.minus(INTEGER_SHIFT));
    }
  }

  /**
   * A finite value of a logarithm, corrected at the ends of the range of x.
   *
   * <p>x - MAX is infinite for an infinite x and far below any logarithm or 0 otherwise. The two
   * fused products have the signs of "x at least 2^-1022" and "x at least 0", and are never 0.
   */
  static Expr withEnds(Expr x, Expr log) {
    Expr scale = Expr.of(0x1p1023);
    Expr infinity = Expr.of(Double.POSITIVE_INFINITY);
    Expr upper = x.fma(scale, Expr.of(-(2 - 0x1p-52))).times(infinity);
    Expr negative = x.fma(scale, Expr.of(0x1p-52)).times(infinity.neg()).max(0);
    return log.max(x.minus(Double.MAX_VALUE)).min(upper).plus(negative);
  }

  /**
   * x^y = e^(y log x) with the logarithm to 64 bits and more; NaN below x = 0 whatever y is, 1 at y
   * = 0. Error below 2 ulp.
   */
  static Expr pow(Expr x, Expr y) {
    PreciseLog log = PreciseLog.of(x);
    double huge = 1e300;
    Expr high = log.high().min(huge).max(-huge);
    Expr exponent = y.min(huge).max(-huge);
    Expr main = clampExponent(exponent.times(high));
    Expr rest = exponent.fma(log.low(), exponent.fma(high, main.neg()));
    return expPlus(main, rest.max(-1).min(1), Expr.ZERO);
  }
}
