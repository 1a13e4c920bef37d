package io.pathwise.solve;

/**
 * The part of the grid that a run covers: updates and outputs after {@code from} (at 0, those at 0
 * too) up to {@code to}, inclusive. A grid cut into legs gives the bits of the whole: paths carry
 * their states and functionals over a cut ({@link Carry}), and an output belongs to one leg.
 *
 * @param from the grid index at which paths begin
 * @param to the grid index at which they stop
 */
public record Leg(int from, int to) {

  /** Checks the order. */
  public Leg {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("a leg from grid index " + from + " to " + to);
    }
  }
}
