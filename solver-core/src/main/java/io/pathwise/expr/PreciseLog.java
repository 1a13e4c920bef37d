package io.pathwise.expr;

/**
 * log x as an unevaluated sum high + low with a relative error below 2^-62, which {@code pow}
 * needs: an absolute error of y log x becomes a relative error of x^y.
 *
 * <p>log m = 2 s (1 + z/3 + z^2 q(z)), s = (m - 1)/(m + 1), z = s^2, with s, z/3 and the products
 * carried in two parts (Dekker 1971 with fused multiply-add). {@code high} has the ends of {@link
 * Elementary#withEnds}; {@code low} is always finite.
 */
record PreciseLog(Expr high, Expr low) {
  /** The leading 42 bits of log 2, so that their product with an exponent is exact. */
  private static final double LN2_LEADING = 0x1.62e42fefa38p-1;

  private static final double LN2_TRAILING = 0x1.ef35793c7673p-45;
  private static final double THIRD = 0x1.5555555555555p-2;
  private static final double THIRD_REST = 0x1.5555555555555p-56;

  static PreciseLog of(Expr x) {
    Elementary.Decomposed parts = Elementary.Decomposed.of(x);
    Expr m = parts.m();
    Expr e = parts.e();

    // s = (m - 1) / (m + 1) = s + sRest.
    Expr f = m.minus(1);
    Expr d = m.plus(1);
    Expr dRest = m.minus(d.minus(1));
    Expr inverse = Expr.ONE.over(d);
    Expr s = f.times(inverse);
    Expr remainder = s.neg().fma(dRest, s.neg().fma(d, f));
    Expr twiceS = s.times(2);
    Expr twiceSRest = remainder.times(inverse).times(2);

    // z = s^2 = z + zRest.
    Expr z = s.square();
    Expr zRest = s.fma(twiceSRest, s.fma(s, z.neg()));

    // a = z/3 + z^2 q(z) = a + aRest.
    Expr third = Expr.of(THIRD);
    Expr zThird = z.times(third);
    Expr zThirdRest = zRest.fma(third, z.fma(Expr.of(THIRD_REST), z.fma(third, zThird.neg())));
    Expr series = z.square().times(Polynomial.estrin(z, Coefficients.LOG_PRECISE));
    Expr a = zThird.plus(series);
    Expr aRest = series.minus(a.minus(zThird)).plus(zThirdRest);

    // log m = 2 s (1 + a) = logM + logMRest.
    Expr product = twiceS.times(a);
    Expr productRest =
        twiceSRest.fma(a, twiceS.fma(aRest, twiceS.fma(a, product.neg()))).plus(twiceSRest);
    Expr logM = twiceS.plus(product);
    Expr logMRest = product.minus(logM.minus(twiceS)).plus(productRest);

    Expr leading = e.times(LN2_LEADING);
    Expr high = leading.plus(logM);
    Expr low = e.fma(Expr.of(LN2_TRAILING), logM.minus(high.minus(leading)).plus(logMRest));
    return new PreciseLog(Elementary.withEnds(x, high), low);
  }
}
