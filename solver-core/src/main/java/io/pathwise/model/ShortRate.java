package io.pathwise.model;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one-factor short-rate models share: the states r and its integral from 0, with the
 * observables r and discount = exp(-integral of r), whose mean is the price of a zero-coupon bond.
 */
final class ShortRate {
  /** The state r. */
  static final Expr RATE = Sde.state(2).get(0);

  static final Parameter START = Parameter.required("r0", -1, 10, "short rate today, a year");
  static final Parameter SPEED =
      Parameter.required("a", 0, 1000, "speed of mean reversion, a year");
  static final Parameter LEVEL =
      Parameter.required("b", -1, 10, "long-run level of the short rate, a year");

  private ShortRate() {}

  /**
   * dr = a (level - rate) dt + volatility dW, d(integral) = rate dt.
   *
   * @param rate the short rate as drift and discount factor read it
   */
  static Sde sde(
      String name,
      NoiseType noise,
      List<String> parameters,
      Expr level,
      Expr rate,
      Expr volatility) {
    Map<String, Expr> observables = new LinkedHashMap<>();
    observables.put("r", rate);
    observables.put("discount", Sde.state(2).get(1).neg().exp());
    return new Sde(
        name,
        Calculus.ITO,
        noise,
        List.of("r", "integral"),
        1,
        parameters,
        Expr.concat(List.of(Expr.param("r0"), Expr.ZERO)),
        Expr.concat(List.of(Expr.param("a").times(level.minus(rate)), rate)),
        Expr.concat(List.of(volatility, Expr.ZERO)).reshape(Shape.matrix(2, 1)),
        observables);
  }
}
