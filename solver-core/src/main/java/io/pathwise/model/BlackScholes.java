package io.pathwise.model;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.ExactTransition;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Black-Scholes: dS = (r - q) S dt + sigma S dW, on the state x = log S, where a step of any size
 * is exact (Black and Scholes 1973).
 */
final class BlackScholes implements ModelType {
  private static final List<Parameter> PARAMETERS =
      List.of(
          EquityRates.SPOT,
          EquityRates.RATE,
          EquityRates.YIELD,
          Parameter.required("sigma", 0, 10, "volatility, a square root year"));

  @Override
  public String name() {
    return "black-scholes";
  }

  @Override
  public String description() {
    return "Black-Scholes on log S: geometric Brownian motion (Black-Scholes 1973)";
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
    Expr sigma = Expr.param("sigma");
    Expr carry = EquityRates.rate("r", curves).minus(EquityRates.rate("q", curves));
    Expr drift = carry.minus(sigma.square().times(0.5));
    Map<String, Expr> observables = new LinkedHashMap<>();
    observables.put("S", Sde.state(1).get(0).exp());
    return new Sde(
            name(),
            Calculus.ITO,
            NoiseType.ADDITIVE,
            List.of("x"),
            1,
            EquityRates.names(PARAMETERS, curves),
            Expr.param("spot").log().reshape(Shape.vector(1)),
            drift.reshape(Shape.vector(1)),
            sigma.reshape(Shape.matrix(1, 1)),
            observables)
        .with(ExactTransition.constantCoefficients());
  }

  /** A step of log S is exact under these schemes, so every simulated mean is. */
  @Override
  public Set<KnownMean> knownMeans(String scheme) {
    return Set.of("euler", "milstein", "exact").contains(scheme)
        ? EnumSet.allOf(KnownMean.class)
        : Set.of();
  }
}
