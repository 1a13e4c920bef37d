package io.pathwise.model;

import io.pathwise.expr.Expr;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import io.pathwise.sde.SquareRootTransition;
import java.util.List;
import java.util.Set;

/**
 * Cox-Ingersoll-Ross: dr = a (b - r) dt + sigma sqrt(r) dW (Cox, Ingersoll and Ross 1985) with full
 * truncation: r enters drift, diffusion and discount factor as max(r, 0) (Lord, Koekkoek and van
 * Dijk 2010, section 3), for schemes that step over 0; it knows its transition law.
 */
final class CoxIngersollRoss implements ModelType {
  private static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.required("r0", 0, 10, "short rate today, a year"),
          ShortRate.SPEED,
          Parameter.required("b", 0, 10, "long-run level of the short rate, a year"),
          Parameter.required("sigma", 0, 10, "volatility of the square root of the short rate"));

  @Override
  public String name() {
    return "cir";
  }

  @Override
  public String description() {
    return "Cox-Ingersoll-Ross short rate (r, integral of r), full truncation (Cox et al. 1985)";
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
    Expr rate = ShortRate.RATE.max(0);
    return ShortRate.sde(
            name(),
            NoiseType.SCALAR,
            List.of("r0", "a", "b", "sigma"),
            Expr.param("b"),
            rate,
            Expr.param("sigma").times(rate.sqrt()))
        .with(new SquareRootTransition(Expr.param("a"), Expr.param("b"), Expr.param("sigma")));
  }
}
