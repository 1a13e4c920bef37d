package io.pathwise.model.analytic;

/**
 * The law of X = ln(S_T / F) at one expiry as a function of a model's parameters, through the
 * logarithm of its moment function and that one's derivatives, from which {@link StripIntegral}
 * prices.
 */
interface ParametricLaw {

  /**
   * ln E[exp(s X)] at s = 1/2 + i u, followed by its derivative in each parameter.
   *
   * @param u real
   */
  Complex[] exponent(double u);

  /** The first of {@link #exponent} alone. */
  default Complex psi(double u) {
    return exponent(u)[0];
  }

  /** The variance of X, or a number of its size: of the lognormal control variate. */
  double variance();
}
