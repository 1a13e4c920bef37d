package io.pathwise.calibrate;

import io.pathwise.model.analytic.BlackScholes;
import io.pathwise.model.analytic.EuropeanOption;

/** Prices, volatilities and vegas of options on a market. */
final class BlackVega {
  private static final double SQRT_TWO_PI = 2.5066282746310007;

  private BlackVega() {}

  /** The present value at a Black-Scholes volatility. */
  static double price(Market market, EuropeanOption option, double expiry, double volatility) {
    double yield = market.dividends().zeroRate(expiry);
    return new BlackScholes(market.spot(), market.rates().zeroRate(expiry), yield, volatility)
        .european(option, expiry)
        .price();
  }

  /** dV/dsigma: D F n(d1) sqrt(T) (Black 1976). */
  static double vega(Market market, double strike, double expiry, double volatility) {
    double forward = market.forward(expiry);
    double deviation = volatility * Math.sqrt(expiry);
    double d1 = StrictMath.log(forward / strike) / deviation + 0.5 * deviation;
    double density = StrictMath.exp(-0.5 * d1 * d1) / SQRT_TWO_PI;
    return market.discount(expiry) * forward * density * Math.sqrt(expiry);
  }

  /** The volatility of a present value. */
  static double volatility(Market market, EuropeanOption option, double expiry, double price) {
    return BlackScholes.impliedVolatility(
        option, price, market.forward(expiry), market.discount(expiry), expiry);
  }
}
