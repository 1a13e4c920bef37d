package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.noise.LevyTerm;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.sde.UnderdampedLangevin;
import java.util.Set;

/**
 * UBU for underdamped Langevin equations: half a step of the friction flow, a full kick of the
 * force at the midpoint, half a step of the flow. One force a step, strong and weak order 2 (the
 * splitting of Sanz-Serna and Zygalakis 2021, "Wasserstein distance estimates for the distributions
 * of numerical approximations to ergodic stochastic differential equations").
 *
 * <p>The Brownian path in the flow is the chord between jumps of H and -H at the ends, which has
 * the path's increment and integral (the shifted ODE of Foster, Lyons and Oberhauser 2021), where
 * the original draws the flow's own Gaussian integrals: so steps of any size follow one Brownian
 * path.
 */
public final class Ubu extends LangevinScheme {

  @Override
  public String name() {
    return "ubu";
  }

  @Override
  public String description() {
    return "UBU: underdamped Langevin, strong order 2 at one force (Sanz-Serna, Zygalakis 2021)";
  }

  @Override
  public double strongOrder(NoiseType noise) {
    return 2.0;
  }

  @Override
  public double weakOrder(NoiseType noise) {
    return 2.0;
  }

  @Override
  public Set<LevyTerm> levyTerms(Sde sde) {
    return Set.of(LevyTerm.SPACE_TIME);
  }

  @Override
  public Expr step(Sde sde, Step step) {
    UnderdampedLangevin langevin = UnderdampedLangevin.of(sde).orElseThrow();
    Expr x = UnderdampedLangevin.pick(sde.state(), langevin.position());
    Expr jump =
        langevin.noise().times(UnderdampedLangevin.pick(step.spaceTime(), langevin.channel()));
    Expr v = UnderdampedLangevin.pick(sde.state(), langevin.velocity()).plus(jump);
    Expr slope =
        langevin
            .noise()
            .times(UnderdampedLangevin.pick(step.dW(), langevin.channel()))
            .times(Expr.ONE.over(Step.DT));
    Expr middle = Step.DT.times(0.5);
    LangevinFlow half = new LangevinFlow(langevin.friction(), middle);
    LangevinFlow whole = new LangevinFlow(langevin.friction(), Step.DT);
    Expr midpoint = x.plus(v.times(half.reach())).plus(slope.times(half.fall()));
    Expr kick = langevin.force(sde, Sde.TIME.plus(middle), midpoint).times(Step.DT);
    return langevin.state(
        x.plus(v.times(whole.reach()))
            .plus(slope.times(whole.fall()))
            .plus(kick.times(half.reach())),
        v.times(whole.decay())
            .plus(slope.times(whole.reach()))
            .plus(kick.times(half.decay()))
            .minus(jump));
  }
}
