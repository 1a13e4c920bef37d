package io.pathwise.calibrate;

import io.pathwise.payoff.OptionType;
import java.util.OptionalDouble;

/**
 * A European option's market quote, as it was read: nothing is refused here, {@link QuoteCheck}
 * names what is wrong.
 *
 * @param id names the instrument
 * @param type call or put
 * @param strike the strike, in the unit of the spot
 * @param expiry years
 * @param value a present value in the unit of the spot, or a Black-Scholes volatility a square root
 *     year
 * @param kind which of the two; bid and ask are of the same kind
 * @param weight multiplies the quote's squared residual; 1 counts once
 * @param bid the bid, where there is one
 * @param ask the ask, where there is one
 */
public record OptionQuote(
    String id,
    OptionType type,
    double strike,
    double expiry,
    double value,
    Kind kind,
    double weight,
    OptionalDouble bid,
    OptionalDouble ask) {

  /** What a quote's value is. */
  public enum Kind {
    /** A present value. */
    PRICE,
    /** A Black-Scholes volatility. */
    IMPLIED_VOL
  }

  /** A volatility without bid and ask that counts once. */
  public static OptionQuote ofVolatility(
      String id, OptionType type, double strike, double expiry, double volatility) {
    return new OptionQuote(
        id,
        type,
        strike,
        expiry,
        volatility,
        Kind.IMPLIED_VOL,
        1,
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  /** A present value without bid and ask that counts once. */
  public static OptionQuote ofPrice(
      String id, OptionType type, double strike, double expiry, double price) {
    return new OptionQuote(
        id,
        type,
        strike,
        expiry,
        price,
        Kind.PRICE,
        1,
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  /** The same with a bid and an ask. */
  public OptionQuote between(double newBid, double newAsk) {
    return new OptionQuote(
        id,
        type,
        strike,
        expiry,
        value,
        kind,
        weight,
        OptionalDouble.of(newBid),
        OptionalDouble.of(newAsk));
  }

  /** The same with another weight. */
  public OptionQuote weighing(double newWeight) {
    return new OptionQuote(id, type, strike, expiry, value, kind, newWeight, bid, ask);
  }
}
