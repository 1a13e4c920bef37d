package io.pathwise.spark.run;

import io.pathwise.model.analytic.BlackScholes;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.spark.job.ModelSpec;
import io.pathwise.spark.job.TradeSpec;

/** The Black-Scholes volatilities of European prices. */
final class ImpliedVols {
  private ImpliedVols() {}

  /** That of a trade's price for one unit; null where there is none. */
  static Double of(JobPlan plan, TradeSpec trade, double price) {
    Double spot = plan.job().model().parameters().get(ModelSpec.SPOT);
    if (!(trade instanceof TradeSpec.European european) || spot == null) {
      return null;
    }
    double discount = plan.discount(trade.expiry());
    double forward = spot * plan.rates(ModelSpec.YIELD).discount(trade.expiry()) / discount;
    try {
      double volatility =
          BlackScholes.impliedVolatility(
              new EuropeanOption(european.option(), trade.strike()),
              price,
              forward,
              discount,
              trade.expiry());
      return volatility > 0 && Double.isFinite(volatility) ? volatility : null;
    } catch (IllegalArgumentException outsideTheBounds) {
      return null; // Noise can carry a price of little time value below its intrinsic value.
    }
  }
}
