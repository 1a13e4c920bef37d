package io.pathwise.calibrate;

import java.util.OptionalDouble;

/**
 * How a quote's misfit is measured and weighted.
 *
 * @param measure the unit of the difference
 * @param weighting what the difference is multiplied by besides the root of the quote's own weight
 */
public record Residuals(Measure measure, Weighting weighting) {

  /** Differences of volatilities that count alike. */
  public static final Residuals VOLATILITIES =
      new Residuals(Measure.IMPLIED_VOL, Weighting.UNIFORM);

  /** The unit of a difference of model and market. */
  public enum Measure {
    /** Black-Scholes volatilities, in points of 0.01. */
    IMPLIED_VOL,
    /** Present values. */
    PRICE
  }

  /** What counts more. */
  public enum Weighting {
    /** All alike. */
    UNIFORM,
    /**
     * By vega: differences of prices are divided by the market's vega a point, which makes them
     * volatilities to first order; those of volatilities are multiplied by vega over the largest.
     */
    VEGA,
    /** In units of half the bid-ask spread. */
    BID_ASK
  }

  /** Vegas below this share of the largest count as it, so that no far wing rules. */
  private static final double LEAST_VEGA = 1e-3;

  private static final double POINT = 0.01;

  /** The factor of a quote's difference. */
  double scale(MarketQuote quote, double largestVega) {
    boolean prices = measure == Measure.PRICE;
    double vega = Math.max(quote.vega(), LEAST_VEGA * largestVega);
    double factor =
        switch (weighting) {
          case UNIFORM -> prices ? 1 : 1 / POINT;
          case VEGA -> prices ? 1 / (vega * POINT) : vega / largestVega / POINT;
          case BID_ASK -> {
            double half = 0.5 * spread(quote.spread());
            yield prices ? 1 / (half * quote.vega()) : 1 / half;
          }
        };
    return factor * Math.sqrt(quote.weight());
  }

  private static double spread(OptionalDouble spread) {
    return spread.orElseThrow();
  }
}
