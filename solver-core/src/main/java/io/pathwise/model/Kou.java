package io.pathwise.model;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Marks;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Set;

/**
 * Kou's jump diffusion: as Merton's, with J double exponential: up with probability p at rate eta1,
 * else down at rate eta2 (Kou 2002), on x = log S, where a step of any size is exact.
 */
final class Kou implements ModelType {
  private static final List<Parameter> PARAMETERS =
      List.of(
          EquityRates.SPOT,
          EquityRates.RATE,
          EquityRates.YIELD,
          Parameter.required("sigma", 0, 10, "volatility between jumps, a square root year"),
          LogPrice.INTENSITY,
          Parameter.required("p", 0, 1, "probability that a jump goes up"),
          Parameter.required("eta1", 1.001, 1e6, "rate of jumps up in log S, 1 / mean, above 1"),
          Parameter.required("eta2", 0.001, 1e6, "rate of jumps down in log S, 1 / mean"));

  @Override
  public String name() {
    return "kou";
  }

  @Override
  public String description() {
    return "Kou jump diffusion on log S: double exponential jumps (Kou 2002)";
  }

  @Override
  public List<Parameter> parameters() {
    return PARAMETERS;
  }

  @Override
  public Set<String> curves() {
    return EquityRates.CURVES;
  }

  @Override
  public Sde sde(Set<String> curves) {
    Expr p = Expr.param("p");
    Expr eta1 = Expr.param("eta1");
    Expr eta2 = Expr.param("eta2");
    Expr rise = p.times(eta1).over(eta1.minus(1));
    Expr fall = Expr.ONE.minus(p).times(eta2).over(eta2.plus(1));
    Expr compensator = Expr.param("lambda").times(rise.plus(fall).minus(1));
    return Merton.diffusion(name(), PARAMETERS, curves, compensator)
        .with(LogPrice.jumps(new Marks.DoubleExponential(p, eta1, eta2), 1));
  }
}
