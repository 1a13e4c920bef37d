package io.pathwise.payoff;

/** The mean an Asian option takes. */
public enum Averaging {
  /** The sum over the number. */
  ARITHMETIC,
  /** The root of the product. */
  GEOMETRIC
}
