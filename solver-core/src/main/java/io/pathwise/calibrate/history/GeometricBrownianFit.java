package io.pathwise.calibrate.history;

import java.util.Map;

/**
 * Exact maximum likelihood of geometric Brownian motion, dS = mu S dt + sigma S dW, from closes
 * (Campbell, Lo and MacKinlay, "The Econometrics of Financial Markets", 1997, section 9.3): with m
 * and s^2 mean and mean square deviation of the logarithmic returns, sigma^2 = s^2 / dt and mu = m
 * / dt + sigma^2 / 2. The standard error of mu depends on the length of the history alone, not on
 * how often it is observed.
 */
public final class GeometricBrownianFit {
  private GeometricBrownianFit() {}

  /**
   * The estimates of {@code mu} and {@code sigma}.
   *
   * @throws IllegalArgumentException if a close is not above 0, or all returns are equal
   */
  public static HistoryFit of(Observations closes) {
    double[] returns = closes.logReturns();
    int n = returns.length;
    double dt = closes.step();
    double sum = 0;
    for (double r : returns) {
      sum += r;
    }
    double mean = sum / n;
    double square = 0;
    for (double r : returns) {
      square += (r - mean) * (r - mean);
    }
    double variance = square / n / dt;
    if (!(variance > 0)) {
      throw new IllegalArgumentException("all returns are " + mean + ", expected some that differ");
    }
    double sigma = Math.sqrt(variance);
    double muError = Math.sqrt(variance / (n * dt) + variance * variance / (2.0 * n));
    double logLikelihood = -0.5 * n * (StrictMath.log(2 * Math.PI * variance * dt) + 1);
    return new HistoryFit(
        "black-scholes",
        Map.of("mu", mean / dt + 0.5 * variance, "sigma", sigma),
        Map.of("mu", muError, "sigma", sigma / Math.sqrt(2.0 * n)),
        logLikelihood,
        n,
        true);
  }
}
