package io.pathwise.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Prefers a sequence of parameters, such as a term structure of volatilities, without bends: weight
 * times the sum of its squared second differences (Tikhonov).
 *
 * @param parameters the names in their order, at least three
 * @param weight of each square, in squared residuals
 */
public record SmoothnessPenalty(List<String> parameters, double weight) implements Penalty {

  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException if there are fewer than three parameters
   */
  public SmoothnessPenalty {
    parameters = List.copyOf(parameters);
    if (parameters.size() < 3) {
      throw new IllegalArgumentException(
          "smoothness of " + parameters + ", expected at least three parameters in a sequence");
    }
  }

  @Override
  public List<Term> terms(Map<String, Double> values) {
    double root = Math.sqrt(weight);
    List<Term> terms = new ArrayList<>();
    for (int i = 2; i < parameters.size(); i++) {
      String first = parameters.get(i - 2);
      String middle = parameters.get(i - 1);
      String last = parameters.get(i);
      double bend = values.get(first) - 2 * values.get(middle) + values.get(last);
      terms.add(new Term(root * bend, Map.of(first, root, middle, -2 * root, last, root)));
    }
    return terms;
  }
}
