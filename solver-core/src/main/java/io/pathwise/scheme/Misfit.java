package io.pathwise.scheme;

import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;

/** Says why a scheme does not fit an equation and what would. */
final class Misfit {
  private Misfit() {}

  static String message(Scheme scheme, Sde sde) {
    StringBuilder text = new StringBuilder("scheme ").append(scheme.name());
    boolean calculus =
        scheme.calculi().contains(sde.calculus()) || sde.noise() == NoiseType.ADDITIVE;
    boolean noise = scheme.noiseTypes().contains(sde.noise());
    if (calculus && noise) {
      text.append(" needs of ").append(sde.name()).append(" what it does not have: ");
      text.append(scheme.missingStructure(sde).orElse("nothing"));
    } else {
      text.append(" does not support ").append(sde.noise()).append(" noise in ");
      text.append(sde.calculus()).append(" calculus");
    }
    text.append("; schemes that do: ")
        .append(Schemes.all().stream().filter(s -> s.supports(sde)).map(Scheme::name).toList());
    if (!calculus && noise) {
      boolean ito = sde.calculus() == Calculus.ITO;
      text.append("; or convert the equation by Sde.")
          .append(ito ? "toStratonovich()" : "toIto()")
          .append(", which adds the drift correction");
    }
    return text.toString();
  }
}
