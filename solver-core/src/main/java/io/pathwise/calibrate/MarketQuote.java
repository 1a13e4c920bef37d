package io.pathwise.calibrate;

import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.payoff.OptionType;
import java.util.OptionalDouble;

/**
 * A quote in both of its forms, seen from the out-of-the-money option of its strike.
 *
 * @param id names the instrument
 * @param vanilla the out-of-the-money option
 * @param price its present value, by put-call parity where the quote is for the other type
 * @param volatility its Black-Scholes volatility
 * @param vega dV/dsigma at that volatility
 * @param weight multiplies the squared residual
 * @param spread ask less bid as a volatility, where there are both
 */
record MarketQuote(
    String id,
    Vanilla vanilla,
    double price,
    double volatility,
    double vega,
    double weight,
    OptionalDouble spread) {

  /**
   * Both forms of a quote.
   *
   * @throws IllegalArgumentException if it has no volatility
   */
  static MarketQuote of(OptionQuote quote, Market market) {
    double expiry = quote.expiry();
    Vanilla vanilla = Vanilla.outOfTheMoney(market, quote.strike(), expiry);
    boolean isVolatility = quote.kind() == OptionQuote.Kind.IMPLIED_VOL;
    double price =
        isVolatility
            ? BlackVega.price(market, vanilla.option(), expiry, quote.value())
            : quote.value() - parity(quote, vanilla.option().type(), market);
    double volatility =
        isVolatility
            ? quote.value()
            : BlackVega.volatility(
                market, new EuropeanOption(quote.type(), quote.strike()), expiry, quote.value());
    double vega = BlackVega.vega(market, quote.strike(), expiry, volatility);
    OptionalDouble spread = OptionalDouble.empty();
    if (quote.bid().isPresent() && quote.ask().isPresent()) {
      double gap = quote.ask().getAsDouble() - quote.bid().getAsDouble();
      spread = OptionalDouble.of(isVolatility ? gap : gap / vega);
    }
    return new MarketQuote(quote.id(), vanilla, price, volatility, vega, quote.weight(), spread);
  }

  /** What the quoted type is worth more than the other: D (F - K) for a call over a put. */
  private static double parity(OptionQuote quote, OptionType other, Market market) {
    if (quote.type() == other) {
      return 0;
    }
    double forward = market.forward(quote.expiry());
    return market.discount(quote.expiry()) * quote.type().sign() * (forward - quote.strike());
  }
}
