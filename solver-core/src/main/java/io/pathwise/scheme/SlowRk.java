package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;

/**
 * SLOW-RK, a Strang-like splitting Runge-Kutta step with space-time Lévy area H: strong order 3/2
 * where channels commute, at two drifts and five diffusions; 1/2 elsewhere (Foster, dos Reis and
 * Strange 2023, "High order splitting methods for SDEs satisfying a commutativity condition",
 * equation 6.2).
 */
public final class SlowRk extends StratonovichSpaceTime {

  @Override
  public String name() {
    return "slow-rk";
  }

  @Override
  public String description() {
    return "SLOW-RK: strong order 3/2 for commutative Stratonovich noise (Foster, dos Reis, Strange 2023, 6.2)";
  }

  @Override
  public double strongOrder(NoiseType noise) {
    return noise == NoiseType.GENERAL ? 0.5 : 1.5;
  }

  @Override
  public double weakOrder(NoiseType noise) {
    return noise == NoiseType.GENERAL ? 1.0 : 2.0;
  }

  @Override
  public Expr step(Sde sde, Step step) {
    Expr y = sde.state();
    Expr w = step.dW();
    Expr h = step.spaceTime();
    Expr drift = sde.drift().times(Step.DT);
    Expr half = Sde.TIME.plus(Step.DT.times(0.5));
    Expr z0 = y.plus(drift.times(0.5));
    // The classical four stages along the diffusion, half a drift ahead.
    Expr g0 = sde.diffusion(half, z0);
    Expr g1 = sde.diffusion(half, z0.plus(sde.diffuse(g0, w.times(0.5))));
    Expr quarter = sde.diffuse(g1, w.times(0.5));
    Expr g2 = sde.diffusion(half, z0.plus(quarter));
    Expr g3 = sde.diffusion(half, z0.plus(sde.diffuse(g2, w)));
    Expr noise =
        sde.diffuse(g0, w)
            .plus(sde.diffuse(g1, w).plus(sde.diffuse(g2, w)).times(2))
            .plus(sde.diffuse(g3, w))
            .times(1.0 / 6);
    Expr shifted =
        y.plus(drift.times(0.75)).plus(sde.diffuse(g2, w.times(0.75).plus(h.times(1.5))));
    Expr laterDrift = sde.drift(Sde.TIME.plus(Step.DT.times(0.75)), shifted).times(Step.DT);
    Expr last = sde.diffusion(Sde.TIME.plus(Step.DT), y.plus(drift).plus(quarter));
    return y.plus(drift.times(1.0 / 3).plus(laterDrift.times(2.0 / 3)))
        .plus(noise)
        .plus(sde.diffuse(g2, h).minus(sde.diffuse(last, h)).times(2));
  }
}
