package io.pathwise.calibrate;

import io.pathwise.payoff.OptionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Quotes of a model at known parameters. */
final class Synthetic {
  static final Market MARKET = Market.flat(100, 0.03, 0.01);

  static final Map<String, Map<String, Double>> TRUTHS =
      Map.of(
          "black-scholes", Map.of("sigma", 0.27),
          "heston", Map.of("v0", 0.04, "kappa", 2.0, "theta", 0.06, "xi", 0.7, "rho", -0.6),
          "merton", Map.of("sigma", 0.15, "lambda", 0.6, "mu-j", -0.12, "sigma-j", 0.15),
          "kou", Map.of("sigma", 0.15, "lambda", 2.0, "p", 0.3, "eta1", 12.0, "eta2", 7.0),
          "bates",
              Map.of(
                  "v0", 0.04, "kappa", 2.0, "theta", 0.05, "xi", 0.5, "rho", -0.6, "lambda", 0.4,
                  "mu-j", -0.15, "sigma-j", 0.12),
          "variance-gamma", Map.of("sigma", 0.2, "nu", 0.3, "theta", -0.15));

  private Synthetic() {}

  /** A pricer of the market. */
  static AnalyticPricer pricer(String model) {
    return new AnalyticPricer(model, MARKET);
  }

  /** Volatilities of a pricer's model at its known parameters, disturbed normally. */
  static List<OptionQuote> quotes(
      Pricer pricer, double[] expiries, double[] strikes, double deviation, long seed) {
    Map<String, Double> truth = TRUTHS.get(pricer.model());
    List<Vanilla> options = new ArrayList<>();
    for (double expiry : expiries) {
      for (double strike : strikes) {
        options.add(Vanilla.outOfTheMoney(MARKET, strike, expiry));
      }
    }
    double[] prices = pricer.price(truth, options, List.of()).prices();
    Random random = new Random(seed);
    List<OptionQuote> quotes = new ArrayList<>();
    for (int i = 0; i < prices.length; i++) {
      Vanilla option = options.get(i);
      double volatility = BlackVega.volatility(MARKET, option.option(), option.expiry(), prices[i]);
      quotes.add(
          OptionQuote.ofVolatility(
              "q" + i,
              OptionType.CALL,
              option.option().strike(),
              option.expiry(),
              volatility + deviation * random.nextGaussian()));
    }
    return quotes;
  }
}
