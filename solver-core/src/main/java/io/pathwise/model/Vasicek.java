package io.pathwise.model;

import io.pathwise.expr.Expr;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import io.pathwise.sde.VasicekTransition;
import java.util.List;
import java.util.Set;

/**
 * Vasicek: dr = a (b - r) dt + sigma dW (Vasicek 1977), with the discount factor of {@link
 * ShortRate}.
 */
final class Vasicek implements ModelType {
  private static final List<Parameter> PARAMETERS =
      List.of(
          ShortRate.START,
          ShortRate.SPEED,
          ShortRate.LEVEL,
          Parameter.required("sigma", 0, 10, "volatility of the short rate, a year^(3/2)"));

  @Override
  public String name() {
    return "vasicek";
  }

  @Override
  public String description() {
    return "Vasicek short rate (r, integral of r): Gaussian, mean-reverting (Vasicek 1977)";
  }

  @Override
  public List<Parameter> parameters() {
    return PARAMETERS;
  }

  @Override
  public Set<String> curves() {
    return Set.of();
  }

  @Override
  public Sde sde(Set<String> curves) {
    return ShortRate.sde(
            name(),
            NoiseType.ADDITIVE,
            List.of("r0", "a", "b", "sigma"),
            Expr.param("b"),
            ShortRate.RATE,
            Expr.param("sigma"))
        .with(new VasicekTransition(Expr.param("a"), Expr.param("b"), Expr.param("sigma")));
  }
}
