package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Lower;
import io.pathwise.expr.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * A straight piece of per-path work: scalar expressions, each assigned to a named array.
 *
 * <p>A target that is also read must be read by nothing but the operation that writes it (an
 * accumulator); every other target must be a different array than every input.
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
    for (int i = 0; i < targets.size(); i++) {
      checkAccumulator(name, targets.get(i), values, i);
    }
  }

  private static void checkAccumulator(String name, Expr target, List<Expr> values, int i) {
    List<Expr> readers = new ArrayList<>();
    for (Expr node : Graph.topological(values)) {
      if (node.args().contains(target)) {
        readers.add(node);
      }
    }
    boolean copied = values.contains(target) && values.indexOf(target) != i;
    if (copied || (!readers.isEmpty() && !readers.equals(List.of(values.get(i))))) {
      throw new IllegalArgumentException(
          name + ": target " + target.name() + " is read elsewhere than in its own update");
    }
  }

  /** The varying leaves that the values read, in a fixed order. */
  public List<Expr> inputs() {
    return Graph.leaves(values).stream().filter(Expr::varying).toList();
  }

  /** The largest uniform subexpressions that varying operations read, constants aside. */
  public List<Expr> uniforms() {
    List<Expr> uniforms = new ArrayList<>();
    for (Expr node : Graph.topological(values)) {
      if (node.varying()) {
        for (Expr arg : node.args()) {
          addUniform(uniforms, arg);
        }
      }
    }
    values.forEach(value -> addUniform(uniforms, value));
    return uniforms;
  }

  private static void addUniform(List<Expr> uniforms, Expr node) {
    boolean constant = node.op() == Op.CONST || node.op() == Op.LCONST;
    if (!node.varying() && !constant && !uniforms.contains(node)) {
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
