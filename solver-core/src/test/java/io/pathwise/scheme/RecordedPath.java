package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Reverse;
import io.pathwise.expr.Scalarise;
import io.pathwise.expr.Shape;
import io.pathwise.noise.BrownianStep;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A scheme's step on recorded W, H and A, forwards, and its adjoint backwards. */
final class RecordedPath {

  /** The Brownian motion over one step: h and a may be null. */
  record Cell(double t, double dt, double[] w, double[] h, double[][] a) {}

  private final int extent;
  private final List<String> parameters;
  private final Interpreter initial;
  private final Interpreter initialReverse;
  private final Interpreter step;
  private final Interpreter reverse;

  /** Traces the step of a scheme that takes no extra normals. */
  RecordedPath(Sde sde, Scheme scheme) {
    scheme.requireSupport(sde);
    int m = sde.channels();
    parameters = sde.parameters();
    List<Expr> starts = new ArrayList<>(List.of(sde.initial()));
    scheme.auxiliaries(sde).forEach(auxiliary -> starts.add(auxiliary.initial()));
    List<Expr> start = Scalarise.scalars(starts);
    extent = start.size();
    Expr area = Expr.leaf(Leaf.NOISE, "a", Shape.vector(m * m)).reshape(Shape.matrix(m, m));
    BrownianStep brownian =
        new BrownianStep(
            Step.DT,
            Expr.leaf(Leaf.NOISE, "w", Shape.vector(m)),
            Expr.leaf(Leaf.NOISE, "h", Shape.vector(m)),
            null,
            area);
    List<Expr> next = Scalarise.scalars(List.of(scheme.step(sde, new Step(brownian, null))));
    List<Expr> adjoints = new ArrayList<>();
    List<Expr> inputs = new ArrayList<>();
    for (int i = 0; i < extent; i++) {
      adjoints.add(Expr.leaf(Leaf.ADJOINT, "l[" + i + "]"));
      inputs.add(Scalarise.element(Sde.state(extent), i));
    }
    List<Expr> wanted = parameters.stream().map(Expr::param).toList();
    inputs.addAll(wanted);
    initial = new Interpreter(start);
    initialReverse = new Interpreter(Reverse.gradient(start, adjoints, wanted));
    step = new Interpreter(next);
    reverse = new Interpreter(Reverse.gradient(next, adjoints, inputs));
  }

  private static double[] evaluate(Interpreter graph, Map<String, Double> leaves) {
    return graph.evaluate(
        leaf -> {
          Double value = leaves.get(leaf.name());
          if (value == null) {
            throw new IllegalArgumentException("no value for " + leaf.name());
          }
          return value;
        });
  }

  private static void put(Map<String, Double> leaves, String name, double[] values) {
    for (int i = 0; i < values.length; i++) {
      leaves.put(name + "[" + i + "]", values[i]);
    }
  }

  private static Map<String, Double> leaves(
      Map<String, Double> parameters, Cell cell, double[] state) {
    Map<String, Double> leaves = new HashMap<>(parameters);
    leaves.put("t", cell.t());
    leaves.put("dt", cell.dt());
    put(leaves, "w", cell.w());
    put(leaves, "y", state);
    if (cell.h() != null) {
      put(leaves, "h", cell.h());
    }
    for (int i = 0; cell.a() != null && i < cell.w().length; i++) {
      for (int j = 0; j < cell.w().length; j++) {
        leaves.put("a[" + (i * cell.w().length + j) + "]", cell.a()[i][j]);
      }
    }
    return leaves;
  }

  /** The states, auxiliaries included, at the start and after every cell. */
  double[][] states(Map<String, Double> values, List<Cell> cells) {
    double[][] states = new double[cells.size() + 1][];
    states[0] = evaluate(initial, values);
    for (int k = 0; k < cells.size(); k++) {
      states[k + 1] = evaluate(step, leaves(values, cells.get(k), states[k]));
    }
    return states;
  }

  /**
   * The derivative of a loss in every parameter.
   *
   * @param seeds the derivative of the loss in the states after k cells; fewer than all extents
   *     where auxiliaries have none
   */
  Map<String, Double> gradient(
      Map<String, Double> values, List<Cell> cells, double[][] states, double[][] seeds) {
    Map<String, Double> gradient = new HashMap<>();
    double[] adjoint = new double[extent];
    for (int k = cells.size(); k >= 0; k--) {
      for (int i = 0; i < seeds[k].length; i++) {
        adjoint[i] += seeds[k][i];
      }
      Map<String, Double> leaves =
          k == 0 ? new HashMap<>(values) : leaves(values, cells.get(k - 1), states[k - 1]);
      put(leaves, "l", adjoint);
      double[] pulled = evaluate(k == 0 ? initialReverse : reverse, leaves);
      int offset = k == 0 ? 0 : extent;
      for (int p = 0; p < parameters.size(); p++) {
        gradient.merge(parameters.get(p), pulled[offset + p], Double::sum);
      }
      if (k > 0) {
        System.arraycopy(pulled, 0, adjoint, 0, extent);
      }
    }
    return gradient;
  }
}
