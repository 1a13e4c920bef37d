package io.pathwise.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prefers parameters near those of the day before: weight sum ((p - p0) / se)^2, a Gaussian prior
 * of their standard errors.
 *
 * @param values the parameters of the day before
 * @param standardErrors their standard errors, above 0
 * @param weight of each square, in squared residuals
 */
public record YesterdayPenalty(
    Map<String, Double> values, Map<String, Double> standardErrors, double weight)
    implements Penalty {

  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException if a value has no standard error above 0
   */
  public YesterdayPenalty {
    values = Map.copyOf(values);
    standardErrors = Map.copyOf(standardErrors);
    for (String name : new TreeMap<>(values).keySet()) {
      Double error = standardErrors.get(name);
      if (error == null || !(error > 0)) {
        throw new IllegalArgumentException(
            "yesterday's " + name + " has standard error " + error + ", expected one above 0");
      }
    }
  }

  @Override
  public List<String> parameters() {
    return new TreeMap<>(values).keySet().stream().toList();
  }

  @Override
  public List<Term> terms(Map<String, Double> current) {
    List<Term> terms = new ArrayList<>();
    for (String name : parameters()) {
      double scale = Math.sqrt(weight) / standardErrors.get(name);
      terms.add(new Term(scale * (current.get(name) - values.get(name)), Map.of(name, scale)));
    }
    return terms;
  }
}
