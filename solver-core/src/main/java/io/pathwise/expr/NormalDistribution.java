package io.pathwise.expr;

/** Error function, normal distribution function and its inverse in primitive operations. */
public final class NormalDistribution {
  private static final double LARGEST_DEVIATE = 39;
  private static final double TAIL_CENTRE = 5;
  private static final double TAIL_SLOPE = 0.8;
  private static final double STEEP = 0x1p60;
  private static final double CENTRAL_WIDTH = 0.4;
  private static final double TAIL_ORIGIN = 1.5;
  private static final double SQRT_2 = 1.4142135623730951;

  private NormalDistribution() {}

  /**
   * Phi(x), with small relative error in the lower tail: 6 ulp down to x = -37.5, below which
   * results are subnormal and then 0.
   */
  static Expr cdf(Expr x) {
    Expr z = x.abs().min(LARGEST_DEVIATE);
    Expr square = z.square();
    Expr squareRest = z.fma(z, square.neg());
    Expr density = Elementary.exp(square.times(-0.5));
    Expr tail = tailRatio(z).times(density.fma(squareRest.times(-0.5), density));
    Expr upper = aboveZero(x);
    return upper.fma(Expr.of(-2), Expr.ONE).fma(tail, upper);
  }

  /** erf(x). Error below 5 ulp. */
  static Expr erf(Expr x) {
    Expr inside = x.max(-1).min(1);
    Expr centre = Polynomial.estrin(inside.square(), Coefficients.ERF);
    Expr size = x.abs().min(7);
    Expr ratio = tailRatio(size.times(SQRT_2));
    Expr outside = ratio.times(-2).fma(Elementary.exp(size.neg().times(size)), Expr.ONE);
    Expr central = aboveZero(Expr.ONE.minus(x.abs()));
    return inside.times(choose(central, centre, outside));
  }

  /** Phi(-z) exp(z^2/2) for z in [0, 39]. */
  private static Expr tailRatio(Expr z) {
    Expr t = z.minus(TAIL_CENTRE).over(z.plus(TAIL_CENTRE));
    return Polynomial.estrin(t, Coefficients.NORMAL_TAIL)
        .over(z.fma(Expr.of(TAIL_SLOPE), Expr.ONE));
  }

  /** The x with Phi(x) = p: infinite at 0 and 1, NaN outside [0, 1]. Relative error below 1e-15. */
  static Expr inverseCdf(Expr p) {
    return inverseCdf(p, Elementary.log(nearerEnd(p)));
  }

  /**
   * The x with Phi(x) = u for u in [2^-1022, 1 - 2^-53] only; cheaper than the operation {@code
   * invnormcdf} where that range is known. Relative error below 1e-15.
   */
  public static Expr inverseCdfInterior(Expr u) {
    return inverseCdf(u, Elementary.logNormal(nearerEnd(u)));
  }

  private static Expr nearerEnd(Expr p) {
    return p.min(Expr.ONE.minus(p));
  }

  /** The regions of Wichura (1988, algorithm AS 241), his two tails in one, one division. */
  private static Expr inverseCdf(Expr p, Expr logOfNearerEnd) {
    Expr q = p.minus(0.5);
    Expr v = q.neg().fma(q, Expr.of(CENTRAL_WIDTH * CENTRAL_WIDTH));
    Expr root = logOfNearerEnd.neg().sqrt();
    Expr w = root.min(30).minus(TAIL_ORIGIN);
    Expr size = q.abs();
    Expr central = aboveZero(Expr.of(CENTRAL_WIDTH).minus(size));
    Expr top =
        choose(
            central,
            size.times(Polynomial.estrin(v, Coefficients.QUANTILE_CENTRE_TOP)),
            Polynomial.estrin(w, Coefficients.QUANTILE_TAIL_TOP));
    Expr bottom =
        choose(
            central,
            Polynomial.estrin(v, Coefficients.QUANTILE_CENTRE_BOTTOM),
            Polynomial.estrin(w, Coefficients.QUANTILE_TAIL_BOTTOM));
    Expr deviate = top.over(bottom).max(root.minus(1e300));
    return deviate.times(q.times(STEEP).max(-1).min(1));
  }

  /** 1 for x of 2^-60 and more, 0 for x of 0 and less. */
  private static Expr aboveZero(Expr x) {
    return x.times(STEEP).max(0).min(1);
  }

  /**
   * Exactly {@code yes} where the condition is 1, exactly {@code no} where it is 0; both finite.
   */
  private static Expr choose(Expr condition, Expr yes, Expr no) {
    return condition.fma(yes, Expr.ONE.minus(condition).times(no));
  }
}
