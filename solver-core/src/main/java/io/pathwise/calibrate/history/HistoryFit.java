package io.pathwise.calibrate.history;

import java.util.Map;

/**
 * Parameters estimated from a history.
 *
 * @param model the model's name in job files
 * @param parameters the estimates
 * @param standardErrors theirs, from the observed information
 * @param logLikelihood its maximum, the sum over the steps
 * @param steps how many transitions it is the likelihood of
 * @param isConverged whether the search met a criterion of convergence; true for closed forms
 */
public record HistoryFit(
    String model,
    Map<String, Double> parameters,
    Map<String, Double> standardErrors,
    double logLikelihood,
    int steps,
    boolean isConverged) {}
