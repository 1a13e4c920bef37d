package io.pathwise.calibrate;

import java.util.List;
import java.util.Map;

/**
 * Prefers variances that do not reach zero: weight max(xi^2 - 2 kappa theta, 0)^2 (Feller 1951).
 *
 * @param weight of the square, in squared residuals
 */
public record FellerPenalty(double weight) implements Penalty {
  @Override
  public List<String> parameters() {
    return List.of("kappa", "theta", "xi");
  }

  @Override
  public List<Term> terms(Map<String, Double> values) {
    double kappa = values.get("kappa");
    double theta = values.get("theta");
    double xi = values.get("xi");
    double excess = xi * xi - 2 * kappa * theta;
    double root = excess > 0 ? Math.sqrt(weight) : 0;
    return List.of(
        new Term(
            root * excess,
            Map.of("kappa", -2 * theta * root, "theta", -2 * kappa * root, "xi", 2 * xi * root)));
  }
}
