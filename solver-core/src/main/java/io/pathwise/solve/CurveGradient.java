package io.pathwise.solve;

import io.pathwise.adjoint.Differentiation;
import io.pathwise.adjoint.SensitivityMethod;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.kernel.CurveNodes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Schedule;
import io.pathwise.kernel.TimeGrid;
import io.pathwise.sde.JumpTerm;
import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Derivatives in the zero rates of the nodes of term structures: what the names in a gradient mean,
 * and the weights of the nodes in the steps and outputs of a run.
 */
final class CurveGradient {
  private CurveGradient() {}

  /** The curve of which a name is a node, or which it is itself. */
  static Optional<String> curve(String name, Map<String, ZeroCurve> curves) {
    for (Map.Entry<String, ZeroCurve> entry : curves.entrySet()) {
      String curve = entry.getKey();
      if (name.equals(curve)) {
        return Optional.of(curve);
      }
      for (int j = 0; j < entry.getValue().nodes(); j++) {
        if (name.equals(CurveNodes.parameter(curve, j))) {
          return Optional.of(curve);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a name is a curve or a node of one, and no parameter of the equation. */
  static boolean isNode(String name, Sde sde, Map<String, ZeroCurve> curves) {
    return !sde.parameters().contains(name) && curve(name, curves).isPresent();
  }

  /**
   * The parameters to differentiate in: a curve, or a node of it, stands for all its nodes, once.
   */
  static List<String> expand(List<String> gradient, Sde sde, Map<String, ZeroCurve> curves) {
    Set<String> expanded = new LinkedHashSet<>();
    for (String name : gradient) {
      if (!isNode(name, sde, curves)) {
        expanded.add(name);
        continue;
      }
      String curve = curve(name, curves).orElseThrow();
      for (int j = 0; j < curves.get(curve).nodes(); j++) {
        expanded.add(CurveNodes.parameter(curve, j));
      }
    }
    return List.copyOf(expanded);
  }

  /** What stands in the way of derivatives in curves; empty where nothing does. */
  static List<String> problems(Differentiation asked, Sde sde, Map<String, ZeroCurve> curves) {
    List<String> problems = new ArrayList<>();
    Set<String> named = new LinkedHashSet<>();
    for (String name : asked.all()) {
      if (isNode(name, sde, curves)) {
        named.add(curve(name, curves).orElseThrow());
      }
    }
    if (!named.isEmpty()) {
      problems.addAll(unfit(asked, named));
    }
    for (String curve : named) {
      for (JumpTerm jump : sde.jumps()) {
        if (jump.stateDependent() || Graph.dependsOn(List.of(jump.intensity()), Sde.curve(curve))) {
          problems.add(
              "gradient in curve "
                  + curve
                  + ": it moves the intensity of jump "
                  + jump.name()
                  + ", and a number of jumps has no pathwise derivative");
        }
      }
    }
    return problems;
  }

  /** Ways of differentiation that know parameters alone. */
  private static List<String> unfit(Differentiation asked, Set<String> curves) {
    List<String> problems = new ArrayList<>();
    String what = "gradient in the nodes of " + String.join(", ", curves);
    if (asked.sensitivity() instanceof SensitivityMethod.LikelihoodRatio) {
      problems.add(what + " by likelihood-ratio, expected pathwise, conditional or smoothing");
    }
    Set<String> twice = new LinkedHashSet<>(asked.second().keySet());
    asked.second().values().forEach(twice::addAll);
    for (String name : twice) {
      if (named(name, curves)) {
        problems.add("second derivatives in " + name + ", expected parameters");
      }
    }
    return problems;
  }

  private static boolean named(String name, Set<String> curves) {
    return curves.stream().anyMatch(curve -> name.equals(curve) || name.startsWith(curve + "["));
  }

  /** The curves among the differentiated parameters, for the steps of a grid. */
  static List<CurveNodes> nodes(
      List<String> gradient, Sde sde, Map<String, ZeroCurve> curves, TimeGrid grid) {
    List<CurveNodes> nodes = new ArrayList<>();
    for (String curve : curves.keySet()) {
      String first = CurveNodes.parameter(curve, 0);
      if (gradient.contains(first) && !sde.parameters().contains(first)) {
        int width = 1;
        for (SortedMap<Integer, Double> step : weights(curves.get(curve), grid)) {
          width = Math.max(width, step.size());
        }
        nodes.add(new CurveNodes(curve, gradient.indexOf(first), curves.get(curve).nodes(), width));
      }
    }
    return nodes;
  }

  private static List<SortedMap<Integer, Double>> weights(ZeroCurve curve, TimeGrid grid) {
    List<SortedMap<Integer, Double>> weights = new ArrayList<>();
    double[] t = grid.times();
    for (int k = 0; k < grid.steps(); k++) {
      weights.add(curve.forwardWeights(t[k], t[k + 1]));
    }
    return weights;
  }

  /**
   * The nodes that each step touches, as many for every step: where it needs fewer, others with
   * weight 0 fill up.
   *
   * @param everyNode whether every step knows the weight of every node too, for forward mode
   * @param inputs receives the weights
   */
  static int[][] touched(
      CurveNodes nodes,
      ZeroCurve curve,
      TimeGrid grid,
      boolean everyNode,
      Map<String, double[]> inputs) {
    int[][] touched = new int[grid.steps()][nodes.width()];
    double[][] places = new double[nodes.width()][grid.steps()];
    List<SortedMap<Integer, Double>> weights = weights(curve, grid);
    for (int k = 0; k < touched.length; k++) {
      Set<Integer> chosen = new LinkedHashSet<>(weights.get(k).keySet());
      for (int j = 0; chosen.size() < nodes.width(); j++) {
        chosen.add(j);
      }
      int w = 0;
      for (int node : chosen) {
        touched[k][w] = node;
        places[w][k] = weights.get(k).getOrDefault(node, 0.0);
        w++;
      }
    }
    for (int j = 0; everyNode && j < nodes.nodes(); j++) {
      double[] all = new double[grid.steps()];
      for (int k = 0; k < all.length; k++) {
        all[k] = weights.get(k).getOrDefault(j, 0.0);
      }
      inputs.put(nodes.weightOf(j).name(), all);
    }
    for (int w = 0; w < places.length; w++) {
      inputs.put(nodes.weight(w).name(), places[w]);
    }
    return touched;
  }

  /** The instance of an output with the derivatives of its discount factor in the nodes. */
  static Schedule.OutputInstance discounted(
      Schedule.OutputInstance instance,
      double time,
      PathProgram program,
      Map<String, ZeroCurve> curves) {
    Map<String, Double> inputs = new HashMap<>(instance.inputs());
    Expr value = program.outputs().get(instance.template()).value();
    for (CurveNodes nodes : program.curves()) {
      if (Graph.dependsOn(List.of(value), CurveNodes.discount(nodes.curve()))) {
        Map<Integer, Double> weights = curves.get(nodes.curve()).discountWeights(time);
        for (int j = 0; j < nodes.nodes(); j++) {
          inputs.put(nodes.discountWeight(j).name(), weights.getOrDefault(j, 0.0));
        }
      }
    }
    return new Schedule.OutputInstance(
        instance.template(),
        instance.at(),
        instance.functionals(),
        Collections.unmodifiableMap(inputs),
        instance.captured());
  }
}
