package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Set;

/**
 * Tamed Euler: y + f dt / (1 + |f| dt) + g dW, for drift that grows faster than linearly, where
 * Euler-Maruyama explodes. Strong order 1/2 (1 for additive noise) where the drift is one-sided
 * Lipschitz (Hutzenthaler, Jentzen and Kloeden 2012, "Strong convergence of an explicit numerical
 * method for SDEs with nonglobally Lipschitz continuous coefficients").
 */
public final class TamedEuler implements Scheme {

  @Override
  public String name() {
    return "tamed-euler";
  }

  @Override
  public String description() {
    return "tamed Euler: explicit, for drift that grows superlinearly (Hutzenthaler-Jentzen-Kloeden 2012)";
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
    Expr drift = sde.drift().times(Step.DT);
    Expr norm = drift.dot(drift).sqrt();
    return sde.state().plus(drift.over(norm.plus(1))).plus(sde.diffuse(step.dW()));
  }
}
