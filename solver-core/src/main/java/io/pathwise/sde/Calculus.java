package io.pathwise.sde;

/** How the stochastic integral is to be read. */
public enum Calculus {
  /** Non-anticipating (left point). */
  ITO,
  /** Symmetric (midpoint). */
  STRATONOVICH
}
