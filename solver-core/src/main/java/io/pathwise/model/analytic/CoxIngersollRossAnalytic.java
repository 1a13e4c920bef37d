package io.pathwise.model.analytic;

/**
 * Zero-coupon bonds under the short rate dr = a (b - r) dt + sigma sqrt(r) dW (Cox, Ingersoll and
 * Ross 1985, "A theory of the term structure of interest rates", equation 23).
 *
 * @param r0 short rate today, a year
 * @param a speed of mean reversion, a year
 * @param b long-run level, a year
 * @param sigma volatility of the square root of the rate
 */
public record CoxIngersollRossAnalytic(double r0, double a, double b, double sigma) {

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException unless r0, a and b are not negative, sigma is positive and all
   *     are finite
   */
  public CoxIngersollRossAnalytic {
    new Arguments("Cox-Ingersoll-Ross")
        .notNegative("r0", r0)
        .notNegative("a", a)
        .notNegative("b", b)
        .positive("sigma", sigma)
        .check();
  }

  /**
   * The price of one unit paid at a time: A exp(-B r0) with h = sqrt(a^2 + 2 sigma^2), G = (a + h)
   * (exp(h T) - 1) + 2 h, A = (2 h exp((a + h) T / 2) / G)^(2 a b / sigma^2), B = 2 (exp(h T) - 1)
   * / G.
   *
   * @throws IllegalArgumentException when the maturity is not positive and finite
   */
  public double bond(double maturity) {
    new Arguments("Cox-Ingersoll-Ross bond").positive("maturity", maturity).check();
    double h = Math.sqrt(a * a + 2 * sigma * sigma);
    double loss = -StrictMath.expm1(-h * maturity);
    double scaled = (a + h) * loss + 2 * h * (1 - loss); // G exp(-h T)
    double logA = StrictMath.log(2 * h / scaled) + 0.5 * (a - h) * maturity;
    return StrictMath.exp(2 * a * b / (sigma * sigma) * logA - 2 * loss / scaled * r0);
  }
}
