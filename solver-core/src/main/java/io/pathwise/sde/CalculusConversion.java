package io.pathwise.sde;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Forward;
import io.pathwise.expr.Shape;
import java.util.Map;

/**
 * The drift correction between the calculi: f_Ito = f_Stratonovich + 1/2 sum_j (g_j . grad) g_j
 * (Kloeden and Platen 1992, section 4.9), derived on the graph.
 */
final class CalculusConversion {
  private CalculusConversion() {}

  /**
   * The same process declared in another calculus: drift corrected, all else, jumps among it, as it
   * is.
   */
  static Sde to(Calculus calculus, Sde sde) {
    if (sde.calculus() == calculus) {
      return sde;
    }
    Expr drift = sde.drift();
    if (sde.noise() != NoiseType.ADDITIVE) {
      Expr correction = correction(sde).times(0.5);
      drift = calculus == Calculus.ITO ? drift.plus(correction) : drift.minus(correction);
    }
    return new Sde(
        sde.name(),
        calculus,
        sde.noise(),
        sde.states(),
        sde.channels(),
        sde.parameters(),
        sde.initial(),
        drift,
        sde.diffusion(),
        sde.observables(),
        sde.capabilities(),
        sde.jumps());
  }

  /** The sum over channels of (g_j . grad) g_j: a vector of n. */
  private static Expr correction(Sde sde) {
    if (sde.noise() == NoiseType.DIAGONAL || sde.noise() == NoiseType.SCALAR) {
      return alongItself(sde, sde.diffusion().reshape(Shape.vector(sde.states().size())));
    }
    Expr sum = Expr.ZERO;
    for (int j = 0; j < sde.channels(); j++) {
      sum = sum.plus(alongItself(sde, sde.channel(j)));
    }
    return sum;
  }

  private static Expr alongItself(Sde sde, Expr g) {
    return Forward.tangent(g, Map.of(sde.state(), g));
  }
}
