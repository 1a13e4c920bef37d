package io.pathwise.model.analytic;

import io.pathwise.payoff.OptionType;

/**
 * A call or put of one strike; the expiry stands beside it, since pricers take many strikes of one
 * expiry.
 *
 * @param type call or put
 * @param strike the strike K, in the unit of the spot
 */
public record EuropeanOption(OptionType type, double strike) {

  /**
   * Checks the strike.
   *
   * @throws IllegalArgumentException when the strike is not positive and finite
   */
  public EuropeanOption {
    new Arguments("option").present("type", type).positive("strike", strike).check();
  }

  /** A call. */
  public static EuropeanOption call(double strike) {
    return new EuropeanOption(OptionType.CALL, strike);
  }

  /** A put. */
  public static EuropeanOption put(double strike) {
    return new EuropeanOption(OptionType.PUT, strike);
  }

  /** The payoff's value at the forward: max(sign (F - K), 0). */
  double intrinsic(double forward) {
    return Math.max(type.sign() * (forward - strike), 0);
  }
}
