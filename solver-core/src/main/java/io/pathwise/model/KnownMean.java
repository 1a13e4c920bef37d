package io.pathwise.model;

/** A contract on the price S whose mean a model may know in closed form. */
public enum KnownMean {
  /** S paid at a time: worth today's price less the yield. */
  FORWARD,
  /** The call or put of a strike. */
  EUROPEAN,
  /** The call or put on the geometric mean of equally spaced fixings. */
  GEOMETRIC_ASIAN
}
