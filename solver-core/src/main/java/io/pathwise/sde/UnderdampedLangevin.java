package io.pathwise.sde;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Forward;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Scalarise;
import io.pathwise.expr.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The structure of an underdamped Langevin equation, coordinate by coordinate dx = v dt, dv =
 * (-gamma v + F(t, x)) dt + rho dW: gamma and rho are functions of parameters, and F of time and
 * positions. In equilibrium at temperature u (mass 1) F = -u grad U and rho = sqrt(2 gamma u).
 *
 * <p>{@link #of} finds it on the graph of any equation; none has to declare it.
 *
 * @param position for each coordinate the number of the state x
 * @param velocity for each coordinate the number of the state v
 * @param channel for each coordinate the number of the Brownian channel
 * @param friction gamma, a vector of d
 * @param force F, a vector of d that reads positions alone
 * @param noise rho, a vector of d
 */
public record UnderdampedLangevin(
    int[] position, int[] velocity, int[] channel, Expr friction, Expr force, Expr noise)
    implements Capability {

  /** The number of coordinates. */
  public int coordinates() {
    return position.length;
  }

  /** F at a time and at positions, a vector of d. */
  public Expr force(Sde sde, Expr t, Expr x) {
    Expr[] states = new Expr[sde.states().size()];
    Arrays.fill(states, Expr.ZERO);
    for (int i = 0; i < position.length; i++) {
      states[position[i]] = x.get(i);
    }
    Expr y = Expr.concat(List.of(states)).reshape(Shape.vector(states.length));
    return Graph.substitute(force, Map.of(Sde.TIME, t, sde.state(), y));
  }

  /** The positions or velocities out of the state of the equation, a vector of d. */
  public static Expr pick(Expr state, int[] numbers) {
    return Expr.concat(Arrays.stream(numbers).mapToObj(state::get).toList())
        .reshape(Shape.vector(numbers.length));
  }

  /** The state of the equation from positions and velocities. */
  public Expr state(Expr x, Expr v) {
    Expr[] states = new Expr[2 * position.length];
    for (int i = 0; i < position.length; i++) {
      states[position[i]] = x.get(i);
      states[velocity[i]] = v.get(i);
    }
    return Expr.concat(List.of(states)).reshape(Shape.vector(states.length));
  }

  /** The structure of an equation, empty where it has another one. */
  public static Optional<UnderdampedLangevin> of(Sde sde) {
    Optional<UnderdampedLangevin> declared = sde.capability(UnderdampedLangevin.class);
    boolean possible =
        sde.noise() == NoiseType.ADDITIVE && sde.states().size() == 2 * sde.channels();
    return declared.isPresent() || !possible ? declared : new Search(sde).found();
  }

  /** Looks for the structure on scalar graphs of scalar states. */
  private static final class Search {
    private final Sde sde;
    private final List<Expr> states = new ArrayList<>();
    private final List<Expr> drift;

    Search(Sde sde) {
      this.sde = sde;
      int n = sde.states().size();
      for (int i = 0; i < n; i++) {
        states.add(Expr.leaf(Leaf.STATE, "scalar state " + i));
      }
      Expr vector = Expr.concat(states).reshape(Shape.vector(n));
      drift =
          Scalarise.scalars(List.of(Graph.substitute(sde.drift(), Map.of(sde.state(), vector))));
    }

    Optional<UnderdampedLangevin> found() {
      int d = sde.channels();
      int[] position = new int[d];
      int[] velocity = new int[d];
      int[] channel = new int[d];
      boolean[] isVelocity = new boolean[2 * d];
      int count = 0;
      for (int i = 0; i < 2 * d; i++) {
        int rate = states.indexOf(drift.get(i));
        if (rate >= 0 && rate != i) {
          if (count == d || isVelocity[rate]) {
            return Optional.empty();
          }
          position[count] = i;
          velocity[count++] = rate;
          isVelocity[rate] = true;
        }
      }
      if (count < d || Arrays.stream(position).anyMatch(i -> isVelocity[i])) {
        return Optional.empty();
      }
      List<Expr> noise = new ArrayList<>();
      for (int i = 0; i < d; i++) {
        channel[i] = onlyChannel(velocity[i]);
        if (!isZero(position[i]) || channel[i] < 0) {
          return Optional.empty();
        }
        noise.add(sde.diffusion().get(velocity[i], channel[i]));
      }
      if (Arrays.stream(channel).distinct().count() < d
          || !noise.stream().allMatch(Search::fixed)) {
        return Optional.empty();
      }
      return withFriction(position, velocity, channel, noise);
    }

    private Optional<UnderdampedLangevin> withFriction(
        int[] position, int[] velocity, int[] channel, List<Expr> noise) {
      List<Expr> friction = new ArrayList<>();
      List<Expr> force = new ArrayList<>();
      Map<Expr, Expr> atRest = new HashMap<>();
      for (int v : velocity) {
        atRest.put(states.get(v), Expr.ZERO);
      }
      Map<Expr, Expr> back = new HashMap<>();
      for (int i = 0; i < states.size(); i++) {
        back.put(states.get(i), sde.state().get(i));
      }
      for (int i : velocity) {
        for (int j : velocity) {
          Expr slope = Forward.tangent(drift.get(i), Map.of(states.get(j), Expr.ONE));
          if (i != j && !slope.isConst(0)) {
            return Optional.empty();
          }
          if (i == j) {
            friction.add(slope.neg());
          }
        }
        force.add(Graph.substitute(Graph.substitute(drift.get(i), atRest), back));
      }
      if (!friction.stream().allMatch(Search::fixed)) {
        return Optional.empty();
      }
      return Optional.of(
          new UnderdampedLangevin(
              position, velocity, channel, vector(friction), vector(force), vector(noise)));
    }

    private static Expr vector(List<Expr> elements) {
      return Expr.concat(elements).reshape(Shape.vector(elements.size()));
    }

    /** Whether an expression reads parameters alone. */
    private static boolean fixed(Expr expr) {
      return Graph.leaves(List.of(expr)).stream().allMatch(leaf -> leaf.leaf() == Leaf.PARAM);
    }

    private boolean isZero(int row) {
      for (int c = 0; c < sde.channels(); c++) {
        if (!sde.diffusion().get(row, c).isConst(0)) {
          return false;
        }
      }
      return true;
    }

    /** The only channel that drives a state, -1 if there is none or more than one. */
    private int onlyChannel(int row) {
      int found = -1;
      for (int c = 0; c < sde.channels(); c++) {
        if (!sde.diffusion().get(row, c).isConst(0)) {
          if (found >= 0) {
            return -1;
          }
          found = c;
        }
      }
      return found;
    }
  }
}
