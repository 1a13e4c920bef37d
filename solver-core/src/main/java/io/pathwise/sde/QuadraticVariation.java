package io.pathwise.sde;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Forward;
import java.util.Map;

/** The instantaneous variance of a function of the state. */
public final class QuadraticVariation {
  private QuadraticVariation() {}

  /**
   * |g^T grad h|^2, the variance a year of h(y) without jumps: the sum over Brownian channels j of
   * the squared derivative of h along column j of g.
   *
   * @param function h, a scalar that reads the state and parameters
   * @throws IllegalArgumentException if the equation moves on a gamma clock, by jumps alone: then
   *     no variance tells what happens between two steps
   */
  public static Expr of(Sde sde, Expr function) {
    if (sde.capability(GammaSubordination.class).isPresent()) {
      throw new IllegalArgumentException(
          sde.name()
              + ": a gamma clock moves it by jumps alone, which leave no variance between two"
              + " steps; expected a Brownian motion, or a barrier at dates");
    }
    Expr sum = Expr.ZERO;
    for (int j = 0; j < sde.channels(); j++) {
      Expr along = Forward.tangent(function, Map.of(sde.state(), sde.channel(j)));
      sum = sum.plus(along.square());
    }
    return sum;
  }
}
