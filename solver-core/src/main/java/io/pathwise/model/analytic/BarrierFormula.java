package io.pathwise.model.analytic;

import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.OptionType;

/**
 * The four building blocks A, B, C, D of Reiner and Rubinstein, "Breaking down the barriers", Risk
 * 4 (1991), 28-35, in the notation of Haug, "The Complete Guide to Option Pricing Formulas": A is
 * the European option, B the same with the strike's bound moved to the barrier, C and D their
 * images under reflection at the barrier, weighted by (H/S)^(2 lambda).
 */
final class BarrierFormula {
  private final BlackScholes market;
  private final EuropeanOption option;
  private final double barrier;
  private final double expiry;
  private final double deviation;

  /** mu = (r - q) / sigma^2 - 1/2, the exponent of the reflection. */
  private final double mu;

  BarrierFormula(BlackScholes market, EuropeanOption option, double barrier, double expiry) {
    this.market = market;
    this.option = option;
    this.barrier = barrier;
    this.expiry = expiry;
    this.deviation = market.sigma() * Math.sqrt(expiry);
    this.mu = (market.r() - market.q()) / (market.sigma() * market.sigma()) - 0.5;
  }

  /** The value while the barrier is untouched; rounding never makes it negative. */
  double price(BarrierType kind) {
    boolean call = option.type() == OptionType.CALL;
    boolean strikeAbove = option.strike() > barrier;
    double value =
        switch (kind) {
          case DOWN_IN -> call ? in(strikeAbove) : putIn(strikeAbove);
          case UP_IN -> call ? callIn(strikeAbove) : in(!strikeAbove);
          case DOWN_OUT -> call ? out(strikeAbove) : strikeAbove ? between() : 0;
          case UP_OUT -> call ? (strikeAbove ? 0 : between()) : out(!strikeAbove);
        };
    return Math.max(value, 0);
  }

  /**
   * Down-and-in call, up-and-in put: the strike on the spot's side of the barrier, or beyond it.
   */
  private double in(boolean strikeOnSpotSide) {
    return strikeOnSpotSide ? c() : a() - b() + d();
  }

  /** Down-and-out call, up-and-out put. */
  private double out(boolean strikeOnSpotSide) {
    return strikeOnSpotSide ? a() - c() : b() - d();
  }

  private double callIn(boolean strikeAbove) {
    return strikeAbove ? a() : b() - c() + d();
  }

  private double putIn(boolean strikeAbove) {
    return strikeAbove ? b() - c() + d() : a();
  }

  /** Out-options that pay only between strike and barrier. */
  private double between() {
    return a() - b() + c() - d();
  }

  private double a() {
    return direct(StrictMath.log(market.spot() / option.strike()));
  }

  private double b() {
    return direct(StrictMath.log(market.spot() / barrier));
  }

  private double c() {
    return reflected(StrictMath.log(barrier / market.spot() * (barrier / option.strike())));
  }

  private double d() {
    return reflected(StrictMath.log(barrier / market.spot()));
  }

  private double direct(double logRatio) {
    return terms(0, 0, logRatio, option.type().sign());
  }

  private double reflected(double logRatio) {
    double logBarrier = StrictMath.log(barrier / market.spot());
    int side = market.spot() > barrier ? 1 : -1;
    return terms(2 * (mu + 1) * logBarrier, 2 * mu * logBarrier, logRatio, side);
  }

  private double terms(double spotExponent, double strikeExponent, double logRatio, int side) {
    double x = logRatio / deviation + (1 + mu) * deviation;
    double spotTerm =
        market.spot() * Normal.expTimesCdf(spotExponent - market.q() * expiry, side * x);
    double strikeTerm =
        option.strike()
            * Normal.expTimesCdf(strikeExponent - market.r() * expiry, side * (x - deviation));
    return option.type().sign() * (spotTerm - strikeTerm);
  }
}
