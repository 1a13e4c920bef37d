package io.pathwise.calibrate.history;

import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.ParameterSpace;
import io.pathwise.calibrate.Transform;
import java.util.Map;

/**
 * Exact maximum likelihood of the Ornstein-Uhlenbeck process, dX = kappa (theta - X) dt + sigma dW,
 * given the first observation: a Gaussian autoregression X' = a + b X + e with b = exp(-kappa dt),
 * theta = a / (1 - b) and var e = sigma^2 (1 - b^2) / (2 kappa) (Vasicek 1977), whose likelihood
 * least squares maximises.
 *
 * <p>kappa is biased upwards by about 4 over the length of the history in years (Tang and Chen
 * 2009).
 */
public final class OrnsteinUhlenbeckFit {
  private OrnsteinUhlenbeckFit() {}

  /**
   * The estimates of {@code kappa}, {@code theta} and {@code sigma}.
   *
   * @throws IllegalArgumentException if the history does not revert: the slope b of the regression
   *     is not between 0 and 1
   */
  public static HistoryFit of(Observations history) {
    double[] x = history.values();
    int n = history.steps();
    double dt = history.step();
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < n; i++) {
      meanX += x[i] / n;
      meanY += x[i + 1] / n;
    }
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < n; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * (x[i + 1] - meanY);
    }
    double b = xy / xx;
    if (!(b > 0 && b < 1)) {
      throw new IllegalArgumentException(
          "the history does not revert to a level: an observation's slope on the one before is "
              + b
              + ", expected a number between 0 and 1");
    }
    double a = meanY - b * meanX;
    double square = 0;
    for (int i = 0; i < n; i++) {
      double e = x[i + 1] - a - b * x[i];
      square += e * e / n;
    }
    double kappa = -StrictMath.log(b) / dt;
    double theta = a / (1 - b);
    double sigma = Math.sqrt(square * 2 * kappa / (1 - b * b));
    ParameterSpace space =
        ParameterSpace.of(free("kappa", kappa), free("theta", theta), free("sigma", sigma));
    Map<String, Double> errors =
        new MaximumLikelihood(space, p -> logLikelihood(history, p), n)
            .standardErrors(space.start());
    Map<String, Double> values = Map.of("kappa", kappa, "theta", theta, "sigma", sigma);
    return new HistoryFit(
        "ornstein-uhlenbeck", values, errors, logLikelihood(history, values), n, true);
  }

  /** A parameter measured in its own size around the estimate, for the information matrix. */
  private static CalibrationParameter free(String name, double value) {
    double size = Math.max(Math.abs(value), 1e-8);
    return new CalibrationParameter(
        name, true, value, value - 2 * size, value + 2 * size, Transform.LOGIT);
  }

  /** The exact log-likelihood of the steps given the first observation. */
  static double logLikelihood(Observations history, Map<String, Double> p) {
    double[] x = history.values();
    double kappa = p.get("kappa");
    double theta = p.get("theta");
    double sigma = p.get("sigma");
    double b = StrictMath.exp(-kappa * history.step());
    double variance = sigma * sigma * -StrictMath.expm1(-2 * kappa * history.step()) / (2 * kappa);
    double sum = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      double e = x[i + 1] - theta - (x[i] - theta) * b;
      sum += e * e;
    }
    return -0.5 * (history.steps() * StrictMath.log(2 * Math.PI * variance) + sum / variance);
  }
}
