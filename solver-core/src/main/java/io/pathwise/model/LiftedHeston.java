package io.pathwise.model;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import io.pathwise.expr.Shape;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lifted Heston model with 20 factors (Abi Jaber 2019, "Lifting the Heston model"): variance v
 * = g0(t) + sum c_i U_i, dU_i = (-x_i U_i - kappa v) dt + xi sqrt(v) dW, g0(t) = v0 + kappa theta
 * sum c_i (1 - exp(-x_i t)) / x_i, a Markovian approximation of rough Heston of Hurst index H;
 * weights and speeds by his equations (3.5) with r = 1 + 10 n^-0.9. The factors revert at speeds
 * from 1e-2 to 1e2 a year: steps of a day or less, or a scheme that takes the linear drift exactly.
 */
final class LiftedHeston implements ModelType {
  private static final int FACTORS = 20;

  /** 1 + 10 * 20^-0.9. */
  private static final double RATIO = 1 + 10 * StrictMath.pow(FACTORS, -0.9);

  private static final List<Parameter> PARAMETERS =
      List.of(
          EquityRates.SPOT,
          Parameter.required("v0", 0, 100, "variance today, a year"),
          EquityRates.RATE,
          EquityRates.YIELD,
          Parameter.required("kappa", 0, 1000, "mean reversion of the variance"),
          Parameter.required("theta", 0, 100, "long-run variance, a year"),
          Parameter.required("xi", 0, 100, "volatility of variance"),
          Parameter.required("rho", -1, 1, "correlation of price and variance"),
          Parameter.required("hurst", 1e-3, 0.499, "Hurst index of the rough limit"));

  @Override
  public String name() {
    return "lifted-heston";
  }

  @Override
  public String description() {
    return "lifted Heston: rough volatility by 20 mean-reverting factors (Abi Jaber 2019)";
  }

  @Override
  public List<Parameter> parameters() {
    return PARAMETERS;
  }

  @Override
  public Set<String> curves() {
    return EquityRates.CURVES;
  }

  /** r to a power that depends on H. */
  private static Expr power(Expr exponent) {
    return exponent.times(StrictMath.log(RATIO)).exp();
  }

  /** x_i, the speed of factor i = 1 .. n. */
  private static Expr speed(int i) {
    Expr rough = Expr.of(0.5).minus(Expr.param("hurst"));
    Expr mean = rough.over(rough.plus(1));
    Expr powers = power(rough.plus(1)).minus(1).over(power(rough).minus(1));
    return mean.times(powers).times(StrictMath.pow(RATIO, i - 1 - FACTORS / 2));
  }

  /** c_i, the weight of factor i = 1 .. n; Gamma(a) Gamma(2 - a) = (1 - a) pi / sin(pi a). */
  private static Expr weight(int i) {
    Expr rough = Expr.of(0.5).minus(Expr.param("hurst"));
    Expr sine = Expr.apply(Op.SIN, rough.times(StrictMath.PI));
    Expr gammas = rough.times(StrictMath.PI).over(sine);
    return power(rough).minus(1).times(power(rough.times(i - 1 - FACTORS / 2))).over(gammas);
  }

  @Override
  public Sde sde(Set<String> curves) {
    Expr kappa = Expr.param("kappa");
    Expr rho = Expr.param("rho");
    Expr y = Sde.state(1 + FACTORS);
    Expr reverting = Expr.param("v0");
    for (int i = 1; i <= FACTORS; i++) {
      Expr decay = Expr.ONE.minus(speed(i).times(Sde.TIME).neg().exp());
      reverting =
          reverting.plus(
              kappa.times(Expr.param("theta")).times(weight(i)).times(decay).over(speed(i)));
    }
    Expr variance = reverting;
    for (int i = 1; i <= FACTORS; i++) {
      variance = variance.plus(weight(i).times(y.get(i)));
    }
    variance = variance.max(0);
    Expr volatility = variance.sqrt();
    Expr carry = EquityRates.rate("r", curves).minus(EquityRates.rate("q", curves));
    List<String> states = new ArrayList<>(List.of("x"));
    List<Expr> initial = new ArrayList<>(List.of(Expr.param("spot").log()));
    List<Expr> drift = new ArrayList<>(List.of(carry.minus(variance.times(0.5))));
    List<Expr> diffusion =
        new ArrayList<>(
            List.of(volatility.times(rho), volatility.times(Expr.ONE.minus(rho.square()).sqrt())));
    for (int i = 1; i <= FACTORS; i++) {
      states.add("U" + i);
      initial.add(Expr.ZERO);
      drift.add(speed(i).times(y.get(i)).plus(kappa.times(variance)).neg());
      diffusion.add(Expr.param("xi").times(volatility));
      diffusion.add(Expr.ZERO);
    }
    Map<String, Expr> observables = new LinkedHashMap<>();
    observables.put("S", y.get(0).exp());
    observables.put("v", variance);
    return new Sde(
        name(),
        Calculus.ITO,
        NoiseType.GENERAL,
        states,
        2,
        EquityRates.names(PARAMETERS, curves),
        Expr.concat(initial),
        Expr.concat(drift),
        Expr.concat(diffusion).reshape(Shape.matrix(1 + FACTORS, 2)),
        observables);
  }
}
