package io.pathwise.sde;

import io.pathwise.expr.Expr;
import io.pathwise.expr.PhiFunction;
import java.util.List;

/**
 * The joint law of a Vasicek short rate r, dr = a (b - r) dt + sigma dW, and its integral I over a
 * step h, two normals (Glasserman 2003, "Monte Carlo Methods in Financial Engineering", section
 * 3.3): with x = a h and B = h phi1(-x)
 *
 * <pre>
 * E r' = b + (r - b) exp(-x),     E I' = I + b h + (r - b) B,
 * Var r' = sigma^2 h phi1(-2x),   Cov = sigma^2 B^2 / 2,
 * Var I' = sigma^2 h^3 g(x),      g = (x - 2 (1 - exp(-x)) + (1 - exp(-2x)) / 2) / x^3.
 * </pre>
 *
 * <p>The states are r and I, in this order. One normal is that of the Brownian increment, the other
 * one is extra.
 *
 * @param speed a, a scalar
 * @param level b, a scalar; of a curve, its mean over the step
 * @param volatility sigma, a scalar
 */
public record VasicekTransition(Expr speed, Expr level, Expr volatility)
    implements ExactTransition {
  private static final double SMALL = 0.5;
  private static final int LAST_TERM = 19;

  @Override
  public int normals() {
    return 1;
  }

  @Override
  public Expr next(Sde sde, Expr dt, Expr w, Expr extra) {
    Expr x = speed.times(dt);
    Expr once = PhiFunction.phi1(x.neg());
    Expr twice = PhiFunction.phi1(x.times(-2));
    Expr rate = sde.state().get(0);
    Expr distance = rate.minus(level);
    Expr along = w.get(0);
    Expr nextRate =
        rate.minus(distance.times(x).times(once)).plus(volatility.times(twice.sqrt()).times(along));
    Expr shared = once.square().times(dt).over(twice.sqrt()).times(0.5);
    Expr rest = covariance(x).minus(once.square().square().over(twice).times(0.25)).max(0);
    Expr own = dt.times(dt.sqrt()).times(rest.sqrt()).times(extra.get(0));
    Expr nextIntegral =
        sde.state()
            .get(1)
            .plus(level.plus(distance.times(once)).times(dt))
            .plus(volatility.times(shared.times(along).plus(own)));
    return Expr.concat(List.of(nextRate, nextIntegral));
  }

  /** g(x): its Taylor polynomial near 0, sum of (-1)^k (2 - 2^(k-1)) x^(k-3) / k!. */
  private static Expr covariance(Expr x) {
    double[] coefficients = new double[LAST_TERM + 1];
    double factorial = 2;
    for (int k = 3; k <= LAST_TERM; k++) {
      factorial *= k;
      coefficients[k] = (k % 2 == 0 ? 1 : -1) * (2 - (double) (1L << (k - 1))) / factorial;
    }
    Expr series = Expr.ZERO;
    for (int k = LAST_TERM; k >= 3; k--) {
      series = series.times(x).plus(coefficients[k]);
    }
    Expr large = x.abs().above(Expr.of(SMALL));
    Expr safe = large.select(x, Expr.ONE);
    Expr decay = safe.neg().exp();
    Expr sum =
        safe.minus(Expr.ONE.minus(decay).times(2)).plus(Expr.ONE.minus(decay.square()).times(0.5));
    return large.select(sum.over(safe.square().times(safe)), series);
  }
}
