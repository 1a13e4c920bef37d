package io.pathwise.control;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.sde.FractionalDriver;
import io.pathwise.sde.GammaSubordination;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A level that a state may not pass.
 *
 * @param kind what happens to a path that reaches it
 * @param state the name of the state
 * @param side where the level lies, seen from the start
 * @param level a constant or a function of parameters
 */
public record Boundary(Kind kind, String state, Side side, Expr level) {

  /** What happens at the level. */
  public enum Kind {
    /** The path ends: all states keep what they are at the first passage. */
    STOP,
    /** The state stays at the level; the others go on. */
    ABSORB,
    /** The state is mirrored at the level after a step (Gobet 2001, the symmetrised scheme). */
    REFLECT
  }

  /** Where a level lies. */
  public enum Side {
    /** Below the start. */
    BELOW(1),
    /** Above the start. */
    ABOVE(-1);

    private final int direction;

    Side(int direction) {
      this.direction = direction;
    }

    /** The sign of the distance from the level to the inside. */
    int direction() {
      return direction;
    }
  }

  /**
   * Checks.
   *
   * @throws IllegalArgumentException if the level differs from path to path or with time
   */
  public Boundary {
    boolean reads =
        Graph.leaves(List.of(level)).stream().anyMatch(leaf -> leaf.leaf() != Leaf.PARAM);
    if (!level.shape().isScalar() || reads) {
      throw new IllegalArgumentException(
          "boundary of " + state + ": level " + level + ", expected a scalar of parameters alone");
    }
  }

  /** The observable that is 1 until the level is reached, then 0. */
  public String alive() {
    return prefix() + ".alive";
  }

  /** The observable that is the time of the first passage, or the time so far. */
  public String time() {
    return prefix() + ".time";
  }

  private String prefix() {
    return kind.name().toLowerCase(Locale.ROOT) + "." + state;
  }

  /** Why paths of an equation cannot be watched at the level; empty where they can. */
  public List<String> problems(Sde sde) {
    int watched = sde.states().indexOf(state);
    if (watched < 0) {
      return List.of("boundary of " + state + ", expected one of " + sde.states());
    }
    List<String> problems = new ArrayList<>();
    if (!sde.jumps().isEmpty() || sde.capability(GammaSubordination.class).isPresent()) {
      problems.add("paths that jump have no boundaries yet: a jump would pass them unseen");
    }
    if (sde.capability(FractionalDriver.class).isPresent()) {
      problems.add(
          "fractional noise has no boundaries yet: between the ends of a step it is no Brownian"
              + " bridge");
    }
    return problems;
  }

  /**
   * The number of the state in an equation.
   *
   * @throws IllegalArgumentException if the equation has no such state
   */
  int index(Sde sde) {
    int index = sde.states().indexOf(state);
    if (index < 0) {
      throw new IllegalArgumentException(
          "boundary of " + state + ", expected one of " + sde.states());
    }
    return index;
  }
}
