package io.pathwise.calibrate;

import java.util.ArrayList;
import java.util.List;

/**
 * A parameter of a calibration.
 *
 * @param name as in job files
 * @param isFree whether it is fitted; otherwise it stays at the start
 * @param start where it starts, or what it is
 * @param lower the smallest value of the search
 * @param upper the largest value of the search
 * @param transform how it becomes a coordinate
 */
public record CalibrationParameter(
    String name, boolean isFree, double start, double lower, double upper, Transform transform) {

  /** Within this share of the range of a bound a parameter counts as at the bound. */
  private static final double AT_BOUND = 1e-4;

  /** The same relative to a positive lower bound that is much less than the upper one. */
  private static final double AT_SMALL_BOUND = 1e-2;

  /** A free parameter, by the logit of its place between its bounds. */
  public static CalibrationParameter free(String name, double start, double lower, double upper) {
    return new CalibrationParameter(name, true, start, lower, upper, Transform.LOGIT);
  }

  /** A parameter that is known. */
  public static CalibrationParameter fixed(String name, double value) {
    return new CalibrationParameter(name, false, value, value, value, Transform.IDENTITY);
  }

  /** The same from another start. */
  public CalibrationParameter startingAt(double value) {
    return new CalibrationParameter(name, isFree, value, lower, upper, transform);
  }

  /** The same with another transform. */
  public CalibrationParameter by(Transform other) {
    return new CalibrationParameter(name, isFree, start, lower, upper, other);
  }

  /** Whether a value is at one of the bounds. */
  public boolean isAtBound(double value) {
    double margin = AT_BOUND * (upper - lower);
    double above = lower > 0 ? Math.min(margin, AT_SMALL_BOUND * lower) : margin;
    return isFree && (value <= lower + above || value >= upper - margin);
  }

  /** What is wrong with the parameter; empty where nothing is. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!Double.isFinite(start)) {
      problems.add(name + " starts at " + start + ", expected a finite number");
    } else if (isFree && !(lower < upper)) {
      problems.add(name + " in [" + lower + ", " + upper + "], expected bounds in this order");
    } else if (isFree && !inside()) {
      problems.add(
          name
              + " starts at "
              + start
              + ", expected a number inside its bounds ("
              + lower
              + ", "
              + upper
              + ")");
    }
    return problems;
  }

  private boolean inside() {
    return transform == Transform.IDENTITY
        ? start >= lower && start <= upper
        : start > lower && start < upper;
  }
}
