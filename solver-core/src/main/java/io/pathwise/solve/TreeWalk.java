package io.pathwise.solve;

import io.pathwise.control.StepControl;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.TreeStep;
import io.pathwise.kernel.TreeStep.Control;
import io.pathwise.noise.BrownianTree;

/**
 * Takes the paths of a block over one step of the grid, each by steps of its own: depth first
 * through the cells of its Brownian tree, a cell that is too large being halved and its right half
 * kept for later.
 *
 * <p>The fragments run on all lanes, the idle ones masked (their results are not read), while most
 * are at work, and on the working ones packed together when a smaller share of them is than the
 * property {@value #PACKING} says, 0.6 unless told. A lane's numbers do not depend on which.
 */
final class TreeWalk {
  private static final String PACKING = "pathwise.tree.packing";

  /** The candidates of jumps that a step of the grid has room for, as a power of 2. */
  private static final int SEGMENT_BITS = 24;

  /** The share of working lanes below which they are packed. */
  private final double packing = Double.parseDouble(System.getProperty(PACKING, "0.6"));

  private final StepControl control;
  private final TreeStep tree;
  private final double[] times;
  private final TreeCalls calls;
  private final TreeCells lanes;
  private final TreeCells packed;
  private final double[][][] stack = new double[BrownianTree.DEEPEST + 1][][];
  private final double[] start = Lanes.block();
  private final double[] span = Lanes.block();
  private final int[] level = new int[Lanes.WIDTH];
  private final int[] deepest = new int[Lanes.WIDTH];
  private final long[] node = new long[Lanes.WIDTH];
  private final long[] pending = new long[Lanes.WIDTH];
  private final int[] segments = new int[Lanes.WIDTH];
  private final TreeJumpCalls jumps;
  private final int[] jumping = new int[Lanes.WIDTH];
  private final int[] opened = new int[Lanes.WIDTH];
  private int ended;
  private int before;
  private int after;
  private final int[] working = new int[Lanes.WIDTH];
  private final int[] descending = new int[Lanes.WIDTH];
  private final int[] all = new int[Lanes.WIDTH];
  private double[] wanted;
  private double[] errors;
  private double[] steps;
  private double[] rejected;
  private double[] forced;
  private double[] next;
  private double[] candidates;
  private double[] jumped;

  TreeWalk(PathRun run, Calls calls) {
    this.control = run.control().orElseThrow();
    this.tree = run.program().tree().orElseThrow();
    this.times = run.schedule().times();
    this.calls = new TreeCalls(tree, calls);
    this.jumps = tree.jumps().map(j -> new TreeJumpCalls(tree, j, calls)).orElse(null);
    this.lanes = TreeCells.of(tree);
    this.packed = TreeCells.of(tree);
    for (int l = 0; l < all.length; l++) {
      all[l] = l;
    }
  }

  /** Takes the first n lanes from grid index k to the next: from some slots to others. */
  void step(BlockMemory memory, int k, int from, int to, int n) {
    before = from;
    after = to;
    enter(memory, k, n);
    calls.root(lanes, n);
    int count = n;
    System.arraycopy(all, 0, working, 0, n);
    while (count > 0) {
      ended = 0;
      descend(count, n);
      count = control.adaptive() ? attempt(k, count, n) : take(k, count, n);
      count = jumps == null ? count : jump(k, count);
    }
    leave(memory, n);
  }

  /** Every lane stands at the start of the step, its cell the whole. */
  private void enter(BlockMemory memory, int k, int n) {
    for (int i = 0; i < lanes.states().length; i++) {
      System.arraycopy(memory.slot(before + i), 0, lanes.states()[i], 0, n);
    }
    wanted = carried(memory, Control.SIZE, n);
    errors = carried(memory, Control.ERROR, n);
    steps = carried(memory, Control.STEPS, n);
    rejected = carried(memory, Control.REJECTED, n);
    forced = carried(memory, Control.FORCED, n);
    next = carried(memory, Control.NEXT, n);
    candidates = carried(memory, Control.CANDIDATES, n);
    jumped = carried(memory, Control.JUMPS, n);
    for (int l = 0; l < n; l++) {
      Lanes.putLong(lanes.path(), l, Lanes.getLong(memory.path, l));
      lanes.error()[l] = errors[l];
    }
    if (jumps != null && k == 0) {
      firstCandidates(n);
    }
    for (int l = 0; l < n; l++) {
      segments[l] = 0;
      open(l, k, times[k]);
    }
  }

