package io.pathwise.solve;

import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.TreeStep;

/**
 * A cell of every lane: where it is, the Brownian motion over it, and the state at its start.
 *
 * @param path the number of the path
 * @param interval the number of the path's interval
 * @param place key 0, key 1 and node, 64-bit integers
 * @param time the start
 * @param size the size
 * @param parts W, H and perhaps K, channel by channel
 * @param states the states at the start
 * @param error the error of the step before
 */
record TreeCells(
    double[] path,
    double[] interval,
    double[][] place,
    double[] time,
    double[] size,
    double[][] parts,
    double[][] states,
    double[] error) {

  static TreeCells of(TreeStep tree) {
    return new TreeCells(
        Lanes.block(),
        Lanes.block(),
        Lanes.blocks(3),
        Lanes.block(),
        Lanes.block(),
        Lanes.blocks(tree.parts()),
        Lanes.blocks(tree.states()),
        Lanes.block());
  }

  /** Copies what halving a cell reads from some lanes to the first ones here. */
  void gatherPlace(TreeCells from, int[] lanes, int count) {
    for (int p = 0; p < place.length; p++) {
      gatherWords(from.place[p], place[p], lanes, count);
    }
    gather(from.size, size, lanes, count);
    for (int p = 0; p < parts.length; p++) {
      gather(from.parts[p], parts[p], lanes, count);
    }
  }

  /** Copies what starting a tree reads. */
  void gatherRoot(TreeCells from, int[] lanes, int count) {
    gatherWords(from.path, path, lanes, count);
    gatherWords(from.interval, interval, lanes, count);
    gather(from.size, size, lanes, count);
  }

  /** Copies what a jump reads; {@link #interval} is the number of the candidate there. */
  void gatherJump(TreeCells from, int[] lanes, int count) {
    gatherWords(from.path, path, lanes, count);
    gather(from.time, time, lanes, count);
    for (int i = 0; i < states.length; i++) {
      gather(from.states[i], states[i], lanes, count);
    }
  }

  /** Copies what {@link #gatherRoot}'s lanes got back to them. */
  void scatterRoot(TreeCells to, int[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      Lanes.putLong(to.place[0], lanes[i], Lanes.getLong(place[0], i));
      Lanes.putLong(to.place[1], lanes[i], Lanes.getLong(place[1], i));
      for (int p = 0; p < parts.length; p++) {
        to.parts[p][lanes[i]] = parts[p][i];
      }
    }
  }

  /** Copies what a step reads. */
  void gatherStep(TreeCells from, int[] lanes, int count) {
    gatherPlace(from, lanes, count);
    gather(from.time, time, lanes, count);
    gather(from.error, error, lanes, count);
    for (int i = 0; i < states.length; i++) {
      gather(from.states[i], states[i], lanes, count);
    }
  }

  private static void gather(double[] from, double[] to, int[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = from[lanes[i]];
    }
  }

  private static void gatherWords(double[] from, double[] to, int[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      Lanes.putLong(to, i, Lanes.getLong(from, lanes[i]));
    }
  }
}
