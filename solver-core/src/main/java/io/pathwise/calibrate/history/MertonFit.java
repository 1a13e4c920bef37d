package io.pathwise.calibrate.history;

import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.ParameterSpace;
import java.util.Map;

/**
 * Exact maximum likelihood of Merton's jump diffusion from closes: a logarithmic return is a
 * Poisson mixture of normals, with n jumps of mean (mu - sigma^2/2 - lambda k) dt + n mu-j and
 * variance sigma^2 dt + n sigma-j^2, k = exp(mu-j + sigma-j^2/2) - 1 (Merton 1976; Press 1967).
 *
 * <p>The likelihood of a mixture is unbounded where one of its normals shrinks to a point, so sigma
 * is kept above a tenth of the returns' standard deviation (Honore 1998). {@code mu} is the growth
 * rate of the expected price.
 */
public final class MertonFit {
  private static final int MOST_JUMPS = 60;
  private static final double NEGLIGIBLE = 1e-16;

  private MertonFit() {}

  /**
   * The estimates of {@code mu}, {@code sigma}, {@code lambda}, {@code mu-j} and {@code sigma-j}.
   *
   * @throws IllegalArgumentException if a close is not above 0
   */
  public static HistoryFit of(Observations closes) {
    double[] returns = closes.logReturns();
    HistoryFit diffusion = GeometricBrownianFit.of(closes);
    double sigma = diffusion.parameters().get("sigma");
    double mu = diffusion.parameters().get("mu");
    double daily = sigma * Math.sqrt(closes.step());
    double reach = 2 + Math.abs(mu);
    ParameterSpace space =
        ParameterSpace.of(
            CalibrationParameter.free("mu", mu, mu - reach, mu + reach),
            CalibrationParameter.free("sigma", 0.75 * sigma, 0.1 * sigma, 2 * sigma),
            CalibrationParameter.free(
                "lambda", 0.05 / closes.step(), 1e-3 / closes.step(), 2 / closes.step()),
            CalibrationParameter.free("mu-j", -0.3 * daily, -20 * daily, 20 * daily),
            CalibrationParameter.free("sigma-j", 2.5 * daily, 0.1 * daily, 30 * daily));
    return new MaximumLikelihood(
            space, p -> logLikelihood(returns, closes.step(), p), returns.length)
        .fit("merton", 1e-13);
  }

  /** The log-likelihood of logarithmic returns. */
  static double logLikelihood(double[] returns, double dt, Map<String, Double> p) {
    double sigma = p.get("sigma");
    double muJ = p.get("mu-j");
    double sigmaJ = p.get("sigma-j");
    double count = p.get("lambda") * dt;
    double drift =
        (p.get("mu") - 0.5 * sigma * sigma) * dt
            - count * StrictMath.expm1(muJ + 0.5 * sigmaJ * sigmaJ);
    int jumps = 0;
    double[] scale = new double[MOST_JUMPS];
    double[] precision = new double[MOST_JUMPS];
    double probability = StrictMath.exp(-count);
    while (jumps < MOST_JUMPS && (jumps <= count || probability > NEGLIGIBLE)) {
      double variance = sigma * sigma * dt + jumps * sigmaJ * sigmaJ;
      scale[jumps] = probability / Math.sqrt(2 * Math.PI * variance);
      precision[jumps] = 0.5 / variance;
      jumps++;
      probability *= count / jumps;
    }
    double sum = 0;
    for (double r : returns) {
      double density = 0;
      for (int n = 0; n < jumps; n++) {
        double e = r - drift - n * muJ;
        density += scale[n] * StrictMath.exp(-e * e * precision[n]);
      }
      sum += StrictMath.log(Math.max(density, Double.MIN_NORMAL));
    }
    return sum;
  }
}
