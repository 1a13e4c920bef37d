package io.pathwise.expr;

/**
 * What a leaf of a graph stands for, which also fixes how often its value changes.
 *
 * <p>PARAM and STEP leaves are <em>uniform</em> (one value for all paths); all others are
 * <em>varying</em> (a value per path).
 */
public enum Leaf {
  /** A parameter of the run: one value for all paths and times. */
  PARAM(false),
  /** A value of the current step or event: time, step size, a curve, a strike. */
  STEP(false),
  /** A state variable at the start of the step. */
  STATE(true),
  /** A standard normal of the current step. */
  NOISE(true),
  /** The adjoint (derivative of the output) of a state at the end of the step. */
  ADJOINT(true),
  /** Any other per-path value: an intermediate array, a per-path input. */
  LANE(true),
  /** The number of the path, a 64-bit integer. */
  PATH(true),
  /** A 64-bit integer that is the same for all paths: a key or a counter word. */
  WORD(false),
  /** What a path brings along, such as an observation, or what is made of it before it starts. */
  INPUT(true);

  private final boolean varying;

  Leaf(boolean varying) {
    this.varying = varying;
  }

  /** Whether a value per path. */
  public boolean varying() {
    return varying;
  }

  /** Whether the leaf is a 64-bit integer rather than a double. */
  public boolean integral() {
    return this == PATH || this == WORD;
  }
}
