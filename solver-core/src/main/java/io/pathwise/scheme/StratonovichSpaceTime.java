package io.pathwise.scheme;

import io.pathwise.noise.LevyTerm;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.Set;

/**
 * A method for Stratonovich equations with any noise that asks for the space-time area. Orders are
 * those of additive noise 3/2, of channels that commute 1, elsewhere 1/2.
 */
abstract class StratonovichSpaceTime implements Scheme {

  @Override
  public double strongOrder(NoiseType noise) {
    return switch (noise) {
      case ADDITIVE -> 1.5;
      case GENERAL -> 0.5;
      default -> 1.0;
    };
  }

  @Override
  public double weakOrder(NoiseType noise) {
    return noise == NoiseType.ADDITIVE ? 2.0 : 1.0;
  }

  @Override
  public Set<Calculus> calculi() {
    return EnumSet.of(Calculus.STRATONOVICH);
  }

  @Override
  public Set<NoiseType> noiseTypes() {
    return EnumSet.allOf(NoiseType.class);
  }

  @Override
  public Set<LevyTerm> levyTerms(Sde sde) {
    return Set.of(LevyTerm.SPACE_TIME);
  }
}
