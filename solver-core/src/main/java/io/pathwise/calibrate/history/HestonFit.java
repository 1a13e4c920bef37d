package io.pathwise.calibrate.history;

import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.ParameterSpace;

/**
 * Heston's parameters under the real-world measure from closes, dS = mu S dt + sqrt(v) S dW, by
 * maximum likelihood with the unseen variance integrated out on a grid ({@link VarianceFilter}).
 *
 * <p>Its biases: that of Euler's step over one observation, of the order of kappa dt, so small for
 * days; and kappa is biased upwards by about 4 over the length of the history in years, as for any
 * slowly reverting process (Tang and Chen 2009). What prices options is another set of parameters:
 * the market's price of variance risk lies between them.
 */
public final class HestonFit {
  private static final double SPACING = 0.8;
  private static final double DIFFERENCE = 1e-3;
  private static final double CURVATURE = 2e-2;

  private HestonFit() {}

  /**
   * The estimates of {@code mu}, {@code kappa}, {@code theta}, {@code xi} and {@code rho}, and
   * {@code v0}, the mean and standard deviation of the variance after the last close given all of
   * them and these estimates.
   *
   * @throws IllegalArgumentException if a close is not above 0
   */
  public static HistoryFit of(Observations closes) {
    double[] returns = closes.logReturns();
    HistoryFit diffusion = GeometricBrownianFit.of(closes);
    double sigma = diffusion.parameters().get("sigma");
    double mu = diffusion.parameters().get("mu");
    double variance = sigma * sigma;
    double reach = 2 + Math.abs(mu);
    ParameterSpace space =
        ParameterSpace.of(
            CalibrationParameter.free("mu", mu, mu - reach, mu + reach),
            CalibrationParameter.free("kappa", 4, 0.05, 50),
            CalibrationParameter.free("theta", variance, 0.05 * variance, 10 * variance),
            CalibrationParameter.free("xi", 2 * sigma, 0.2 * sigma, 20 * sigma),
            CalibrationParameter.free("rho", -0.3, -0.95, 0.95));
    VarianceFilter filter = new VarianceFilter(returns, closes.step(), SPACING);
    HistoryFit fit =
        new MaximumLikelihood(space, filter::logLikelihood, returns.length, DIFFERENCE, CURVATURE)
            .fit("heston", 1e-8);
    VarianceFilter.Filtered last = filter.filtered(fit.parameters());
    return fit.with("v0", last.mean(), last.deviation());
  }
}
