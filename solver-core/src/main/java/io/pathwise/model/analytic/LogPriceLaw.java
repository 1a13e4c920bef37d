package io.pathwise.model.analytic;

/**
 * The law of X = ln(S_T / F) at one expiry, through its moment function, from which {@link
 * LewisIntegral} prices.
 */
interface LogPriceLaw {

  /**
   * E[exp(s X)] at s = 1/2 + i u.
   *
   * @param u real
   */
  Complex moment(double u);

  /** The variance of X, or a number of its size: of the lognormal control variate. */
  double variance();

  /** s = 1/2 + i u. */
  static Complex argument(double u) {
    return new Complex(0.5, u);
  }
}
