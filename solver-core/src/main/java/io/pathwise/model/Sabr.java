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
import java.util.Set;

/**
 * SABR: dF = A F^beta dW1, dA = nu A dW2, correlation rho, A(0) = alpha (Hagan, Kumar, Lesniewski
 * and Woodward 2002), on the states F and log A. F enters the diffusion as max(F, 0), so that a
 * path that reaches 0 stays there.
 */
final class Sabr implements ModelType {
  private static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.required("f0", Double.MIN_NORMAL, 1e12, "forward price today"),
          Parameter.required("alpha", Double.MIN_NORMAL, 1e12, "volatility today"),
          Parameter.required("beta", 0, 1, "exponent of the forward price"),
          Parameter.required("nu", 0, 100, "volatility of volatility, a square root year"),
          Parameter.required("rho", -1, 1, "correlation of price and volatility"),
          Parameter.optional("r", -1, 1, 0, "rate that discounts payments, a year"));

  @Override
  public String name() {
    return "sabr";
  }

  @Override
  public String description() {
    return "SABR forward price and stochastic volatility (Hagan et al. 2002)";
  }

  @Override
  public List<Parameter> parameters() {
    return PARAMETERS;
  }

  @Override
  public Set<String> curves() {
    return Set.of("r");
  }

  @Override
  public Sde sde(Set<String> curves) {
    Expr nu = Expr.param("nu");
    Expr rho = Expr.param("rho");
    Expr forward = Sde.state(2).get(0).max(0);
    Expr level = Sde.state(2).get(1).exp();
    Expr volatility = forward.above(Expr.ZERO).times(level).times(power(forward));
    Expr orthogonal = Expr.ONE.minus(rho.square()).sqrt();
    Map<String, Expr> observables = new LinkedHashMap<>();
    observables.put("S", forward);
    observables.put("alpha", level);
    return new Sde(
        name(),
        Calculus.ITO,
        NoiseType.GENERAL,
        List.of("F", "logAlpha"),
        2,
        EquityRates.names(PARAMETERS, curves),
        Expr.concat(List.of(Expr.param("f0"), Expr.param("alpha").log())),
        Expr.concat(List.of(Expr.ZERO, nu.square().times(-0.5))),
        Expr.concat(List.of(volatility, Expr.ZERO, nu.times(rho), nu.times(orthogonal)))
            .reshape(Shape.matrix(2, 2)),
        observables);
  }

  private static Expr power(Expr forward) {
    return forward.pow(Expr.param("beta"));
  }
}
