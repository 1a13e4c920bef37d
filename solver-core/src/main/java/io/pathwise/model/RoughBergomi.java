package io.pathwise.model;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.FractionalDriver;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rough Bergomi: dS = (r - q) S dt + sqrt(v) S dZ with v_t = xi0 exp(eta Y_t - eta^2 t^2H / 2), Y_t
 * = sqrt(2H) int_0^t (t - s)^(H - 1/2) dW_s and correlation rho of Z and W (Bayer, Friz and
 * Gatheral 2016, "Pricing under rough volatility"; xi0 flat, or a curve whose zero rates are the
 * mean variances up to their times), on the states x = log S and Y. Y comes from the hybrid scheme
 * ({@link FractionalDriver#volterra}), so the mean of v is xi0 on any grid.
 */
final class RoughBergomi implements ModelType {
  private static final String XI = "xi0";

  private static final List<Parameter> PARAMETERS =
      List.of(
          EquityRates.SPOT,
          Parameter.required(XI, 0, 100, "forward variance today, a year"),
          EquityRates.RATE,
          EquityRates.YIELD,
          Parameter.required("eta", 0, 100, "volatility of log variance after a year"),
          Parameter.required("hurst", 1e-3, 0.5, "Hurst index"),
          Parameter.required("rho", -1, 1, "correlation of price and variance"));

  @Override
  public String name() {
    return "rough-bergomi";
  }

  @Override
  public String description() {
    return "rough Bergomi stochastic volatility on (log S, Y), hybrid scheme (Bayer et al. 2016;"
        + " Bennedsen et al. 2017)";
  }

  @Override
  public List<Parameter> parameters() {
    return PARAMETERS;
  }

  @Override
  public Set<String> curves() {
    return Set.of("r", "q", XI);
  }

  /** v at a time and value of Y. */
  private static Expr variance(Expr y, Set<String> curves) {
    Expr eta = Expr.param("eta");
    Expr spread = Sde.TIME.pow(Expr.param("hurst").times(2));
    return EquityRates.rate(XI, curves)
        .times(eta.times(y).minus(eta.square().times(spread).times(0.5)).exp());
  }

  @Override
  public Sde sde(Set<String> curves) {
    Expr rho = Expr.param("rho");
    Expr y = Sde.state(2);
    Expr variance = variance(y.get(1), curves);
    Expr volatility = variance.sqrt();
    Expr carry = EquityRates.rate("r", curves).minus(EquityRates.rate("q", curves));
    Expr diffusion =
        Expr.concat(
                List.of(
                    volatility.times(rho),
                    volatility.times(Expr.ONE.minus(rho.square()).sqrt()),
                    Expr.ZERO,
                    Expr.ZERO,
                    Expr.ZERO,
                    Expr.ONE))
            .reshape(Shape.matrix(2, 3));
    Map<String, Expr> observables = new LinkedHashMap<>();
    observables.put("S", y.get(0).exp());
    if (!curves.contains(XI)) {
      observables.put("v", variance);
    }
    return new Sde(
            name(),
            Calculus.ITO,
            NoiseType.GENERAL,
            List.of("x", "Y"),
            3,
            EquityRates.names(PARAMETERS, curves),
            Expr.concat(List.of(Expr.param("spot").log(), Expr.ZERO)),
            Expr.concat(List.of(carry.minus(variance.times(0.5)), Expr.ZERO)),
            diffusion,
            observables)
        .with(FractionalDriver.volterra(2, Expr.param("hurst"), 0));
  }
}
