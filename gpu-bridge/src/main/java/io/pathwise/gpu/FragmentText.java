package io.pathwise.gpu;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Op;
import io.pathwise.kernel.FragmentPlan;
import io.pathwise.kernel.Statements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A fragment as an OpenCL function: inputs by value, targets by address. */
final class FragmentText implements Statements.Reader {
  private static final OpenClDialect DIALECT = new OpenClDialect();

  private final FragmentPlan plan;
  private final Map<Expr, String> inputs = new HashMap<>();

  FragmentText(FragmentPlan plan) {
    this.plan = plan;
    for (int i = 0; i < plan.inputs().size(); i++) {
      inputs.put(plan.inputs().get(i), "x" + i);
    }
  }

  private String name() {
    return "path_" + plan.fragment().name();
  }

  /** The definition of the function. */
  String definition() {
    List<String> parameters = new ArrayList<>(List.of("UNIFORM double *u", "UNIFORM ulong *w"));
    for (Expr input : plan.inputs()) {
      parameters.add((input.integral() ? "bits " : "real ") + inputs.get(input));
    }
    for (int t = 0; t < plan.fragment().targets().size(); t++) {
      parameters.add("real *t" + t);
    }
    Statements statements = new Statements(DIALECT, this);
    for (Expr node : Graph.topological(plan.fragment().values())) {
      if (node.varying() && node.op() != Op.LEAF) {
        statements.compute(node);
      }
    }
    StringBuilder out = new StringBuilder();
    out.append("void ").append(name()).append('(').append(String.join(", ", parameters));
    out.append(") {\n");
    List<String> results = plan.fragment().values().stream().map(statements::operand).toList();
    statements.lines().forEach(line -> out.append("  ").append(line).append('\n'));
    for (int t = 0; t < results.size(); t++) {
      out.append("  *t").append(t).append(" = ").append(results.get(t)).append(";\n");
    }
    return out.append("}\n").toString();
  }

  /**
   * A call with the uniform rows at {@code numbers + number} and {@code words + word}.
   *
   * @param value the text of an input
   * @param place the text of the variable that receives a target
   */
  String call(Function<Expr, String> value, Function<Expr, String> place) {
    List<String> arguments = new ArrayList<>(List.of("numbers + number", "words + word"));
    plan.inputs().forEach(input -> arguments.add(value.apply(input)));
    plan.fragment().targets().forEach(target -> arguments.add("&" + place.apply(target)));
    return name() + "(" + String.join(", ", arguments) + ");";
  }

  @Override
  public String uniform(Expr value) {
    return value.integral() ? "B(w[" + plan.place(value) + "])" : "R(u[" + plan.place(value) + "])";
  }

  @Override
  public String varying(Expr value) {
    return inputs.get(value);
  }
}
