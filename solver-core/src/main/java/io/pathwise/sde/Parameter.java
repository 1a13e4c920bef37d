package io.pathwise.sde;

import java.util.OptionalDouble;

/**
 * A parameter of a model.
 *
 * @param name as in job files
 * @param lower the smallest admissible value
 * @param upper the largest admissible value
 * @param defaultValue the value when a job gives none, if there is one
 * @param description what it is, with its unit
 */
public record Parameter(
    String name, double lower, double upper, OptionalDouble defaultValue, String description) {

  /** A parameter that a job must give. */
  public static Parameter required(String name, double lower, double upper, String description) {
    return new Parameter(name, lower, upper, OptionalDouble.empty(), description);
  }

  /** A parameter with a default. */
  public static Parameter optional(
      String name, double lower, double upper, double value, String description) {
    return new Parameter(name, lower, upper, OptionalDouble.of(value), description);
  }

  /** Whether the value lies in the bounds (NaN does not). */
  public boolean admits(double value) {
    return value >= lower && value <= upper;
  }
}
