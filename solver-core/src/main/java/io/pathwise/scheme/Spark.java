package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Sde;

/**
 * SPaRK, a splitting path Runge-Kutta step with space-time Lévy area H: strong order 3/2 for
 * additive noise, 1 where channels commute, 1/2 elsewhere with a smaller error than Heun's (Foster
 * and Jelinčič 2023, "On the convergence of adaptive approximations for stochastic differential
 * equations", definition 1.6).
 */
public final class Spark extends StratonovichSpaceTime {
  private static final double ROOT = Math.sqrt(3);
  private static final double INNER = ROOT / 3;
  private static final double OUTER = (3 - ROOT) / 6;

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public String description() {
    return "SPaRK: three drifts and diffusions, accurate for general Stratonovich noise (Foster et al. 2023)";
  }

  @Override
  public Expr step(Sde sde, Step step) {
    Expr y = sde.state();
    Expr w = step.dW();
    Expr h = step.spaceTime();
    Expr f0 = sde.drift().times(Step.DT);
    Expr half = Sde.TIME.plus(Step.DT.times(0.5));
    Expr z1 = y.plus(f0.times(0.5)).plus(sde.diffuse(w.times(0.5).plus(h.times(ROOT))));
    Expr f1 = sde.drift(half, z1).times(Step.DT);
    Expr g1 = sde.diffusion(half, z1);
    Expr end = Sde.TIME.plus(Step.DT);
    Expr z2 = y.plus(f1).plus(sde.diffuse(g1, w));
    Expr f2 = sde.drift(end, z2).times(Step.DT);
    Expr g2 = sde.diffusion(end, z2);
    return y.plus(f0.plus(f2).times(OUTER).plus(f1.times(INNER)))
        .plus(sde.diffuse(w.times(OUTER).plus(h)))
        .plus(sde.diffuse(g1, w.times(INNER)))
        .plus(sde.diffuse(g2, w.times(OUTER).minus(h)));
  }
}
