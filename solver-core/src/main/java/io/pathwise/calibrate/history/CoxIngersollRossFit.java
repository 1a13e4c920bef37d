package io.pathwise.calibrate.history;

import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.ParameterSpace;
import java.util.Map;

/**
 * Exact maximum likelihood of the square-root process, dr = a (b - r) dt + sigma sqrt(r) dW, given
 * the first observation, from its noncentral chi-squared transition density c exp(-u - v) (v /
 * u)^(q/2) I_q(2 sqrt(u v)) with c = 2 a / (sigma^2 (1 - exp(-a dt))), u = c r exp(-a dt), v = c r'
 * and q = 2 a b / sigma^2 - 1 (Cox, Ingersoll and Ross 1985, equation 18). The search starts at
 * weighted least squares.
 *
 * <p>a is biased upwards by about 4 over the length of the history in years, as for any slowly
 * reverting process (Tang and Chen 2009).
 */
public final class CoxIngersollRossFit {
  private CoxIngersollRossFit() {}

  /**
   * The estimates of {@code a}, {@code b} and {@code sigma}.
   *
   * @throws IllegalArgumentException if an observation is not above 0
   */
  public static HistoryFit of(Observations history) {
    history.requirePositive("a square-root process");
    double[] start = leastSquares(history);
    ParameterSpace space =
        ParameterSpace.of(around("a", start[0]), around("b", start[1]), around("sigma", start[2]));
    return new MaximumLikelihood(space, p -> logLikelihood(history, p), history.steps())
        .fit("cir", 1e-13);
  }

  private static CalibrationParameter around(String name, double value) {
    return CalibrationParameter.free(name, value, value * 1e-2, value * 20);
  }

  /** Euler's step divided by sqrt(r): a regression of (r' - r) / sqrt(r) on 1/sqrt(r), sqrt(r). */
  private static double[] leastSquares(Observations history) {
    double[] r = history.values();
    int n = history.steps();
    double dt = history.step();
    double inverse = 0;
    double level = 0;
    double rise = 0;
    double relative = 0;
    for (int i = 0; i < n; i++) {
      inverse += 1 / r[i];
      level += r[i];
      rise += r[i + 1] - r[i];
      relative += (r[i + 1] - r[i]) / r[i];
    }
    double determinant = inverse * level - (double) n * n;
    double constant = (relative * level - n * rise) / determinant;
    double slope = (inverse * rise - n * relative) / determinant;
    double mean = level / n;
    double a = Math.max(-slope / dt, 0.05);
    double b = slope < 0 && constant > 0 ? Math.min(-constant / slope, 5 * mean) : mean;
    double square = 0;
    for (int i = 0; i < n; i++) {
      double e = (r[i + 1] - r[i] - a * (b - r[i]) * dt) / Math.sqrt(r[i]);
      square += e * e / n;
    }
    return new double[] {a, b, Math.sqrt(square / dt)};
  }

  /** The exact log-likelihood of the steps given the first observation. */
  static double logLikelihood(Observations history, Map<String, Double> p) {
    double[] r = history.values();
    double a = p.get("a");
    double sigma = p.get("sigma");
    double c = 2 * a / (sigma * sigma * -StrictMath.expm1(-a * history.step()));
    double q = 2 * a * p.get("b") / (sigma * sigma) - 1;
    double decay = StrictMath.exp(-a * history.step());
    double sum = history.steps() * StrictMath.log(c);
    for (int i = 0; i + 1 < r.length; i++) {
      double u = c * r[i] * decay;
      double v = c * r[i + 1];
      double gap = Math.sqrt(u) - Math.sqrt(v);
      sum +=
          -gap * gap + 0.5 * q * StrictMath.log(v / u) + ScaledBessel.log(q, 2 * Math.sqrt(u * v));
    }
    return sum;
  }
}
