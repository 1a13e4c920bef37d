package io.pathwise.payoff;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Op;
import io.pathwise.expr.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Contracts on one price S, as claims whose value is the discounted payoff of one unit. Contracts
 * of a type share one template, whatever their strikes and dates; calls and puts are one template
 * with a sign.
 */
public final class Contracts {
  private static final Expr STRIKE = input("strike");
  private static final Expr SIGN = input("sign");

  private final Expr price;
  private final Discounting discounting;

  /**
   * Contracts on a price.
   *
   * @param price S as a function of the state
   * @param discounting brings payments to today
   */
  public Contracts(Expr price, Discounting discounting) {
    this.price = price;
    this.discounting = discounting;
  }

  /** Pays max(S - K, 0), or max(K - S, 0), at expiry. */
  public Claim european(String id, OptionType option, double strike, double expiry) {
    return claim(
        id,
        "european",
        exercised(price),
        true,
        expiry,
        List.of(),
        Map.of("strike", strike, "sign", (double) option.sign()));
  }

  /** Pays an amount at expiry if S ends above the strike (call) or below it (put). */
  public Claim digital(String id, OptionType option, double strike, double payout, double expiry) {
    return claim(
        id,
        "digital",
        SIGN.times(price.minus(STRIKE)).above(Expr.ZERO).times(input("payout")),
        false,
        expiry,
        List.of(),
        Map.of("strike", strike, "sign", (double) option.sign(), "payout", payout));
  }

  /** Pays S - K at expiry. */
  public Claim forward(String id, double strike, double expiry) {
    return claim(
        id, "forward", price.minus(STRIKE), true, expiry, List.of(), Map.of("strike", strike));
  }

  /**
   * Pays max(A - K, 0), or max(K - A, 0), at expiry, where A is a mean of S.
   *
   * @param fixings how many equally spaced dates enter the mean, the last at expiry
   */
  public Claim asian(
      String id,
      OptionType option,
      Averaging averaging,
      double strike,
      double expiry,
      int fixings) {
    boolean geometric = averaging == Averaging.GEOMETRIC;
    Expr sample = geometric ? price.log() : price;
    Functional running =
        new Functional(
            geometric ? "meanLog" : "mean", 0, sample.fma(input("weight"), Functional.VALUE));
    Expr average = geometric ? Output.slot(0).exp() : Output.slot(0);
    return claim(
        id,
        geometric ? "asianGeometric" : "asian",
        exercised(average),
        true,
        expiry,
        List.of(Watch.equallySpaced(running, fixings, expiry, Map.of("weight", 1.0 / fixings))),
        Map.of("strike", strike, "sign", (double) option.sign()));
  }

  /**
   * A European option that ends (out) or starts (in) when S is at the barrier or beyond it on one
   * of the monitoring dates.
   *
   * @param kind where the barrier lies and what reaching it does
   * @param monitoring how many equally spaced dates, the last at expiry
   */
  public Claim barrier(
      String id,
      OptionType option,
      double strike,
      double expiry,
      BarrierType kind,
      double barrier,
      int monitoring) {
    Expr inside = input("direction").times(price.minus(input("barrier"))).above(Expr.ZERO);
    Functional untouched = new Functional("untouched", 1, Functional.VALUE.times(inside));
    Expr alive = Output.slot(0).fma(input("untouched"), input("touched"));
    return claim(
        id,
        "barrier",
        exercised(price).times(alive),
        false,
        expiry,
        List.of(
            Watch.equallySpaced(
                untouched,
                monitoring,
                expiry,
                Map.of("direction", kind.isDown() ? 1.0 : -1.0, "barrier", barrier))),
        optionInputs(option, strike, kind));
  }

  /**
   * A European option that ends (out) or starts (in) when S reaches the barrier at any time:
   * between steps by the crossing probability of the Brownian bridge of log S, whose variance is
   * frozen at the start of the step (exact where it is constant), given the prices at the ends. The
   * value is continuous in the path. A jump inside a step counts as part of the bridge's ends.
   *
   * @param kind where the barrier lies and what reaching it does
   * @param variance the instantaneous variance of log S, a year, a scalar of t, the state and
   *     parameters
   * @param states the number of states of the equation
   */
  public Claim continuousBarrier(
      String id,
      OptionType option,
      double strike,
      double expiry,
      BarrierType kind,
      double barrier,
      Expr variance,
      int states) {
    Map<Expr, Expr> before =
        Map.of(Expr.leaf(Leaf.STATE, "y", Shape.vector(states)), Functional.previous(states));
    Expr logPrice = logarithm(price);
    Functional inside =
        BridgeCrossing.survival(
            "inside",
            Graph.substitute(logPrice, before),
            logPrice,
            Graph.substitute(variance, before));
    Expr alive = Output.slot(0).fma(input("untouched"), input("touched"));
    return claim(
        id,
        "continuousBarrier",
        exercised(price).times(alive),
        true,
        expiry,
        List.of(
            Watch.everyStep(
                inside,
                Map.of("direction", kind.isDown() ? 1.0 : -1.0, "level", StrictMath.log(barrier)))),
        optionInputs(option, strike, kind));
  }

  /**
   * Pays one unit at maturity, brought to today by a factor that the state knows, such as exp(minus
   * the integral of a short rate).
   *
   * @param factor the discount factor from today, a function of the state
   */
  public static Claim zeroCoupon(String id, Expr factor, double maturity) {
    return new Claim(id, "zeroCoupon", factor, true, maturity, List.of(), Map.of(), false);
  }

  /** Pays one unit at maturity, brought to today by the discounting of these contracts. */
  public Claim zeroCoupon(String id, double maturity) {
    return claim(id, "zeroCouponDiscounted", Expr.ONE, true, maturity, List.of(), Map.of());
  }

  private static Expr logarithm(Expr price) {
    return price.op() == Op.EXP ? price.arg(0) : price.log();
  }

  private static Map<String, Double> optionInputs(
      OptionType option, double strike, BarrierType kind) {
    return Map.of(
        "strike",
        strike,
        "sign",
        (double) option.sign(),
        "untouched",
        kind.isOut() ? 1.0 : -1.0,
        "touched",
        kind.isOut() ? 0.0 : 1.0);
  }

  private static Expr exercised(Expr value) {
    return SIGN.times(value.minus(STRIKE)).max(0);
  }

  private Claim claim(
      String id,
      String template,
      Expr payoff,
      boolean smooth,
      double expiry,
      List<Watch> watches,
      Map<String, Double> inputs) {
    Map<String, Double> all = new HashMap<>(inputs);
    all.putAll(discounting.inputs(expiry));
    return new Claim(
        id, template, payoff.times(discounting.factor()), smooth, expiry, watches, all, false);
  }

  private static Expr input(String name) {
    return Expr.leaf(Leaf.STEP, name);
  }
}
