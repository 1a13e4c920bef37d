package io.pathwise.spark.job;

import io.pathwise.calibrate.ParameterSpace;
import java.util.List;

/**
 * What a job estimates from a history, and when the estimates may be published.
 *
 * @param model whose parameters they are
 * @param likelihood what is maximised
 * @param step the time between observations in years
 * @param series the observations, one of each asset, all of the same days
 * @param space of a formula model, its parameters: what is free and where the search starts; empty
 *     of the others, which estimate all they have
 * @param warm whether such a search starts at the newest published fit before the date
 * @param guards what holds the estimates back
 * @param source where the history comes from
 * @param dropped what is wrong with each of the observations that were left out
 */
public record HistorySpec(
    HistoryModel model,
    Likelihood likelihood,
    double step,
    List<Series> series,
    ParameterSpace space,
    boolean warm,
    CalibrationSpec.Guards guards,
    String source,
    List<String> dropped) {

  /** Copies the lists. */
  public HistorySpec {
    series = List.copyOf(series);
    dropped = List.copyOf(dropped);
  }

  /** How the likelihood of observations is had. */
  public enum Likelihood {
    /** From the transition density in closed form. */
    EXACT,
    /** From its expansion in the time between observations. */
    AIT_SAHALIA,
    /** From simulated bridges between observations. */
    SIMULATED,
    /** With the states that are not observed integrated out. */
    FILTER
  }

  /**
   * The observations of one quantity.
   *
   * @param name the column they are from
   * @param values in the order of time; NaN where one is left out
   */
  public record Series(String name, List<Double> values) {

    /** Copies the list. */
    public Series {
      values = List.copyOf(values);
    }

    /** The observations as an array. */
    public double[] array() {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The last observation that there is. */
    public double last() {
      return values.stream().filter(value -> !value.isNaN()).reduce((a, b) -> b).orElse(Double.NaN);
    }
  }

  /** The number of days. */
  public int observations() {
    return series.get(0).values().size();
  }

  /** What it is, in a line. */
  public String summary() {
    return "%s: %d observations of %s, %d rows left out or incomplete"
        .formatted(
            source,
            observations(),
            String.join(", ", series.stream().map(Series::name).toList()),
            dropped.size());
  }
}
