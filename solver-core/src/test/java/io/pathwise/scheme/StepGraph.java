package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Shape;
import io.pathwise.noise.BrownianStep;
import io.pathwise.noise.LevyTerm;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One step of a scheme over many paths, fed with a Brownian motion given as numbers: W, H, K and
 * the upper triangle of A, channel by channel.
 */
final class StepGraph {
  /** All that a scheme may ask of a Brownian motion. */
  static final Set<LevyTerm> ALL_TERMS = EnumSet.allOf(LevyTerm.class);

  private final BatchGraph graph;
  private final int dimension;
  private final int rows;
  private final int extra;
  private final double[] initial;

  /** Traces the step with the problem's parameters. */
  StepGraph(Scheme scheme, TestSdes.Problem problem) {
    scheme.requireSupport(problem.sde());
    Sde sde = problem.sde();
    int m = sde.channels();
    extra = scheme.extraNormals(sde);
    Expr extras = extra == 0 ? null : Expr.leaf(Leaf.NOISE, "extra", Shape.vector(extra));
    Expr next = scheme.step(sde, new Step(brownian("b", m), extras));
    List<Auxiliary> auxiliaries = scheme.auxiliaries(sde);
    dimension = sde.states().size() + auxiliaries.size();
    rows = rows(m);
    graph = new BatchGraph(List.of(next));
    problem.parameters().forEach(graph::set);
    List<Expr> start = new ArrayList<>(List.of(sde.initial()));
    auxiliaries.forEach(a -> start.add(a.initial()));
    initial = Interpreter.evaluate(start, problem.parameters());
  }

  /** The number of arrays that describe a Brownian step of m channels. */
  static int rows(int m) {
    return 3 * m + m * (m - 1) / 2;
  }

  /** A Brownian step whose every number is a leaf {@code prefix[row]}. */
  static BrownianStep brownian(String prefix, int m) {
    Expr all = Expr.leaf(Leaf.NOISE, prefix, Shape.vector(rows(m)));
    Shape channels = Shape.vector(m);
    List<Expr> area = new ArrayList<>();
    int[][] pair = new int[m][m];
    int next = 3 * m;
    for (int i = 0; i < m; i++) {
      for (int j = i + 1; j < m; j++) {
        pair[i][j] = next++;
      }
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        area.add(i == j ? Expr.ZERO : i < j ? all.get(pair[i][j]) : all.get(pair[j][i]).neg());
      }
    }
    return new BrownianStep(
        prefix.equals("b") ? Step.DT : Expr.leaf(Leaf.STEP, prefix + ".dt"),
        all.slice(0, channels),
        all.slice(m, channels),
        all.slice(2 * m, channels),
        Expr.concat(area).reshape(Shape.matrix(m, m)));
  }

  /** The numbers of a step in the order of the rows. */
  static List<Expr> rowsOf(BrownianStep step) {
    List<Expr> all = new ArrayList<>(List.of(step.w(), step.h(), step.k()));
    int m = step.w().shape().size();
    for (int i = 0; i < m; i++) {
      for (int j = i + 1; j < m; j++) {
        all.add(step.area().get(i, j));
      }
    }
    return all;
  }

  int dimension() {
    return dimension;
  }

  int extra() {
    return extra;
  }

  double[] initial() {
    return initial.clone();
  }

  double[] state(int i) {
    return graph.input("y[" + i + "]");
  }

  double[] brownian(int row) {
    return graph.input("b[" + row + "]");
  }

  double[] extra(int i) {
    return graph.input("extra[" + i + "]");
  }

  double[] next(int i) {
    return graph.output(i);
  }

  /** Steps the first n paths from t to t + dt; the states stay as they were. */
  void run(double t, double dt, int n) {
    graph.set("t", t);
    graph.set("dt", dt);
    graph.set("sqrtDt", Math.sqrt(dt));
    graph.run(n);
  }

  /** Steps the first n paths and makes what comes out the states. */
  void advance(double t, double dt, int n) {
    run(t, dt, n);
    double[][] out = new double[dimension][];
    for (int i = 0; i < dimension; i++) {
      out[i] = next(i).clone();
    }
    for (int i = 0; i < dimension; i++) {
      System.arraycopy(out[i], 0, state(i), 0, n);
    }
  }

  /** Sets the Brownian step of the first n paths. */
  void feed(double[][] numbers, int n) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(numbers[r], 0, brownian(r), 0, n);
    }
  }

  /** The parameters as a map, for messages. */
  static String describe(Scheme scheme, TestSdes.Problem problem) {
    return scheme.name() + " on " + problem + " " + Map.copyOf(problem.parameters());
  }
}
