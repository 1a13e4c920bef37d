package io.pathwise.model.analytic;

import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.OptionType;

/**
 * Closed-form prices under Black-Scholes with a continuous dividend yield: dS = (r - q) S dt +
 * sigma S dW.
 *
 * <p>Sources: Black and Scholes (1973) and Merton (1973) for the European options; Kemna and Vorst
 * (1990) for the geometric Asian; Reiner and Rubinstein (1991) for the barriers; Broadie,
 * Glasserman and Kou (1997) for discrete monitoring.
 *
 * @param spot today's price S
 * @param r interest rate, continuously compounded, a year
 * @param q dividend yield, continuously compounded, a year
 * @param sigma volatility, a square root of a year
 */
public record BlackScholes(double spot, double r, double q, double sigma) {
  /** -zeta(1/2) / sqrt(2 pi): Broadie, Glasserman and Kou (1997), theorem 1.1. */
  private static final double BARRIER_SHIFT = 0.5825971579390107;

  /** Prices this many units in the last place below intrinsic value count as intrinsic. */
  private static final int INTRINSIC_ULPS = 8;

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException unless spot and sigma are positive and all are finite; the
   *     message lists every offending parameter
   */
  public BlackScholes {
    new Arguments("Black-Scholes")
        .positive("spot", spot)
        .finite("r", r)
        .finite("q", q)
        .positive("sigma", sigma)
        .check();
  }

  /** The forward price S exp((r - q) T). */
  public double forward(double expiry) {
    checkExpiry(expiry);
    return spot * StrictMath.exp((r - q) * expiry);
  }

  /** The discount factor exp(-r T). */
  public double discountFactor(double expiry) {
    checkExpiry(expiry);
    return StrictMath.exp(-r * expiry);
  }

  /** A forward contract struck at a delivery price: exp(-r T) (F - K). */
  public ValueAndDelta forwardContract(double strike, double expiry) {
    new Arguments("forward").finite("strike", strike).positive("expiry", expiry).check();
    return new ValueAndDelta(
        discountFactor(expiry) * (forward(expiry) - strike), StrictMath.exp(-q * expiry));
  }

  /**
   * A European option with its sensitivities (Black and Scholes 1973, equation 13; Merton 1973 for
   * the yield). Out-of-the-money prices keep their relative accuracy however small they are.
   *
   * @throws IllegalArgumentException when the expiry is not positive and finite
   */
  public EuropeanValue european(EuropeanOption option, double expiry) {
    double forward = forward(expiry);
    double discount = discountFactor(expiry);
    double strike = option.strike();
    int sign = option.type().sign();
    double root = Math.sqrt(expiry);
    double deviation = sigma * root;
    double d1 = StrictMath.log(forward / strike) / deviation + 0.5 * deviation;
    double d2 = d1 - deviation;
    double price = discount * black(option, forward, deviation);
    double yieldFactor = StrictMath.exp(-q * expiry);
    double spotTerm = sign * spot * yieldFactor * Normal.cdf(sign * d1);
    double strikeTerm = sign * strike * discount * Normal.cdf(sign * d2);
    double density = Normal.density(d1);
    double vega = spot * yieldFactor * density * root;
    return new EuropeanValue(
        price,
        sign * yieldFactor * Normal.cdf(sign * d1),
        yieldFactor * density / (spot * deviation),
        vega,
        q * spotTerm - r * strikeTerm - 0.5 * vega * sigma / expiry,
        expiry * strikeTerm,
        -yieldFactor * density * d2 / sigma,
        vega * d1 * d2 / sigma);
  }

  /**
   * A cash-or-nothing digital: pays {@code payout} when the option ends in the money (Reiner and
   * Rubinstein 1991, "Unscrambling the binary code").
   *
   * @throws IllegalArgumentException when the payout is not finite or the expiry not positive
   */
  public ValueAndDelta digital(EuropeanOption option, double payout, double expiry) {
    new Arguments("digital").finite("payout", payout).positive("expiry", expiry).check();
    int sign = option.type().sign();
    double deviation = sigma * Math.sqrt(expiry);
    double d2 = StrictMath.log(forward(expiry) / option.strike()) / deviation - 0.5 * deviation;
    double present = payout * discountFactor(expiry);
    return new ValueAndDelta(
        present * Normal.cdf(sign * d2), sign * present * Normal.density(d2) / (spot * deviation));
  }

