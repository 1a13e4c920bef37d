package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Sde;

/**
 * ShARK, a shifted Runge-Kutta step with space-time Lévy area H: strong order 3/2 for additive
 * noise, 1 where channels commute, 1/2 elsewhere (Foster, dos Reis and Strange 2023, "High order
 * splitting methods for SDEs satisfying a commutativity condition", equation 6.1).
 */
public final class Shark extends StratonovichSpaceTime {
  private static final double STAGE = 5.0 / 6;

  @Override
  public String name() {
    return "shark";
  }

  @Override
  public String description() {
    return "ShARK: strong order 3/2 for additive noise at two drifts (Foster, dos Reis, Strange 2023, 6.1)";
  }

  @Override
  public Expr step(Sde sde, Step step) {
    Expr y = sde.state();
    Expr w = step.dW();
    Expr h = step.spaceTime();
    Expr shifted = y.plus(sde.diffuse(h));
    Expr firstDrift = sde.drift(Sde.TIME, shifted).times(Step.DT);
    Expr firstDiffusion = sde.diffusion(Sde.TIME, shifted);
    Expr later =
        shifted.plus(firstDrift.times(STAGE)).plus(sde.diffuse(firstDiffusion, w.times(STAGE)));
    Expr t = Sde.TIME.plus(Step.DT.times(STAGE));
    Expr lastDrift = sde.drift(t, later).times(Step.DT);
    Expr lastDiffusion = sde.diffusion(t, later);
    return y.plus(firstDrift.times(0.4).plus(lastDrift.times(0.6)))
        .plus(sde.diffuse(firstDiffusion, w.times(0.4).plus(h.times(1.2))))
        .plus(sde.diffuse(lastDiffusion, w.times(0.6).minus(h.times(1.2))));
  }
}
