package io.pathwise.expr;

/**
 * Gamma variables of unit scale by inversion, branch-free: smooth in the shape and in the normals,
 * so that pathwise derivatives are right.
 *
 * <p>A variable of shape a is one of shape a + 1 times U^(1/a), U uniform (Devroye 1986,
 * "Non-Uniform Random Variate Generation", section IX.3.5), which keeps small shapes away from the
 * pole of their density at 0. That of shape k = a + 1 solves P(k, x) = Phi(z), P the regularised
 * incomplete gamma function by its series, by Newton steps on log P for z below 0 and on log (1 -
 * P) above, in log x, from Wilson and Hilferty's cube of a normal (1931).
 */
public final class GammaQuantile {
  /** The largest shape of {@link #variable}: its series has terms for no more. */
  public static final double LARGEST_SHAPE = 8;

  /** The largest shape of {@link #wideVariable}, whose series is longer. */
  public static final double LARGEST_WIDE_SHAPE = 24.5;

  /** The standard normals that a variable takes. */
  public static final int NORMALS = 2;

  private static final int TERMS = 112;
  private static final int WIDE_TERMS = 168;
  private static final int STEPS = 4;
  private static final int WIDE_STEPS = 3;
  private static final double LEAST = 1e-17;

  /** The logarithm of what no variable of these shapes exceeds but with probability 1e-15. */
  private static final double LOG_LARGEST = 4.1;

  private static final double LOG_LARGEST_WIDE = 4.6;

  private static final int STIRLING_SHIFT = 10;
  private static final double HALF_LOG_2_PI = 0.9189385332046727;

  private GammaQuantile() {}

  /**
   * A gamma variable.
   *
   * @param shape uniform, from 0, where the variable is 0, to {@link #LARGEST_SHAPE}
   * @param z {@link #NORMALS} standard normals
   */
  public static Expr variable(Expr shape, Expr z) {
    return boosted(shape, ofLargeShape(shape.plus(1), z.get(0)), z);
  }

  /**
   * A gamma variable of a wider range of shapes, with less of the far tails.
   *
   * @param shape uniform, from 0, where the variable is 0, to {@link #LARGEST_WIDE_SHAPE}
   * @param z {@link #NORMALS} standard normals
   */
  public static Expr wideVariable(Expr shape, Expr z) {
    return boosted(shape, ofWideShape(shape.plus(1), z.get(0)), z);
  }

  private static Expr boosted(Expr shape, Expr larger, Expr z) {
    return larger.times(Expr.apply(Op.NORMAL_CDF, z.get(1)).log().over(shape).exp());
  }

  /**
   * The x with P(k, x) = Phi(z): absolute error of the probability below 1e-14.
   *
   * @param k uniform, from 1 to 1 + {@link #LARGEST_SHAPE}
   */
  static Expr ofLargeShape(Expr k, Expr z) {
    return quantile(k, z, TERMS, STEPS, LOG_LARGEST);
  }

  /**
   * The same for larger shapes: absolute error of the probability below 1e-12.
   *
   * @param k uniform, from 1 to 1 + {@link #LARGEST_WIDE_SHAPE}
   */
  static Expr ofWideShape(Expr k, Expr z) {
    return quantile(k, z, WIDE_TERMS, WIDE_STEPS, LOG_LARGEST_WIDE);
  }

  private static Expr quantile(Expr k, Expr z, int terms, int steps, double logLargest) {
    Expr logGamma = logGamma(k.plus(1));
    Expr upper = z.above(Expr.ZERO);
    Expr logBelow = Expr.apply(Op.NORMAL_CDF, z).log();
    Expr logAbove = Expr.apply(Op.NORMAL_CDF, z.neg()).log();
    Expr[] ratios = new Expr[terms + 1];
    for (int n = 1; n <= terms; n++) {
      ratios[n] = Expr.ONE.over(k.plus(n));
    }
    Expr cube = z.over(k.sqrt().times(3)).plus(Expr.ONE.minus(Expr.ONE.over(k.times(9))));
    Expr start = cube.max(1e-4).log().times(3).plus(k.log());
    Expr y = start.max(logBelow.plus(logGamma).over(k));
    for (int step = 0; step < steps; step++) {
      y = y.held(); // The derivatives of the last step are those of the solution.
      Expr x = y.exp();
      Expr series = Expr.ONE;
      for (int n = terms; n >= 1; n--) {
        series = series.fma(x.times(ratios[n]), Expr.ONE);
      }
      Expr logP = k.times(y).minus(x).minus(logGamma).plus(series.log());
      Expr p = logP.exp();
      Expr q = Expr.ONE.minus(p).max(LEAST);
      Expr slope = series.over(k); // P / (x dP/dx)
      Expr down = logP.minus(logBelow).times(slope);
      Expr up = q.log().minus(logAbove).times(q).times(slope).over(p);
      y = y.plus(upper.select(up.max(-2).min(1), down.neg())).min(logLargest);
    }
    return y.exp();
  }

  /** log Gamma(x) for x of 1 and more, by Stirling's series after a shift of the argument. */
  static Expr logGamma(Expr x) {
    Expr shifted = x.plus(STIRLING_SHIFT);
    Expr product = x;
    for (int i = 1; i < STIRLING_SHIFT; i++) {
      product = product.times(x.plus(i));
    }
    Expr r = Expr.ONE.over(shifted);
    Expr r2 = r.square();
    Expr tail =
        r2.times(1.0 / 1188)
            .minus(1.0 / 1680)
            .times(r2)
            .plus(1.0 / 1260)
            .times(r2)
            .minus(1.0 / 360)
            .times(r2)
            .plus(1.0 / 12)
            .times(r);
    return shifted
        .minus(0.5)
        .times(shifted.log())
        .minus(shifted)
        .plus(HALF_LOG_2_PI)
        .plus(tail)
        .minus(product.log());
  }
}
