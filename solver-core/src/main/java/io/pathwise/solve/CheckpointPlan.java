package io.pathwise.solve;

import io.pathwise.adjoint.Revolve;
import io.pathwise.kernel.Lanes;
import java.util.function.IntToLongFunction;

/**
 * How a path is cut for the sweeps: leaves of equal length, and places for checkpoints.
 *
 * @param leaf items a leaf, the last may be shorter
 * @param places the places that hold checkpoints, beside the initial state
 */
record CheckpointPlan(int leaf, int places) {
  /** More places than this save next to nothing. */
  private static final int MOST_PLACES = 64;

  /**
   * The plan with the fewest steps that are taken again.
   *
   * @param items what is to be passed backward, 1 or more
   * @param memory the bytes that a thread may keep
   * @param fixed the slots that are kept in any case
   * @param place the slots of a place
   * @param leafSlots the slots of leaves of a length
   * @throws IllegalArgumentException if the memory is too small, naming the least
   */
  static CheckpointPlan of(
      int items, long memory, long fixed, long place, IntToLongFunction leafSlots) {
    if ((fixed + leafSlots.applyAsLong(items)) * Lanes.BYTES <= memory) {
      return new CheckpointPlan(items, 0);
    }
    CheckpointPlan best = null;
    long fewest = Long.MAX_VALUE;
    for (int places = 1; places <= Math.min(MOST_PLACES, items - 1); places++) {
      long free = memory / Lanes.BYTES - fixed - places * place;
      int leaf = longest(items, free, leafSlots);
      if (leaf == 0) {
        break;
      }
      CheckpointPlan plan = new CheckpointPlan(leaf, places);
      if (plan.retaken(items) < fewest) {
        best = plan;
        fewest = plan.retaken(items);
      }
    }
    if (best == null) {
      throw new IllegalArgumentException(
          "a gradient memory of "
              + memory
              + " bytes a thread, expected "
              + (fixed + place + leafSlots.applyAsLong(1)) * Lanes.BYTES
              + " or more: the checkpoints, the adjoints, and the states at the dates that are read");
    }
    return best;
  }

  /** The longest leaf that fits, 0 for none. */
  private static int longest(int items, long free, IntToLongFunction leafSlots) {
    int fits = 0;
    int tooLong = items;
    while (tooLong - fits > 1) {
      int middle = (fits + tooLong) / 2;
      if (leafSlots.applyAsLong(middle) <= free) {
        fits = middle;
      } else {
        tooLong = middle;
      }
    }
    return fits;
  }

  /** The leaves of so many items. */
  int leaves(int items) {
    return (items + leaf - 1) / leaf;
  }

  /** About how many items are taken again. */
  private long retaken(int items) {
    long leaves = leaves(items);
    return leaf * (Revolve.advances(leaves, places) + leaves);
  }
}
