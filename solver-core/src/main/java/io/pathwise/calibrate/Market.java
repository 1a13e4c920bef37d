package io.pathwise.calibrate;

import io.pathwise.sde.ZeroCurve;

/**
 * What options on one underlying are priced from besides a model.
 *
 * @param spot the price of the underlying today, above 0
 * @param rates zero rates of the payment currency
 * @param dividends dividend yields, as zero rates
 */
public record Market(double spot, ZeroCurve rates, ZeroCurve dividends) {

  /**
   * Checks the spot.
   *
   * @throws IllegalArgumentException unless it is positive and finite
   */
  public Market {
    if (!(spot > 0) || Double.isInfinite(spot)) {
      throw new IllegalArgumentException("spot = " + spot + ", expected a finite number above 0");
    }
  }

  /** A market of constant rates. */
  public static Market flat(double spot, double rate, double yield) {
    return new Market(spot, ZeroCurve.flat(rate), ZeroCurve.flat(yield));
  }

  /** The forward price for an expiry in years. */
  public double forward(double expiry) {
    return spot * dividends.discount(expiry) / rates.discount(expiry);
  }

  /** The value today of one unit paid at an expiry in years. */
  public double discount(double expiry) {
    return rates.discount(expiry);
  }
}
