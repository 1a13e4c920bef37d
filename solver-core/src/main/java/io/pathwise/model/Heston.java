package io.pathwise.model;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import io.pathwise.sde.SquareRootVolatility;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Heston: dS = (r - q) S dt + sqrt(v) S dW1, dv = kappa (theta - v) dt + xi sqrt(v) dW2,
 * correlation rho (Heston 1993), on the states x = log S and v with full truncation: v enters drift
 * and diffusion as max(v, 0) (Lord, Koekkoek and van Dijk 2010, section 3).
 */
final class Heston implements ModelType {
  static final List<Parameter> PARAMETERS =
      List.of(
          EquityRates.SPOT,
          Parameter.required("v0", 0, 100, "variance today, a year"),
          EquityRates.RATE,
          EquityRates.YIELD,
          Parameter.required("kappa", 0, 1000, "speed of mean reversion, a year"),
          Parameter.required("theta", 0, 100, "long-run variance, a year"),
          Parameter.required("xi", 0, 100, "volatility of variance"),
          Parameter.required("rho", -1, 1, "correlation of price and variance"));

  @Override
  public String name() {
    return "heston";
  }

  @Override
  public String description() {
    return "Heston stochastic volatility on (log S, v), full truncation (Heston 1993; Lord et al."
        + " 2010)";
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
    return diffusion(name(), PARAMETERS, curves, Expr.ZERO);
  }

  /** The equation with a drift of x that gives up a compensator. */
  static Sde diffusion(
      String name, List<Parameter> parameters, Set<String> curves, Expr compensator) {
    Expr xi = Expr.param("xi");
    Expr rho = Expr.param("rho");
    Expr y = Sde.state(2);
    Expr variance = y.get(1).max(0);
    Expr volatility = variance.sqrt();
    Expr rates = EquityRates.rate("r", curves).minus(EquityRates.rate("q", curves));
    Expr carry = rates.minus(compensator);
    Expr drift =
        Expr.concat(
            List.of(
                carry.minus(variance.times(0.5)),
                Expr.param("kappa").times(Expr.param("theta").minus(variance))));
    Expr orthogonal = Expr.ONE.minus(rho.square()).sqrt();
    Expr diffusion =
        Expr.concat(
                List.of(
                    volatility,
                    Expr.ZERO,
                    xi.times(rho).times(volatility),
                    xi.times(orthogonal).times(volatility)))
            .reshape(Shape.matrix(2, 2));
    Map<String, Expr> observables = new LinkedHashMap<>();
    observables.put("S", y.get(0).exp());
    observables.put("v", variance);
    return new Sde(
        name,
        Calculus.ITO,
        NoiseType.GENERAL,
        List.of("x", "v"),
        2,
        EquityRates.names(parameters, curves),
        Expr.concat(List.of(Expr.param("spot").log(), Expr.param("v0"))),
        drift,
        diffusion,
        observables,
        List.of(
            new SquareRootVolatility(carry, Expr.param("kappa"), Expr.param("theta"), xi, rho)));
  }

  /** An Euler step of log S with the variance frozen keeps the discounted price a martingale. */
  @Override
  public Set<KnownMean> knownMeans(String scheme) {
    return scheme.equals("euler") ? Set.of(KnownMean.FORWARD) : Set.of();
  }
}
