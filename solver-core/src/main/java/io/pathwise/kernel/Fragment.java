package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Lower;
import io.pathwise.expr.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A straight piece of per-path work: scalar expressions, each assigned to a named array.
 *
 * <p>A target that is also read must be read by nothing but its own update (an accumulator), in
 * which nothing else reads what is made of it; every other target must be a different array than
 * every input.
 *
 * @param name names the piece in generated source
 * @param targets the varying leaves that receive the values
 * @param values lowered scalar expressions, one a target
 */
public record Fragment(String name, List<Expr> targets, List<Expr> values) {

  /** Lowers the values and checks the accumulator rule. */
  public Fragment {
    targets = List.copyOf(targets);
    values = Lower.lower(values);
    if (targets.size() != values.size()) {
      throw new IllegalArgumentException(
          name + ": " + targets.size() + " targets for " + values.size() + " values");
    }
    checkAccumulators(name, targets, values);
  }

  private static void checkAccumulators(String name, List<Expr> targets, List<Expr> values) {
    Map<Expr, Set<Expr>> users = new HashMap<>();
    for (Expr node : Graph.topological(values)) {
      node.args().forEach(arg -> users.computeIfAbsent(arg, k -> new HashSet<>()).add(node));
    }
    Map<Expr, Integer> copies = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      copies.putIfAbsent(values.get(i), i);
    }
    for (int i = 0; i < targets.size(); i++) {
      Expr node = targets.get(i);
      boolean own = copies.getOrDefault(node, i) == i;
      while (own && users.containsKey(node) && !node.equals(values.get(i))) {
        own = users.get(node).size() == 1;
        node = users.get(node).iterator().next();
      }
      boolean read = !node.equals(targets.get(i));
      if (!own || (read && !node.equals(values.get(i)))) {
        throw new IllegalArgumentException(
            name
                + ": target "
                + targets.get(i).name()
                + " is read elsewhere than in its own update");
      }
    }
  }

  /** The varying leaves that the values read, in a fixed order. */
  public List<Expr> inputs() {
    return Graph.leaves(values).stream().filter(Expr::varying).toList();
  }

  /** The largest uniform subexpressions that varying operations read, constants aside. */
  public List<Expr> uniforms() {
    Set<Expr> uniforms = new LinkedHashSet<>();
    for (Expr node : Graph.topological(values)) {
      if (node.varying()) {
        for (Expr arg : node.args()) {
          addUniform(uniforms, arg);
        }
      }
    }
    values.forEach(value -> addUniform(uniforms, value));
    return List.copyOf(uniforms);
  }

  private static void addUniform(Set<Expr> uniforms, Expr node) {
    boolean constant = node.op() == Op.CONST || node.op() == Op.LCONST;
    if (!node.varying() && !constant) {
      uniforms.add(node);
    }
  }

  /** A digest of what the fragment computes. */
  public String digest() {
    List<Expr> all = new ArrayList<>(targets);
    all.addAll(values);
    return Graph.digest(all);
  }
}
