package io.pathwise.model;

import io.pathwise.expr.Expr;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import io.pathwise.sde.VasicekTransition;
import java.util.List;
import java.util.Set;

/**
 * Hull-White, Vasicek's model extended by a level in time: dr = a (b(t) - r) dt + sigma dW (Hull
 * and White 1990), with the discount factor of {@link ShortRate}. A curve for b gives its forward
 * rates as the level.
 */
final class HullWhite implements ModelType {
  private static final String LEVEL = "b";
  private static final List<Parameter> PARAMETERS =
      List.of(
          ShortRate.START,
          ShortRate.SPEED,
          ShortRate.LEVEL,
          Parameter.required("sigma", 0, 10, "volatility of the short rate, a year^(3/2)"));

  @Override
  public String name() {
    return "hull-white";
  }

  @Override
  public String description() {
    return "Hull-White short rate (r, integral of r): Vasicek with a level b(t) (Hull-White 1990)";
  }

  @Override
  public List<Parameter> parameters() {
    return PARAMETERS;
  }

  @Override
  public Set<String> curves() {
    return Set.of(LEVEL);
  }

  @Override
  public Sde sde(Set<String> curves) {
    return ShortRate.sde(
            name(),
            NoiseType.ADDITIVE,
            EquityRates.names(PARAMETERS, curves),
            EquityRates.rate(LEVEL, curves),
            ShortRate.RATE,
            Expr.param("sigma"))
        .with(
            new VasicekTransition(
                Expr.param("a"), EquityRates.rate(LEVEL, curves), Expr.param("sigma")));
  }
}
