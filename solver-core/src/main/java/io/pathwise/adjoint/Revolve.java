package io.pathwise.adjoint;

/**
 * Binomial checkpointing: where to place the checkpoints of a chain of steps that is passed
 * backward, so that the fewest steps are taken again (Griewank and Walther 2000, "Algorithm 799:
 * revolve").
 *
 * <p>A chain of l steps starts from a state that is at hand and has c places for states besides. It
 * goes forward to step m, keeps the state there, passes the last l - m steps with the places left,
 * and then the first m with all of them. A step is passed backward from the state at its start.
 */
public final class Revolve {
  private static final long MANY = Long.MAX_VALUE / 4;

  private Revolve() {}

  /**
   * The most steps that c places pass with no step taken more than r times: (c + r)! / (c! r!).
   *
   * @param places c, from 0 on
   * @param repeats r; negative ones give 0
   */
  static long reach(int places, long repeats) {
    if (repeats < 0) {
      return 0;
    }
    long reach = 1;
    for (int i = 1; i <= places; i++) {
      // (reach * (repeats + i)) / i is whole
      if (reach > MANY / (repeats + i)) {
        return MANY;
      }
      reach = reach * (repeats + i) / i;
    }
    return reach;
  }

  private static long repeats(long steps, int places) {
    long repeats = 0;
    while (reach(places, repeats) < steps) {
      repeats++;
    }
    return repeats;
  }

  /**
   * The steps that are taken forward on the way, the pass that meets the end of the chain first
   * included: r l - (c + r)! / ((c + 1)! (r - 1)!) with the least r that reaches.
   *
   * @throws IllegalArgumentException if there is no place and more than one step
   */
  public static long advances(long steps, int places) {
    check(steps, places);
    if (steps == 1) {
      return 0;
    }
    long repeats = repeats(steps, places);
    return repeats * steps - reach(places + 1, repeats - 1);
  }

  /**
   * How far to go before the state is kept.
   *
   * @param steps l, 2 or more
   * @param places c, 1 or more
   * @return m, from 1 to l - 1
   * @throws IllegalArgumentException if there is no place, or nothing to split
   */
  public static long split(long steps, int places) {
    check(steps, places);
    if (steps < 2) {
      throw new IllegalArgumentException("a split of " + steps + " steps, expected 2 or more");
    }
    long repeats = repeats(steps, places);
    long least = steps - reach(places - 1, repeats);
    return Math.max(1, Math.max(reach(places, repeats - 2), least));
  }

  private static void check(long steps, int places) {
    if (steps < 1 || places < 0 || (places == 0 && steps > 1)) {
      throw new IllegalArgumentException(
          steps + " steps with " + places + " places, expected 1 step or 1 place at least");
    }
  }
}
