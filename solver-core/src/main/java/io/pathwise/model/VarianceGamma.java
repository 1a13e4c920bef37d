package io.pathwise.model;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.ExactTransition;
import io.pathwise.sde.GammaSubordination;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Variance gamma: x = log S is a Brownian motion with drift theta and volatility sigma on a gamma
 * clock of variance nu a year, and a drift that makes the price a martingale (Madan, Carr and Chang
 * 1998); a step of any size is exact.
 */
final class VarianceGamma implements ModelType {
  private static final List<Parameter> PARAMETERS =
      List.of(
          EquityRates.SPOT,
          EquityRates.RATE,
          EquityRates.YIELD,
          Parameter.required("sigma", 0, 10, "volatility of the motion, a square root year"),
          Parameter.required("nu", 1e-6, 100, "variance of the gamma clock, a year"),
          Parameter.required(
              "theta", -10, 10, "drift of the motion, a year; theta nu + sigma^2 nu / 2 below 1"));

  @Override
  public String name() {
    return "variance-gamma";
  }

  @Override
  public String description() {
    return "Variance gamma on log S: Brownian motion on a gamma clock (Madan-Carr-Chang 1998)";
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
    Expr nu = Expr.param("nu");
    Expr theta = Expr.param("theta");
    Expr exponent = theta.plus(sigma.square().times(0.5)).times(nu);
    Expr correction = Expr.ONE.minus(exponent).log().over(nu);
    Expr carry = EquityRates.rate("r", curves).minus(EquityRates.rate("q", curves));
    Shape one = Shape.vector(1);
    return new Sde(
            name(),
            Calculus.ITO,
            NoiseType.ADDITIVE,
            List.of("x"),
            1,
            EquityRates.names(PARAMETERS, curves),
            Expr.param("spot").log().reshape(one),
            carry.plus(correction).reshape(one),
            Expr.ZERO.reshape(Shape.matrix(1, 1)),
            Map.of("S", Sde.state(1).get(0).exp()))
        .with(ExactTransition.constantCoefficients())
        .with(new GammaSubordination(nu, theta.reshape(one), sigma.reshape(one)));
  }
}
