package io.pathwise.solve;

/** What a path with a value that is NaN or infinite does. */
public enum OnNan {
  /** Fails the run. */
  FAIL,
  /** Leaves the results; the run reports how many did. */
  DROP
}
