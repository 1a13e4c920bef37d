package io.pathwise.calibrate.history;

import io.pathwise.calibrate.ParameterSpace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Parameters estimated from a history.
 *
 * @param model the model's name in job files
 * @param parameters the estimates
 * @param standardErrors theirs, from the observed information
 * @param logLikelihood its maximum, the sum over the steps
 * @param steps how many transitions it is the likelihood of
 * @param isConverged whether the search met a criterion of convergence; true for closed forms
 * @param search how the maximum was looked for; nothing for closed forms
 */
public record HistoryFit(
    String model,
    Map<String, Double> parameters,
    Map<String, Double> standardErrors,
    double logLikelihood,
    int steps,
    boolean isConverged,
    Optional<Search> search) {

  /** A fit in closed form. */
  HistoryFit(
      String model,
      Map<String, Double> parameters,
      Map<String, Double> standardErrors,
      double logLikelihood,
      int steps,
      boolean isConverged) {
    this(model, parameters, standardErrors, logLikelihood, steps, isConverged, Optional.empty());
  }

  /** The same with one more estimate, which the likelihood was not maximised over. */
  HistoryFit with(String name, double value, double standardError) {
    Map<String, Double> values = new LinkedHashMap<>(parameters);
    Map<String, Double> errors = new LinkedHashMap<>(standardErrors);
    values.put(name, value);
    errors.put(name, standardError);
    return new HistoryFit(model, values, errors, logLikelihood, steps, isConverged, search);
  }

  /**
   * How a maximum was looked for.
   *
   * @param space the parameters with their bounds and where it started
   * @param iterations how many it took
   * @param end why it stopped, in words
   */
  public record Search(ParameterSpace space, int iterations, String end) {}
}
