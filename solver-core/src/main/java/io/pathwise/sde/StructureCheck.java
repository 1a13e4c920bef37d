package io.pathwise.sde;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Jacobian;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Scalarise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Verifies the declared structure of g: on the graph where that shows it, else by the values of
 * derivatives at fixed pseudo-random points of states, parameters and time.
 *
 * <p>Points where g or a derivative is not finite lie outside the domain and do not count; where
 * all do, nothing can be verified and the declaration stands.
 */
final class StructureCheck {
  private static final int POINTS = 48;
  private static final double RELATIVE = 1e-9;

  private final List<String> states;
  private final int n;

  private StructureCheck(List<String> states) {
    this.states = states;
    this.n = states.size();
  }

  /**
   * What contradicts the declaration.
   *
   * @param noise the declared structure
   * @param states the names of the states
   * @param diffusion g, of the shape that the noise type has
   * @return messages that name the states or channels; none where the structure holds
   */
  static List<String> problems(NoiseType noise, List<String> states, Expr diffusion) {
    StructureCheck check = new StructureCheck(states);
    return switch (noise) {
      case ADDITIVE -> check.additive(diffusion);
      case DIAGONAL -> check.diagonal(diffusion);
      case COMMUTATIVE -> check.commutative(diffusion);
      case SCALAR, GENERAL -> List.of();
    };
  }

  private List<String> additive(Expr diffusion) {
    if (!diffusion.varying()) {
      return List.of();
    }
    List<Expr> read = Graph.leaves(Scalarise.scalars(List.of(diffusion)));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (read.contains(Scalarise.element(Sde.state(n), i))) {
        names.add(states.get(i));
      }
    }
    if (names.isEmpty()) {
      return List.of();
    }
    return List.of(
        "additive noise: the diffusion reads the state "
            + String.join(", ", names)
            + ", expected parameters and time alone");
  }

  /** An entry of the Jacobian of g: that of element {@code row} of g in state {@code column}. */
  private record Entry(int row, int column, Expr value) {}

  private List<String> diagonal(Expr diffusion) {
    Expr[][] jacobian = Jacobian.of(diffusion, Sde.state(n));
    List<Entry> foreign = new ArrayList<>();
    List<Expr> values = new ArrayList<>(Scalarise.scalars(List.of(diffusion)));
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        if (i != k && !jacobian[i][k].isConst(0)) {
          foreign.add(new Entry(i, k, jacobian[i][k]));
          values.add(jacobian[i][k]);
        }
      }
    }
    Set<String> problems = new LinkedHashSet<>();
    if (!foreign.isEmpty()) {
      for (double[] point : points(values)) {
        for (int e = 0; e < foreign.size(); e++) {
          Entry entry = foreign.get(e);
          if (Math.abs(point[n + e]) > RELATIVE * Math.abs(point[entry.row()])) {
            problems.add(
                "diagonal noise: the diffusion of state "
                    + states.get(entry.row())
                    + " reads state "
                    + states.get(entry.column())
                    + ", expected its own state alone; general noise allows it");
          }
        }
      }
    }
    return List.copyOf(problems);
  }

  private List<String> commutative(Expr diffusion) {
    int m = diffusion.shape().columns();
    Expr[][] jacobian = Jacobian.of(diffusion, Sde.state(n));
    List<Expr> values = new ArrayList<>(Scalarise.scalars(List.of(diffusion)));
    for (Expr[] row : jacobian) {
      Collections.addAll(values, row);
    }
    List<double[]> points = points(values);
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < m; i++) {
      for (int j = i + 1; j < m; j++) {
        String problem = bracket(points, m, i, j);
        if (problem != null) {
          problems.add(problem);
        }
      }
    }
    return problems;
  }

  /** What is wrong with the bracket of channels i and j at the first point where it is not 0. */
  private String bracket(List<double[]> points, int m, int i, int j) {
    for (double[] point : points) {
      for (int row = 0; row < n; row++) {
        double difference = 0;
        double scale = 0;
        for (int k = 0; k < n; k++) {
          double ij = point[k * m + i] * point[n * m + (row * m + j) * n + k];
          double ji = point[k * m + j] * point[n * m + (row * m + i) * n + k];
          difference += ij - ji;
          scale += Math.abs(ij) + Math.abs(ji);
        }
        if (Math.abs(difference) > RELATIVE * scale) {
          return "commutative noise: channels "
              + (i + 1)
              + " and "
              + (j + 1)
              + " do not commute: their bracket is "
              + difference
              + " in state "
              + states.get(row)
              + " at a point of its domain, expected 0; general noise allows it";
        }
      }
    }
    return null;
  }

  /** The values at every point where all of them are finite. */
  private static List<double[]> points(List<Expr> values) {
    List<Expr> leaves = Graph.leaves(Scalarise.scalars(values));
    Interpreter interpreter = new Interpreter(Scalarise.scalars(values));
    List<double[]> points = new ArrayList<>();
    for (int p = 0; p < POINTS; p++) {
      Map<Expr, Double> at = new HashMap<>();
      for (int l = 0; l < leaves.size(); l++) {
        at.put(leaves.get(l), value(leaves.get(l).leaf() == Leaf.STATE, p, l));
      }
      double[] point = interpreter.evaluate(at::get);
      if (Arrays.stream(point).allMatch(Double::isFinite)) {
        points.add(point);
      }
    }
    return points;
  }

  /** A leaf at a point: parameters and time in (0, 1); states there, about 0, or larger in turn. */
  private static double value(boolean state, int point, int leaf) {
    double uniform = uniform(point * 1000L + leaf);
    if (!state) {
      return 0.05 + 0.9 * uniform;
    }
    return switch (point % 4) {
      case 0 -> 0.05 + 0.9 * uniform;
      case 1 -> 4 * uniform - 2;
      case 2 -> 0.5 + 3 * uniform;
      default -> 50 + 100 * uniform;
    };
  }

  /** A number in [0, 1) by the mixing function of SplitMix64 (Steele, Lea and Flood 2014). */
  private static double uniform(long index) {
    long z = (index + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1p-53;
  }
}
