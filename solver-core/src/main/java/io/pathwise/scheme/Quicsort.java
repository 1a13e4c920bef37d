package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.noise.LevyTerm;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.sde.UnderdampedLangevin;
import java.util.Set;

/**
 * QUICSORT for underdamped Langevin equations: the shifted ODE, which follows the Brownian path's
 * W, H and K, solved by a Runge-Kutta-Nyström step with the Gauss points (3 -+ sqrt(3)) / 6 inside
 * the exact friction flow. Two forces a step, strong order 3 for a smooth force (Foster, Lyons and
 * Oberhauser 2021, "The shifted ODE method for underdamped Langevin MCMC"; Foster and O'Kane for
 * this variant).
 */
public final class Quicsort extends LangevinScheme {
  private static final double LEFT = (3 - Math.sqrt(3)) / 6;
  private static final double RIGHT = (3 + Math.sqrt(3)) / 6;

  @Override
  public String name() {
    return "quicsort";
  }

  @Override
  public String description() {
    return "QUICSORT: underdamped Langevin, strong order 3 at two forces (Foster, Lyons, Oberhauser"
        + " 2021)";
  }

  @Override
  public double strongOrder(NoiseType noise) {
    return 3.0;
  }

  @Override
  public double weakOrder(NoiseType noise) {
    return 3.0;
  }

  @Override
  public Set<LevyTerm> levyTerms(Sde sde) {
    return Set.of(LevyTerm.SPACE_TIME, LevyTerm.SPACE_TIME_TIME);
  }

  @Override
  public Expr step(Sde sde, Step step) {
    UnderdampedLangevin langevin = UnderdampedLangevin.of(sde).orElseThrow();
    Expr rho = langevin.noise();
    Expr h = UnderdampedLangevin.pick(step.spaceTime(), langevin.channel());
    Expr k = UnderdampedLangevin.pick(step.spaceTimeTime(), langevin.channel());
    Expr w = UnderdampedLangevin.pick(step.dW(), langevin.channel());
    Expr slope = rho.times(w.minus(k.times(12))).times(Expr.ONE.over(Step.DT));
    Expr x = UnderdampedLangevin.pick(sde.state(), langevin.position());
    Expr v =
        UnderdampedLangevin.pick(sde.state(), langevin.velocity())
            .plus(rho.times(h.plus(k.times(6))));
    Expr early = Step.DT.times(LEFT);
    Expr late = Step.DT.times(RIGHT);
    LangevinFlow left = new LangevinFlow(langevin.friction(), early);
    LangevinFlow right = new LangevinFlow(langevin.friction(), late);
    LangevinFlow third = new LangevinFlow(langevin.friction(), Step.DT.times(1.0 / 3));
    LangevinFlow whole = new LangevinFlow(langevin.friction(), Step.DT);
    Expr first = x.plus(v.times(left.reach())).plus(slope.times(left.fall()));
    Expr kick = langevin.force(sde, Sde.TIME.plus(early), first).times(Step.DT);
    Expr second =
        x.plus(v.times(right.reach()))
            .plus(slope.times(right.fall()))
            .plus(kick.times(third.reach()));
    Expr later = langevin.force(sde, Sde.TIME.plus(late), second).times(Step.DT);
    // A kick at the left point lasts for the right part of the step, and the other way round.
    return langevin.state(
        x.plus(v.times(whole.reach()))
            .plus(slope.times(whole.fall()))
            .plus(kick.times(right.reach()).plus(later.times(left.reach())).times(0.5)),
        v.times(whole.decay())
            .plus(slope.times(whole.reach()))
            .plus(kick.times(right.decay()).plus(later.times(left.decay())).times(0.5))
            .minus(rho.times(h.minus(k.times(6)))));
  }
}
