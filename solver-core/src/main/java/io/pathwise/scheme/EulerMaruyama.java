package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Set;

/**
 * Euler-Maruyama, y + f dt + g dW: strong order 1/2 (1 for additive noise), weak order 1 (Kloeden
 * and Platen 1992, section 10.2).
 */
public final class EulerMaruyama implements Scheme {

  @Override
  public String name() {
    return "euler";
  }

  @Override
  public String description() {
    return "Euler-Maruyama: the cheapest step, for any Ito noise (Kloeden-Platen 1992, 10.2)";
  }

  @Override
  public double strongOrder(NoiseType noise) {
    return noise == NoiseType.ADDITIVE ? 1.0 : 0.5;
  }

  @Override
  public double weakOrder(NoiseType noise) {
    return 1.0;
  }

  @Override
  public Set<Calculus> calculi() {
    return EnumSet.of(Calculus.ITO);
  }

  @Override
  public Set<NoiseType> noiseTypes() {
    return EnumSet.allOf(NoiseType.class);
  }

  @Override
  public Expr step(Sde sde, Step step) {
    return sde.state().plus(sde.drift().times(Step.DT)).plus(sde.diffuse(step.dW()));
  }
}
