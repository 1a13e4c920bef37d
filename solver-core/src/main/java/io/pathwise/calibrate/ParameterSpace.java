package io.pathwise.calibrate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of a calibration and the coordinates of those that are free.
 *
 * @param parameters in the order of results; the coordinates have the order of the free ones
 */
public record ParameterSpace(List<CalibrationParameter> parameters) {

  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException naming every problem: a name that stands twice, bounds or a
   *     start out of order
   */
  public ParameterSpace {
    parameters = List.copyOf(parameters);
    List<String> problems = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (CalibrationParameter parameter : parameters) {
      if (!names.add(parameter.name())) {
        problems.add(parameter.name() + " stands twice, expected distinct names");
      }
      problems.addAll(parameter.problems());
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("calibration: " + String.join("; ", problems));
    }
  }

  /** A space of some parameters. */
  public static ParameterSpace of(CalibrationParameter... parameters) {
    return new ParameterSpace(List.of(parameters));
  }

  /** The free parameters in the order of coordinates. */
  public List<CalibrationParameter> free() {
    return parameters.stream().filter(CalibrationParameter::isFree).toList();
  }

  /** Their names. */
  public List<String> freeNames() {
    return free().stream().map(CalibrationParameter::name).toList();
  }

  /** The coordinates of the start. */
  public double[] start() {
    return free().stream().mapToDouble(p -> coordinate(p, p.start())).toArray();
  }

  /** The coordinates of values of the free parameters; values on a bound are moved inside. */
  public double[] coordinates(Map<String, Double> values) {
    return free().stream().mapToDouble(p -> coordinate(p, values.get(p.name()))).toArray();
  }

  /** Every parameter's value at coordinates. */
  public Map<String, Double> values(double[] coordinates) {
    Map<String, Double> values = new LinkedHashMap<>();
    int at = 0;
    for (CalibrationParameter p : parameters) {
      values.put(
          p.name(),
          p.isFree() ? p.transform().value(coordinates[at++], p.lower(), p.upper()) : p.start());
    }
    return values;
  }

  /** dp/dz of the free parameters. */
  double[] slopes(double[] coordinates) {
    List<CalibrationParameter> free = free();
    double[] slopes = new double[free.size()];
    for (int i = 0; i < slopes.length; i++) {
      CalibrationParameter p = free.get(i);
      slopes[i] = p.transform().slope(coordinates[i], p.lower(), p.upper());
    }
    return slopes;
  }

  /** The same space from other start values; names it does not know are ignored. */
  public ParameterSpace startingAt(Map<String, Double> values) {
    return new ParameterSpace(
        parameters.stream()
            .map(
                p ->
                    values.containsKey(p.name())
                        ? p.startingAt(inside(p, values.get(p.name())))
                        : p)
            .toList());
  }

  /** The same space with a parameter held at a value. */
  public ParameterSpace holding(String name, double value) {
    return new ParameterSpace(
        parameters.stream()
            .map(p -> p.name().equals(name) ? CalibrationParameter.fixed(name, value) : p)
            .toList());
  }

  private static double coordinate(CalibrationParameter p, double value) {
    return p.transform().coordinate(inside(p, value), p.lower(), p.upper());
  }

  private static double inside(CalibrationParameter p, double value) {
    if (!p.isFree()) {
      return value;
    }
    double margin = p.transform() == Transform.IDENTITY ? 0 : 1e-9 * (p.upper() - p.lower());
    return Math.max(p.lower() + margin, Math.min(p.upper() - margin, value));
  }
}
