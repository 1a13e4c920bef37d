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
   */
  public static Expr of(Sde sde, Expr function) {
    Expr sum = Expr.ZERO;
    for (int j = 0; j < sde.channels(); j++) {
      Expr along = Forward.tangent(function, Map.of(sde.state(), sde.channel(j)));
      sum = sum.plus(along.square());
    }
    return sum;
  }
}