  /**
   * An option on the geometric mean of equally spaced fixings, the last at expiry. The mean is
   * lognormal: with n fixings its logarithm has mean ln S + (r - q - sigma^2/2) T (n+1)/(2n) and
   * variance sigma^2 T (n+1)(2n+1)/(6n^2) (Kemna and Vorst 1990, for discrete dates).
   *
   * @throws IllegalArgumentException when fixings are fewer than one or the expiry not positive
   */
  public ValueAndDelta geometricAsian(EuropeanOption option, int fixings, double expiry) {
    new Arguments("geometric Asian")
        .require(fixings >= 1, "fixings", fixings, "an integer >= 1")
        .positive("expiry", expiry)
        .check();
    double n = fixings;
    double drift = (r - q - 0.5 * sigma * sigma) * expiry * (n + 1) / (2 * n);
    double variance = sigma * sigma * expiry * (n + 1) * (2 * n + 1) / (6 * n * n);
    double forward = spot * StrictMath.exp(drift + 0.5 * variance);
    double deviation = Math.sqrt(variance);
    double discount = discountFactor(expiry);
    int sign = option.type().sign();
    double d1 = StrictMath.log(forward / option.strike()) / deviation + 0.5 * deviation;
    return new ValueAndDelta(
        discount * black(option, forward, deviation),
        sign * discount * forward / spot * Normal.cdf(sign * d1));
  }

  /**
   * A single-barrier option without rebate whose barrier is watched continuously (Reiner and
   * Rubinstein 1991, "Breaking down the barriers"). Where the spot stands at or beyond the barrier,
   * an out-option is worth nothing and an in-option is the European option.
   *
   * @return the present value
   * @throws IllegalArgumentException when barrier or expiry is not positive and finite
   */
  public double barrier(BarrierType kind, EuropeanOption option, double barrier, double expiry) {
    new Arguments("barrier option")
        .present("kind", kind)
        .positive("barrier", barrier)
        .positive("expiry", expiry)
        .check();
    if (kind.isReached(spot, barrier)) {
      return kind.isOut() ? 0 : european(option, expiry).price();
    }
    return new BarrierFormula(this, option, barrier, expiry).price(kind);
  }

  /**
   * The continuous barrier whose option is worth, to o(1 / sqrt(m)), the option watched at m
   * equally spaced dates: the barrier moved away from the spot by the factor exp(0.5826 sigma
   * sqrt(T / m)) (Broadie, Glasserman and Kou 1997, theorem 1.1).
   *
   * @param monitoring the number of dates m, the last at expiry
   * @throws IllegalArgumentException when an argument is out of range
   */
  public double equivalentContinuousBarrier(
      BarrierType kind, double barrier, int monitoring, double expiry) {
    new Arguments("discrete barrier")
        .present("kind", kind)
        .positive("barrier", barrier)
        .require(monitoring >= 1, "monitoring", monitoring, "an integer >= 1")
        .positive("expiry", expiry)
        .check();
    double shift = BARRIER_SHIFT * sigma * Math.sqrt(expiry / monitoring);
    return barrier * StrictMath.exp(kind.isDown() ? -shift : shift);
  }

  /**
   * The volatility at which a European option has a given price, to about 1e-14 relative wherever
   * the price determines it that well.
   *
   * <p>A price equal to the lower bound, the discounted intrinsic value, has volatility 0.
   *
   * @param price present value
   * @param forward the forward price F for the expiry
   * @param discountFactor present value of one unit paid at expiry
   * @throws IllegalArgumentException when the price lies outside the no-arbitrage bounds: below
   *     discounted intrinsic value, or at or above the discounted forward (call) or strike (put);
   *     or when another argument is out of range
   */
  public static double impliedVolatility(
      EuropeanOption option, double price, double forward, double discountFactor, double expiry) {
    new Arguments("implied volatility")
        .present("option", option)
        .finite("price", price)
        .positive("forward", forward)
        .positive("discountFactor", discountFactor)
        .positive("expiry", expiry)
        .check();
    double strike = option.strike();
    double undiscounted = price / discountFactor;
    double intrinsic = option.intrinsic(forward);
    double ceiling = option.type() == OptionType.CALL ? forward : strike;
    double timeValue = undiscounted - intrinsic;
    double rounding = INTRINSIC_ULPS * Math.ulp(intrinsic);
    new Arguments("implied volatility")
        .require(
            timeValue >= -rounding && undiscounted < ceiling,
            "price",
            price,
            "a price in ["
                + discountFactor * intrinsic
                + ", "
                + discountFactor * ceiling
                + "), the no-arbitrage bounds of a "
                + option)
        .check();
    if (timeValue <= 0) {
      return 0;
    }
    double x = -Math.abs(StrictMath.log(forward / strike));
    double beta = timeValue / Math.sqrt(forward * strike);
    if (beta >= StrictMath.exp(0.5 * x)) {
      return Double.POSITIVE_INFINITY;
    }
    return ImpliedVolatility.standardDeviation(x, beta) / Math.sqrt(expiry);
  }

  /** The undiscounted Black price for a total standard deviation. */
  static double black(EuropeanOption option, double forward, double deviation) {
    double strike = option.strike();
    double x = -Math.abs(StrictMath.log(forward / strike));
    return option.intrinsic(forward)
        + Math.sqrt(forward * strike) * NormalisedBlack.price(x, deviation);
  }

  private static void checkExpiry(double expiry) {
    new Arguments("Black-Scholes").positive("expiry", expiry).check();
  }
}
