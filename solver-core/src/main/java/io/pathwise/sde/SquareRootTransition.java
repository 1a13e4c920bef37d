package io.pathwise.sde;

import io.pathwise.expr.Expr;
import io.pathwise.expr.GammaQuantile;
import io.pathwise.expr.PhiFunction;
import java.util.List;
import java.util.Optional;

/**
 * The transition law of a Cox-Ingersoll-Ross rate, dr = a (b - r) dt + sigma sqrt(r) dW, over a
 * step h: r' is c times a non-central chi-square variable of d = 4 a b / sigma^2 degrees of freedom
 * and non-centrality r exp(-a h) / c, c = sigma^2 h phi1(-a h) / 4 (Cox, Ingersoll and Ross 1985).
 * For d above 1 that is
 *
 * <pre>
 * r' = (sqrt(c) Z + sqrt(r exp(-a h)))^2 + 2 c G,
 * </pre>
 *
 * Z the normal of the Brownian increment and G an independent gamma variable of shape (d - 1) / 2
 * (Glasserman 2003, "Monte Carlo Methods in Financial Engineering", section 3.4).
 *
 * <p>The states are r, whose law is exact, and its integral, by the trapezoid over the step: of
 * weak order 2. The pathwise derivative in r has a finite variance for d above 2, where r stays
 * above 0; below, it is unbiased and of infinite variance.
 *
 * @param speed a, a scalar
 * @param level b, a scalar
 * @param volatility sigma, a scalar
 */
public record SquareRootTransition(Expr speed, Expr level, Expr volatility)
    implements ExactTransition {

  /** The degrees of freedom that the range of shapes of the gamma variable leaves. */
  private static final double MOST_DEGREES = 1 + 2 * GammaQuantile.LARGEST_WIDE_SHAPE;

  private Expr degrees() {
    return speed.times(level).times(4).over(volatility.square());
  }

  @Override
  public Optional<Range> range() {
    return Optional.of(
        new Range("4 a b / sigma^2 (degrees of freedom)", degrees(), 1, MOST_DEGREES));
  }

  @Override
  public int normals() {
    return GammaQuantile.NORMALS;
  }

  @Override
  public Expr next(Sde sde, Expr dt, Expr w, Expr extra) {
    Expr x = speed.times(dt).neg();
    Expr phi = PhiFunction.phi1(x);
    Expr rate = sde.state().get(0);
    Expr along = volatility.times(phi.sqrt()).times(0.5).times(w.get(0));
    Expr decayed = rate.times(x.exp());
    // Written out, the derivative at r = 0 keeps its mean: what has none is odd in Z.
    Expr crossed = along.times(2).times(decayed.sqrt());
    Expr moved = along.square().plus(crossed).plus(decayed).max(0);
    Expr gamma = GammaQuantile.wideVariable(degrees().minus(1).times(0.5), extra);
    Expr scale = volatility.square().times(dt).times(phi).times(0.5);
    Expr next = moved.plus(scale.times(gamma));
    Expr integral = sde.state().get(1).plus(rate.plus(next).times(dt).times(0.5));
    return Expr.concat(List.of(next, integral));
  }
}
