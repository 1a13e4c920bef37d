package io.pathwise.calibrate;

import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.payoff.OptionType;

/**
 * What a pricer is asked for: a European option with its expiry.
 *
 * @param option type and strike
 * @param expiry years
 */
public record Vanilla(EuropeanOption option, double expiry) {

  /** The out-of-the-money option of a strike. */
  static Vanilla outOfTheMoney(Market market, double strike, double expiry) {
    OptionType type = OptionType.outOfTheMoney(market.forward(expiry), strike);
    return new Vanilla(new EuropeanOption(type, strike), expiry);
  }
}
