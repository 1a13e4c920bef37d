package io.pathwise.expr;

/**
 * The function of exponential integrators that has a removable singularity at 0 (Hochbruck and
 * Ostermann 2010, "Exponential integrators").
 */
public final class PhiFunction {
  private static final double SMALL = 0.5;
  private static final int DEGREE = 14;

  private PhiFunction() {}

  /**
   * phi1(x) = (exp(x) - 1) / x, 1 at 0: elementwise, accurate near 0, where it is a Taylor
   * polynomial.
   */
  public static Expr phi1(Expr x) {
    Expr series = Expr.ONE.over(DEGREE + 1);
    for (int k = DEGREE; k > 0; k--) {
      series = series.times(x).plus(1).over(k);
    }
    Expr large = x.abs().above(Expr.of(SMALL));
    Expr divisor = large.select(x, Expr.ONE);
    return large.select(x.exp().minus(1).over(divisor), series);
  }
}
