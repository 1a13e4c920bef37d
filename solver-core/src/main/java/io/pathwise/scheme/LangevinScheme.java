package io.pathwise.scheme;

import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.sde.UnderdampedLangevin;
import java.util.EnumSet;
import java.util.Optional;
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
  public Optional<String> missingStructure(Sde sde) {
    return UnderdampedLangevin.of(sde).isPresent()
        ? Optional.empty()
        : Optional.of(
            "the structure of underdamped Langevin equations, dx = v dt and dv = (-gamma v + F(x))"
                + " dt + rho dW with a channel for each v, gamma and rho of parameters alone");
  }
}
