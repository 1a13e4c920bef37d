package io.pathwise.spark.job;

/** How many equal steps lead from 0 to the horizon. */
public sealed interface Stepping {

  /**
   * The number of steps, before output times are added as steps of their own.
   *
   * @param horizon years
   */
  long count(double horizon);

  /**
   * So many steps a year.
   *
   * @param steps at least 1
   */
  record PerYear(int steps) implements Stepping {
    @Override
    public long count(double horizon) {
      // A horizon that is a whole number of steps up to rounding has exactly those.
      return Math.max(1, (long) Math.ceil(horizon * steps - 1e-9));
    }
  }

  /**
   * So many steps in all.
   *
   * @param steps at least 1
   */
  record Total(int steps) implements Stepping {
    @Override
    public long count(double horizon) {
      return steps;
    }
  }
}
