package io.pathwise.scheme;

import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.sde.UnderdampedLangevin;
import java.util.EnumSet;
import java.util.Set;

/** What the schemes for {@link UnderdampedLangevin} equations have in common. */
abstract class LangevinScheme implements Scheme {

  @Override
  public Set<Calculus> calculi() {
    return EnumSet.allOf(Calculus.class);
  }

  @Override
  public Set<NoiseType> noiseTypes() {
    return EnumSet.of(NoiseType.ADDITIVE);
  }

  @Override
  public boolean supports(Sde sde) {
    return Scheme.super.supports(sde) && UnderdampedLangevin.of(sde).isPresent();
  }

  @Override
  public void requireSupport(Sde sde) {
    if (UnderdampedLangevin.of(sde).isEmpty()) {
      throw new IllegalArgumentException(
          "scheme "
              + name()
              + " needs an underdamped Langevin equation, dx = v dt, dv = (-gamma v + F(x)) dt + rho"
              + " dW with gamma and rho of parameters and additive noise; "
              + sde.name()
              + " has another structure, schemes that fit it: "
              + Schemes.all().stream().filter(s -> s.supports(sde)).map(Scheme::name).toList());
    }
  }
}