  /** A number of the control, copied to where it stands after the step: changed in place. */
  private double[] carried(BlockMemory memory, Control control, int n) {
    int state = tree.states() + control.place();
    double[] number = memory.slot(after + state);
    System.arraycopy(memory.slot(before + state), 0, number, 0, n);
    return number;
  }

  private void firstCandidates(int n) {
    for (int l = 0; l < n; l++) {
      Lanes.putLong(lanes.interval(), l, 0);
    }
    jumps.draw(lanes, n);
    System.arraycopy(jumps.gap, 0, next, 0, n);
  }

  /** A lane's segment begins: up to its next candidate of a jump or the end of the step. */
  private void open(int l, int k, double from) {
    double end = times[k + 1];
    double whole = (jumps != null && next[l] < end ? next[l] : end) - from;
    Lanes.putLong(lanes.interval(), l, ((long) k << SEGMENT_BITS) + segments[l]++);
    start[l] = from;
    span[l] = whole;
    deepest[l] = deepest(whole);
    pending[l] = 0;
    place(l, 0, 1);
  }

  /** The level below which cells would be smaller than the smallest step. */
  private int deepest(double whole) {
    double ratio = whole / control.dtMin();
    int halvings = ratio >= 1 ? Math.getExponent(ratio * (1 + 1e-12)) : 0;
    return control.adaptive() ? Math.min(halvings, BrownianTree.DEEPEST) : 0;
  }

  /** A lane's cell is now this one. */
  private void place(int l, int newLevel, long newNode) {
    level[l] = newLevel;
    node[l] = newNode;
    double size = Math.scalb(span[l], -newLevel);
    lanes.size()[l] = size;
    lanes.time()[l] = start[l] + size * (newNode - (1L << newLevel));
    Lanes.putLong(lanes.place()[2], l, newNode);
  }

  private void leave(BlockMemory memory, int n) {
    for (int i = 0; i < lanes.states().length; i++) {
      System.arraycopy(lanes.states()[i], 0, memory.slot(after + i), 0, n);
    }
    System.arraycopy(lanes.error(), 0, errors, 0, n);
  }

  private boolean tooLarge(int l) {
    return level[l] < deepest[l] && lanes.size()[l] > wanted[l];
  }

  /** Halves the cells of working lanes until each has the size that its path wants. */
  private void descend(int count, int n) {
    int found = 0;
    for (int w = 0; w < count; w++) {
      if (tooLarge(working[w])) {
        descending[found++] = working[w];
      }
    }
    while (found > 0) {
      boolean pack = found < packing * n;
      if (pack) {
        packed.gatherPlace(lanes, descending, found);
      }
      calls.bisect(pack ? packed : lanes, pack ? found : n);
      int left = 0;
      for (int d = 0; d < found; d++) {
        int l = descending[d];
        keepRight(l, pack ? d : l);
        place(l, level[l] + 1, 2 * node[l]);
        if (tooLarge(l)) {
          descending[left++] = l;
        }
      }
      found = left;
    }
  }

  /** The left half becomes the lane's cell, the right half waits at its level. */
  private void keepRight(int l, int from) {
    int at = level[l] + 1;
    if (stack[at] == null) {
      stack[at] = Lanes.blocks(tree.parts());
    }
    for (int p = 0; p < tree.parts(); p++) {
      lanes.parts()[p][l] = calls.left[p][from];
      stack[at][p][l] = calls.right[p][from];
    }
    pending[l] |= 1L << at;
  }

  /** Tries the cells of all working lanes; returns how many work on. */
  private int attempt(int k, int count, int n) {
    boolean pack = count < packing * n;
    if (pack) {
      packed.gatherStep(lanes, working, count);
    }
    calls.compare(pack ? packed : lanes, k, pack ? count : n);
    int left = 0;
    for (int w = 0; w < count; w++) {
      int l = working[w];
      if (!judged(l, pack ? w : l) || follows(l)) {
        working[left++] = l;
      } else {
        jumping[ended++] = l;
      }
    }
    return left;
  }

