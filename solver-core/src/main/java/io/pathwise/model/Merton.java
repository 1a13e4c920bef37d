package io.pathwise.model;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.ExactTransition;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Merton's jump diffusion: dS / S- = (r - q - lambda k) dt + sigma dW + (exp(J) - 1) dN with J ~
 * N(mu-j, sigma-j^2), k = E[exp(J) - 1] (Merton 1976), on x = log S, where a step of any size is
 * exact.
 */
final class Merton implements ModelType {
  private static final List<Parameter> PARAMETERS =
      List.of(
          EquityRates.SPOT,
          EquityRates.RATE,
          EquityRates.YIELD,
          Parameter.required("sigma", 0, 10, "volatility between jumps, a square root year"),
          LogPrice.INTENSITY,
          LogPrice.MEAN,
          LogPrice.DEVIATION);

  @Override
  public String name() {
    return "merton";
  }

  @Override
  public String description() {
    return "Merton jump diffusion on log S: normal jumps (Merton 1976)";
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
    return diffusion(name(), PARAMETERS, curves, LogPrice.normalCompensator())
        .with(LogPrice.jumps(LogPrice.normal(), 1));
  }

  /** Geometric Brownian motion on x whose drift gives up a compensator. */
  static Sde diffusion(
      String name, List<Parameter> parameters, Set<String> curves, Expr compensator) {
    Expr sigma = Expr.param("sigma");
    Expr carry = EquityRates.rate("r", curves).minus(EquityRates.rate("q", curves));
    Expr drift = carry.minus(sigma.square().times(0.5)).minus(compensator);
    return new Sde(
            name,
            Calculus.ITO,
            NoiseType.ADDITIVE,
            List.of("x"),
            1,
            EquityRates.names(parameters, curves),
            Expr.param("spot").log().reshape(Shape.vector(1)),
            drift.reshape(Shape.vector(1)),
            sigma.reshape(Shape.matrix(1, 1)),
            Map.of("S", Sde.state(1).get(0).exp()))
        .with(ExactTransition.constantCoefficients());
  }
}
