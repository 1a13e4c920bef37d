package io.pathwise.calibrate.history;

/**
 * A history of one quantity at equally spaced times, such as daily closes by trading days.
 *
 * @param step the time between observations in years, such as 1/252
 * @param values in the order of time
 */
public record Observations(double step, double[] values) {
  private static final int FEWEST = 10;

  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException if there are fewer than 10 values, one is not finite or the
   *     step is not above 0
   */
  public Observations {
    if (!(step > 0) || Double.isInfinite(step)) {
      throw new IllegalArgumentException("step = " + step + ", expected years above 0");
    }
    if (values.length < FEWEST) {
      throw new IllegalArgumentException(
          values.length + " observations, expected at least " + FEWEST);
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "observation " + (i + 1) + " is " + values[i] + ", expected a finite number");
      }
    }
    values = values.clone();
  }

  /** The number of steps between observations. */
  public int steps() {
    return values.length - 1;
  }

  /**
   * The logarithmic returns.
   *
   * @throws IllegalArgumentException if a value is not above 0
   */
  public double[] logReturns() {
    requirePositive("logarithmic returns");
    double[] returns = new double[values.length - 1];
    for (int i = 0; i < returns.length; i++) {
      returns[i] = StrictMath.log(values[i + 1] / values[i]);
    }
    return returns;
  }

  /** Refuses values that are not above 0. */
  void requirePositive(String purpose) {
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] > 0)) {
        throw new IllegalArgumentException(
            "observation "
                + (i + 1)
                + " is "
                + values[i]
                + ", expected a number above 0 for "
                + purpose);
      }
    }
  }
}
