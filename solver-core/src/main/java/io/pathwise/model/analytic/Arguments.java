package io.pathwise.model.analytic;

import java.util.ArrayList;
import java.util.List;

/** Gathers every problem of a call's arguments before refusing them. */
final class Arguments {
  private final String subject;
  private final List<String> problems = new ArrayList<>();

  Arguments(String subject) {
    this.subject = subject;
  }

  Arguments present(String name, Object value) {
    return require(value != null, name, value, "a value");
  }

  Arguments finite(String name, double value) {
    return require(Double.isFinite(value), name, value, "a finite number");
  }

  Arguments positive(String name, double value) {
    return require(
        value > 0 && value < Double.POSITIVE_INFINITY, name, value, "a finite number > 0");
  }

  Arguments notNegative(String name, double value) {
    return require(
        value >= 0 && value < Double.POSITIVE_INFINITY, name, value, "a finite number >= 0");
  }

  Arguments within(String name, double value, double lower, double upper) {
    return require(
        value >= lower && value <= upper,
        name,
        value,
        "a number in [" + lower + ", " + upper + "]");
  }

  Arguments require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      problems.add(name + " = " + value + ", expected " + expected);
    }
    return this;
  }

  void check() {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(subject + ": " + String.join("; ", problems));
    }
  }
}
