package io.pathwise.spark.calibrate;

import io.pathwise.calibrate.AnalyticPricer;
import io.pathwise.calibrate.Market;
import io.pathwise.calibrate.Vanilla;
import io.pathwise.model.analytic.BlackScholes;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.payoff.OptionType;
import java.util.List;
import java.util.Map;

/**
 * The implied volatilities of a Heston model on a few strikes and expiries, as a file of quotes.
 */
public final class Surface {
  /** The parameters of the model. */
  public static final Map<String, Double> HESTON =
      Map.of("v0", 0.04, "kappa", 2.0, "theta", 0.06, "xi", 0.6, "rho", -0.6);

  private static final Market MARKET = Market.flat(100, 0.02, 0.01);
  private static final double[] STRIKES = {80, 90, 100, 110, 120};
  private static final double[] EXPIRIES = {0.25, 0.5, 1, 2};

  private Surface() {}

  /** The header of the file. */
  public static String header() {
    return "as_of,id,spot,zero_rate,dividend_yield,strike,expiry,implied_vol\n";
  }

  /** The rows of a day. */
  public static String rows(String asOf, Map<String, Double> parameters) {
    StringBuilder rows = new StringBuilder();
    AnalyticPricer pricer = new AnalyticPricer("heston", MARKET);
    for (double expiry : EXPIRIES) {
      for (double strike : STRIKES) {
        double forward = MARKET.forward(expiry);
        OptionType type = OptionType.outOfTheMoney(forward, strike);
        EuropeanOption option = new EuropeanOption(type, strike);
        double price =
            pricer.price(parameters, List.of(new Vanilla(option, expiry)), List.of()).prices()[0];
        double volatility =
            BlackScholes.impliedVolatility(option, price, forward, MARKET.discount(expiry), expiry);
        rows.append(
            "%s,o-%s-%s,100,0.02,0.01,%s,%s,%s\n"
                .formatted(asOf, expiry, strike, strike, expiry, volatility));
      }
    }
    return rows.toString();
  }

  /** A job that fits the model to the file. */
  public static String job(String... lines) {
    return """
    job = calibrate
    name = desk
    as-of = 2026-01-02
    model.type = heston
    calibration.quotes { csv = quotes.csv, kind = implied-vol }
    """
        + String.join("\n", lines);
  }
}
