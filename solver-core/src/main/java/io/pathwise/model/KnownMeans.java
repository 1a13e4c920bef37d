package io.pathwise.model;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Op;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Control;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.sde.ZeroCurve;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Control variates of an equity model: discounted contracts with their means as formulas of spot,
 * r, q and sigma, so that derivatives in those count. Which of them a model has under a scheme says
 * {@link ModelType#knownMeans}.
 */
public final class KnownMeans {
  private static final Expr TIME = input("t");
  private static final Expr STRIKE = input("strike");
  private static final Expr SIGN = input("sign");
  private static final Expr MEAN_TIME = input("meanTime");
  private static final Expr MEAN_VARIANCE = input("meanVariance");
  private static final double LEAST_DEVIATION = 1e-12;

  private final Map<String, ZeroCurve> curves;
  private final Contracts contracts;

  /**
   * Of a model.
   *
   * @param price S as a function of the state
   * @param curves the term structures that replace r or q
   */
  public KnownMeans(Expr price, Map<String, ZeroCurve> curves) {
    this.curves = Map.copyOf(curves);
    ZeroCurve rates = curves.get("r");
    this.contracts =
        new Contracts(
            price,
            rates == null ? Discounting.rate(Expr.param("r")) : Discounting.curve(rates::discount));
  }

  /** S at a time in years, discounted. */
  public Control forward(String id, double time) {
    Claim claim = with(contracts.forward(id, 0, time), growth(time));
    return new Control(claim, Expr.param("spot").times(exponent("q", TIME).neg().exp()));
  }

  /** The option of a strike; its mean is that of Black-Scholes (1973). */
  public Control european(String id, OptionType option, double strike, double expiry) {
    Claim claim = with(contracts.european(id, option, strike, expiry), growth(expiry));
    Expr forward = Expr.param("spot").times(exponent("r", TIME).minus(exponent("q", TIME)).exp());
    return new Control(claim, black(forward, deviation(TIME)));
  }

  /** The option on the geometric mean (Kemna and Vorst 1990, for discrete dates). */
  public Control geometricAsian(
      String id, OptionType option, double strike, double expiry, int fixings) {
    double n = fixings;
    Map<String, Double> inputs = new HashMap<>(growth(expiry));
    inputs.put(MEAN_TIME.name(), expiry * (n + 1) / (2 * n));
    inputs.put(MEAN_VARIANCE.name(), expiry * (n + 1) * (2 * n + 1) / (6 * n * n));
    curves.forEach(
        (name, curve) ->
            inputs.put(
                meanExponent(name).name(),
                mean(fixings, expiry, t -> -StrictMath.log(curve.discount(t)))));
    Claim claim =
        with(contracts.asian(id, option, Averaging.GEOMETRIC, strike, expiry, fixings), inputs);
    Expr variance = Expr.param("sigma").square();
    Expr mean =
        Expr.param("spot")
            .log()
            .plus(fixingExponent("r"))
            .minus(fixingExponent("q"))
            .minus(variance.times(0.5).times(MEAN_TIME));
    Expr forward = mean.plus(variance.times(0.5).times(MEAN_VARIANCE)).exp();
    return new Control(claim, black(forward, deviation(MEAN_VARIANCE)));
  }

  private static Expr deviation(Expr time) {
    return Expr.param("sigma").times(time.sqrt()).max(LEAST_DEVIATION);
  }

  /** Black (1976), discounted. */
  private Expr black(Expr forward, Expr deviation) {
    Expr middle = forward.over(STRIKE).log().over(deviation);
    Expr half = deviation.times(0.5);
    Expr paid = forward.times(cdf(SIGN.times(middle.plus(half))));
    Expr price = paid.minus(STRIKE.times(cdf(SIGN.times(middle.minus(half)))));
    return SIGN.times(price).times(exponent("r", TIME).neg().exp());
  }

  private static Expr cdf(Expr x) {
    return Expr.apply(Op.NORMAL_CDF, x);
  }

  /** The integral of a rate up to the time of the claim. */
  private Expr exponent(String rate, Expr time) {
    return curves.containsKey(rate) ? input("exponent." + rate) : Expr.param(rate).times(time);
  }

  /** Its mean over the fixings. */
  private Expr fixingExponent(String rate) {
    return curves.containsKey(rate) ? meanExponent(rate) : Expr.param(rate).times(MEAN_TIME);
  }

  private static Expr meanExponent(String rate) {
    return input("meanExponent." + rate);
  }

  private Map<String, Double> growth(double time) {
    Map<String, Double> inputs = new HashMap<>();
    curves.forEach(
        (name, curve) -> inputs.put("exponent." + name, -StrictMath.log(curve.discount(time))));
    return inputs;
  }

  private static double mean(int fixings, double expiry, DoubleUnaryOperator value) {
    double sum = 0;
    for (int i = 1; i <= fixings; i++) {
      sum += value.applyAsDouble(i == fixings ? expiry : expiry * i / fixings);
    }
    return sum / fixings;
  }

  private static Claim with(Claim claim, Map<String, Double> more) {
    Map<String, Double> inputs = new HashMap<>(claim.inputs());
    inputs.putAll(more);
    return new Claim(
        claim.id(),
        claim.template(),
        claim.value(),
        claim.smooth(),
        claim.time(),
        claim.watches(),
        inputs,
        claim.captured());
  }

  private static Expr input(String name) {
    return Expr.leaf(Leaf.STEP, name);
  }
}
