package io.pathwise.solve;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A simulation ready to run, and what its pilots found.
 *
 * @param plan the simulation
 * @param estimator how paths become an estimate
 * @param varianceRatios by claim, the factor by which control variates or a drift cut the variance
 *     of a sample, as a pilot estimates it; no entry where neither is used
 * @param coefficients by claim, those of its control variates
 */
public record Prepared(
    SimulationPlan plan,
    Estimator estimator,
    Map<String, Double> varianceRatios,
    Map<String, List<Double>> coefficients) {

  /** Copies the maps. */
  public Prepared {
    varianceRatios = Map.copyOf(new TreeMap<>(varianceRatios));
    coefficients = Map.copyOf(coefficients);
  }
}
