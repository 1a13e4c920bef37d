package io.pathwise.model.analytic;

/**
 * Zero-coupon bonds under Vasicek's short rate, dr = a (b - r) dt + sigma dW (Vasicek 1977, "An
 * equilibrium characterization of the term structure").
 *
 * @param r0 short rate today, a year
 * @param a speed of mean reversion, a year, above 0
 * @param b long-run level, a year
 * @param sigma volatility, a year^(3/2)
 */
public record VasicekAnalytic(double r0, double a, double b, double sigma) {

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException unless a is positive, sigma is not negative and all are finite
   */
  public VasicekAnalytic {
    new Arguments("Vasicek")
        .finite("r0", r0)
        .positive("a", a)
        .finite("b", b)
        .notNegative("sigma", sigma)
        .check();
  }

  /**
   * The price of one unit paid at a time: exp((b - sigma^2 / (2 a^2)) (B - T) - sigma^2 B^2 / (4 a)
   * - B r0), B = (1 - exp(-a T)) / a.
   *
   * @throws IllegalArgumentException when the maturity is not positive and finite
   */
  public double bond(double maturity) {
    new Arguments("Vasicek bond").positive("maturity", maturity).check();
    double loading = -StrictMath.expm1(-a * maturity) / a;
    double variance = sigma * sigma;
    return StrictMath.exp(
        (b - variance / (2 * a * a)) * (loading - maturity)
            - variance * loading * loading / (4 * a)
            - loading * r0);
  }
}
