package io.pathwise.payoff;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A claim with control variates, V - sum_j beta_j (C_j - E[C_j]): the mean of V whatever the
 * coefficients, as long as they do not come from the same paths (Glasserman 2003, section 4.1).
 */
public final class Controlled {
  private static final String TIME = "t";

  private Controlled() {}

  /**
   * The claim under its own id.
   *
   * @param controls read at the time of the claim
   * @param coefficients beta, one a control
   * @throws IllegalArgumentException if a control is read at another time
   */
  public static Claim of(Claim claim, List<Control> controls, double... coefficients) {
    Expr value = claim.value();
    StringBuilder template = new StringBuilder(claim.template());
    List<Watch> watches = new ArrayList<>(claim.watches());
    Map<String, Double> inputs = new HashMap<>(claim.inputs());
    boolean smooth = claim.smooth();
    for (int j = 0; j < controls.size(); j++) {
      Claim control = controls.get(j).claim();
      if (control.time() != claim.time()) {
        throw new IllegalArgumentException(
            "%s at %s: control %s is read at %s, expected the same time"
                .formatted(claim.id(), claim.time(), control.id(), control.time()));
      }
      String prefix = "control" + j + ".";
      Expr beta = Expr.leaf(Leaf.STEP, prefix + "beta");
      Expr deviation = control.value().minus(controls.get(j).mean());
      value = value.minus(beta.times(renamed(deviation, prefix, watches.size(), control)));
      template.append('-').append(control.template());
      watches.addAll(control.watches());
      control.inputs().forEach((name, number) -> inputs.put(prefix + name, number));
      inputs.put(prefix + "beta", coefficients[j]);
      smooth &= control.smooth();
    }
    return new Claim(
        claim.id(),
        template.toString(),
        value,
        smooth,
        claim.time(),
        watches,
        inputs,
        claim.captured());
  }

  /** C - E[C]: what a control adds, for a pilot that fits its coefficient. */
  public static Claim deviation(Control control) {
    Claim claim = control.claim();
    return new Claim(
        claim.id(),
        claim.template(),
        claim.value().minus(control.mean()),
        claim.smooth(),
        claim.time(),
        claim.watches(),
        claim.inputs(),
        true);
  }

  /** The value with inputs of its own, and with its slots behind those that are there. */
  private static Expr renamed(Expr value, String prefix, int slots, Claim control) {
    Map<Expr, Expr> names = new HashMap<>();
    for (Expr leaf : Graph.leaves(List.of(value))) {
      if (leaf.op() == Op.LEAF && leaf.leaf() == Leaf.STEP && !leaf.name().equals(TIME)) {
        names.put(leaf, Expr.leaf(Leaf.STEP, prefix + leaf.name()));
      }
    }
    for (int k = 0; k < control.watches().size(); k++) {
      names.put(Output.slot(k), Output.slot(slots + k));
    }
    return Graph.substitute(value, names);
  }
}
