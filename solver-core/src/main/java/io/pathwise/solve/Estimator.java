package io.pathwise.solve;

import java.util.List;

/**
 * How paths become an estimate. All estimators have the mean of the plain one; they differ in
 * variance. Multilevel Monte Carlo, whose runs are many, is {@link Multilevel}.
 */
public sealed interface Estimator {

  /** How many simulated paths make one independent sample. */
  default int members() {
    return 1;
  }

  /** A path is a sample. */
  record Plain() implements Estimator {}

  /**
   * A sample is the mean of a path and of its mirror image, on which all normals have the other
   * sign (Glasserman 2003, section 4.2).
   */
  record Antithetic() implements Estimator {
    @Override
    public int members() {
      return 2;
    }
  }

  /**
   * Brownian motion with drift theta, every value times its Girsanov weight exp(-theta . W -
   * |theta|^2 t / 2) (Glasserman 2003, section 4.6.2).
   *
   * @param theta the drift of each channel, a square root year to the minus one
   */
  record Importance(List<Double> theta) implements Estimator {

    /** Copies the drift. */
    public Importance {
      theta = List.copyOf(theta);
    }
  }

  /**
   * {@link Importance} with the drift that suits one claim, found by {@link DriftSearch}.
   *
   * @param claim its id
   */
  record ImportanceFor(String claim) implements Estimator {}
}