  /** Whether a lane's step is taken. */
  private boolean judged(int l, int from) {
    double error = calls.error[from];
    double factor = calls.factor[from];
    double size = lanes.size()[l];
    if (lost(l, error)) {
      wanted[l] = control.dtMax();
      accept(l, from);
      return true;
    }
    boolean good = error <= 1;
    if (!good && level[l] < deepest[l]) {
      rejected[l]++;
      double scaled = factor < 0.5 ? factor : 0.5;
      wanted[l] = size * (scaled > 0 ? scaled : control.least());
      return false;
    }
    double scaled = factor > 0 ? size * factor : size;
    wanted[l] =
        Math.min(control.dtMax(), factor >= control.most() ? Math.max(wanted[l], scaled) : scaled);
    lanes.error()[l] = good ? error : 1;
    forced[l] += good ? 0 : 1;
    accept(l, from);
    return true;
  }

  /** Whether a path has left the numbers before the step: no step size brings it back. */
  private boolean lost(int l, double error) {
    boolean lost = false;
    if (Double.isNaN(error)) {
      for (double[] state : lanes.states()) {
        lost |= !Double.isFinite(state[l]);
      }
    }
    return lost;
  }

  private void accept(int l, int from) {
    steps[l]++;
    for (int i = 0; i < tree.states(); i++) {
      lanes.states()[i][l] = calls.fine[i][from];
    }
  }

  /** Takes the cells of all working lanes as they are. */
  private int take(int k, int count, int n) {
    boolean pack = count < packing * n;
    if (pack) {
      packed.gatherStep(lanes, working, count);
    }
    calls.whole(pack ? packed : lanes, k, pack ? count : n);
    int left = 0;
    for (int w = 0; w < count; w++) {
      int l = working[w];
      accept(l, pack ? w : l);
      if (follows(l)) {
        working[left++] = l;
      } else {
        jumping[ended++] = l;
      }
    }
    return left;
  }

  /** Moves a lane to the cell that follows; false where there is none. */
  private boolean follows(int l) {
    if (pending[l] == 0) {
      return false;
    }
    int at = 63 - Long.numberOfLeadingZeros(pending[l]);
    pending[l] ^= 1L << at;
    for (int p = 0; p < tree.parts(); p++) {
      lanes.parts()[p][l] = stack[at][p][l];
    }
    place(l, at, (node[l] >> (level[l] - at)) + 1);
    return true;
  }

  /** Makes the jumps of lanes whose segments have ended, and opens the next ones. */
  private int jump(int k, int count) {
    int found = 0;
    for (int e = 0; e < ended; e++) {
      if (next[jumping[e]] <= times[k + 1]) {
        jumping[found++] = jumping[e];
      }
    }
    int open = 0;
    while (found > 0) {
      for (int e = 0; e < found; e++) {
        int l = jumping[e];
        lanes.time()[l] = next[l];
        candidates[l]++;
        Lanes.putLong(packed.interval(), e, (long) candidates[l]);
      }
      packed.gatherJump(lanes, jumping, found);
      jumps.draw(packed, found);
      jumps.jump(packed, k, found);
      int again = 0;
      for (int e = 0; e < found; e++) {
        int l = jumping[e];
        for (int i = 0; i < tree.states(); i++) {
          lanes.states()[i][l] = jumps.after[i][e];
        }
        jumped[l] += jumps.taken[e];
        double at = next[l];
        next[l] = at + jumps.gap[e];
        if (next[l] <= at) {
          jumping[again++] = l;
        } else if (at < times[k + 1]) {
          open(l, k, at);
          opened[open++] = l;
        }
      }
      found = again;
    }
    packed.gatherRoot(lanes, opened, open);
    calls.root(packed, open);
    packed.scatterRoot(lanes, opened, open);
    System.arraycopy(opened, 0, working, count, open);
    return count + open;
  }
}
