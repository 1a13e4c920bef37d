package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.kernel.PathProgram;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import io.pathwise.payoff.Watch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Functionals that are updated after every step: they become states of the program behind those of
 * the equation and the scheme, so that every backend, gradient and leg has them without knowing.
 */
final class EveryStep {
  private EveryStep() {}

  /** The input of a watch as an input of the step, which watches of one template share no more. */
  private static String input(int watch, String name) {
    return "watch" + watch + ":" + name;
  }

  /** The functional of watch number {@code w} with inputs of its own. */
  static Functional functional(int w, Watch watch) {
    Map<Expr, Expr> inputs = new HashMap<>();
    for (String name : watch.inputs().get(0).keySet()) {
      inputs.put(Expr.leaf(Leaf.STEP, name), Expr.leaf(Leaf.STEP, input(w, name)));
    }
    Functional template = watch.functional();
    return new Functional(
        template.name(), template.initial(), Graph.substitute(template.update(), inputs));
  }

  /** The values of the inputs of watch number {@code w} for each step. */
  static Map<String, double[]> inputs(int w, Watch watch, int steps) {
    Map<String, double[]> inputs = new HashMap<>();
    watch
        .inputs()
        .get(0)
        .forEach(
            (name, value) -> {
              double[] constant = new double[steps];
              Arrays.fill(constant, value);
              inputs.put(input(w, name), constant);
            });
    return inputs;
  }

  /**
   * A claim's value where its slots of such functionals read their states; the other slots move up.
   *
   * @param everyStep the watches in the order of their states
   * @param first the number of the first such state
   */
  static Expr read(Claim claim, List<Watch> everyStep, int first) {
    Map<Expr, Expr> slots = new HashMap<>();
    int dated = 0;
    for (int slot = 0; slot < claim.watches().size(); slot++) {
      Watch watch = claim.watches().get(slot);
      slots.put(
          Output.slot(slot),
          watch.everyStep()
              ? PathProgram.state(first + everyStep.indexOf(watch))
              : Output.slot(dated++));
    }
    return Graph.substitute(claim.value(), slots);
  }
}
