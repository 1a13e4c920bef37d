package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Shape;
import io.pathwise.noise.BrownianStep;
import io.pathwise.noise.BrownianTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A step of a path that has its own time and step size: over a cell of the Brownian tree of the
 * path. The state of the program is the state that the step advances, then {@link #CONTROLS}.
 *
 * @param channels Brownian channels
 * @param third whether the tree carries K
 * @param extra normals of a cell that are independent of the Brownian motion
 * @param judged the number of states, from the first, whose error counts
 * @param order the order of a step's error in its size
 * @param attempt the state after the cell, scalars that read the state, {@link #TIME}, {@link
 *     #SIZE}, {@link #cell} and {@link #extraLeaf}
 * @param free the same without what is drawn at boundaries, by which the error is judged: of the
 *     first states alone; empty where nothing is
 * @param embedded another, less or more accurate state after the cell for each judged state; empty
 *     where two steps over the halves tell the error
 * @param jumps the jumps between which a path steps
 */
public record TreeStep(
    int channels,
    boolean third,
    int extra,
    int judged,
    double order,
    List<Expr> attempt,
    List<Expr> free,
    List<Expr> embedded,
    Optional<TreeJumps> jumps) {

  /** The start of the cell, years. */
  public static final Expr TIME = Expr.leaf(Leaf.LANE, "cellTime");

  /** The size of the cell, years. */
  public static final Expr SIZE = Expr.leaf(Leaf.LANE, "cellSize");

  /** The number of the path's interval, which picks its tree. */
  static final Expr INTERVAL = Expr.leaf(Leaf.PATH, "interval");

  /** Word 0 of the key of the path's tree. */
  static final Expr KEY0 = Expr.leaf(Leaf.PATH, "key0");

  /** Word 1 of the key of the path's tree. */
  static final Expr KEY1 = Expr.leaf(Leaf.PATH, "key1");

  /** The node of the cell in its tree. */
  static final Expr NODE = Expr.leaf(Leaf.PATH, "node");

  /** What a path carries from step to step beside the states, at the end of its state. */
  public enum Control {
    /** The size that the path would take, years. */
    SIZE(0),
    /** The error of the last accepted step against the tolerances. */
    ERROR(1),
    /** Steps taken. */
    STEPS(2),
    /** Steps attempted and not taken. */
    REJECTED(3),
    /** Steps taken at the smallest size although their error was too large. */
    FORCED(4),
    /** The time of the next candidate of a jump, years. */
    NEXT(5),
    /** The candidates so far. */
    CANDIDATES(6),
    /** The jumps so far. */
    JUMPS(7);

    private final int place;

    Control(int place) {
      this.place = place;
    }

    /** Its place behind the states that a step advances. */
    public int place() {
      return place;
    }
  }

  /** How many numbers a path carries for its control. */
  public static final int CONTROLS = Control.values().length;

  /** Freezes the lists. */
  public TreeStep {
    attempt = List.copyOf(attempt);
    free = List.copyOf(free);
    embedded = List.copyOf(embedded);
  }

  /** The number of states that a step advances. */
  public int states() {
    return attempt.size();
  }

  /** The Brownian motion over the cell as leaves. */
  public static BrownianStep cell(int channels, boolean third) {
    return BrownianTree.cellLeaves(channels, third, SIZE);
  }

  /** The numbers of the Brownian motion over a cell: W, H and perhaps K, channel by channel. */
  public int parts() {
    return (third ? 3 : 2) * channels;
  }

  /** The extra normals of the cell, a vector. */
  public static Expr extraLeaf(int extra) {
    return Expr.leaf(Leaf.LANE, "extra", Shape.vector(extra));
  }

  /** Everything that is compiled, for the digest of the program. */
  List<Expr> expressions() {
    List<Expr> all = new ArrayList<>(attempt);
    all.addAll(free);
    all.add(Expr.of(free.size()));
    all.addAll(embedded);
    jumps.ifPresent(j -> all.addAll(j.expressions()));
    for (double number : new double[] {channels, third ? 1 : 0, extra, judged}) {
      all.add(Expr.of(number));
    }
    return all;
  }
}
