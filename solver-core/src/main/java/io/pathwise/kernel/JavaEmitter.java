package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes fragments as one Java class: a method a loop, over plain arrays passed as parameters, each
 * too long to be inlined into its caller, since inlined loops lose their vector form. A loop loads
 * everything before it stores anything: C2 takes a load behind a store to another array for
 * dependent on it, and keeps the loop scalar.
 */
public final class JavaEmitter {

  /** The name of the generated class. */
  static final String CLASS_NAME = "io.pathwise.kernel.generated.Kernel";

  /** More bytecode than C2 inlines ({@code FreqInlineSize} = 325): statements of 11 bytes. */
  private static final int GUARD_STATEMENTS = 30;

  /** The loops that a method calls: more take several, since a method has at most 64 KiB. */
  private static final int MOST_CALLS = 1000;

  private static final JavaDialect DIALECT = new JavaDialect();

  private final StringBuilder out = new StringBuilder();

  private JavaEmitter() {}

  /** The source of a class with all fragments, in order. */
  public static String emit(List<FragmentPlan> plans) {
    return new JavaEmitter().source(plans);
  }

  private String source(List<FragmentPlan> plans) {
    line("package io.pathwise.kernel.generated;");
    line("");
    line("import io.pathwise.kernel.Lanes;");
    line("");
    line("public final class Kernel implements io.pathwise.kernel.CompiledKernel {");
    line(
        "  public void run(int fragment, double[][] t, double[] u, int o, long[] w, int q, int n) {");
    line("    switch (fragment) {");
    for (int i = 0; i < plans.size(); i++) {
      line("      case " + i + ": fragment" + i + "(t, u, o, w, q, n); break;");
    }
    line("      default: throw new IllegalArgumentException(\"fragment \" + fragment);");
    line("    }");
    line("  }");
    for (int i = 0; i < plans.size(); i++) {
      fragment(i, plans.get(i));
    }
    line("}");
    return out.toString();
  }

  private void fragment(int index, FragmentPlan plan) {
    List<LoopText> loops = new ArrayList<>();
    for (LoopPlan.Loop loop : plan.loops()) {
      loops.add(new LoopText(plan).compute(loop));
    }
    plan.copies().forEach(copy -> loops.add(new LoopText(plan).copy(copy)));
    line("");
    line("  // " + plan.fragment().name());
    String name = "fragment" + index;
    if (loops.size() <= MOST_CALLS) {
      calls(name, index, loops, 0, loops.size());
    } else {
      parts(name, index, loops);
    }
    for (int l = 0; l < loops.size(); l++) {
      line("");
      line("  static void loop" + index + "_" + l + "(" + loops.get(l).parameters() + "int n) {");
      guard(loops.get(l).written());
      line("    for (int i = 0; i < n; i++) {");
      loops.get(l).statements().forEach(s -> line("      " + s));
      line("    }");
      line("  }");
    }
  }

  private void parts(String name, int index, List<LoopText> loops) {
    StringBuilder whole = new StringBuilder();
    for (int from = 0; from < loops.size(); from += MOST_CALLS) {
      String part = name + "_from" + from;
      calls(part, index, loops, from, Math.min(from + MOST_CALLS, loops.size()));
      whole.append("    ").append(part).append("(t, u, o, w, q, n);\n");
    }
    head(name);
    out.append(whole);
    line("  }");
  }

  /** A method that calls some loops one after the other. */
  private void calls(String name, int index, List<LoopText> loops, int from, int to) {
    head(name);
    for (int l = from; l < to; l++) {
      line("    loop" + index + "_" + l + "(" + loops.get(l).arguments() + "n);");
    }
    line("  }");
  }

  private void head(String name) {
    line("  static void " + name + "(double[][] t, double[] u, int o, long[] w, int q, int n) {");
  }

  /** Dead code that only makes the method long, on one line. */
  private void guard(String written) {
    line(
        "    if (n < 0) { double g = n; "
            + "g = g * g + 3.0; ".repeat(GUARD_STATEMENTS)
            + written
            + "[0] = g; }");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  /** The parameters and statements of one loop. */
  private static final class LoopText implements Statements.Reader {
    private final FragmentPlan plan;
    private final Map<Integer, String> arrays = new LinkedHashMap<>();
    private final Map<Expr, String> uniforms = new LinkedHashMap<>();
    private final Statements operations = new Statements(DIALECT, this);
    private final List<String> loads = new ArrayList<>();
    private final List<String> stores = new ArrayList<>();
    private String firstWritten;

    LoopText(FragmentPlan plan) {
      this.plan = plan;
    }

    LoopText compute(LoopPlan.Loop loop) {
      for (Expr operation : loop.operations()) {
        String name = operations.compute(operation);
        Integer place = plan.arrays().get(operation);
        if (place != null) {
          store(place, name, operation.integral());
        }
      }
      return this;
    }

    LoopText copy(int target) {
      Expr value = plan.fragment().values().get(target);
      Expr base = LoopPlan.base(value);
      store(plan.targetIndex(target), operations.operand(base), base.integral());
      return this;
    }

    private void store(int place, String value, boolean integral) {
      String array = array(place);
      firstWritten = firstWritten == null ? array : firstWritten;
      stores.add(
          integral
              ? "Lanes.putLong(" + array + ", i, " + value + ");"
              : array + "[i] = " + value + ";");
    }

    @Override
    public String uniform(Expr value) {
      return uniforms.computeIfAbsent(value, k -> (k.integral() ? "w" : "u") + uniforms.size());
    }

    @Override
    public String varying(Expr value) {
      String array = array(plan.arrays().get(LoopPlan.base(value)));
      String name = "x" + loads.size();
      loads.add(
          value.integral()
              ? "long " + name + " = Lanes.getLong(" + array + ", i);"
              : "double " + name + " = " + array + "[i];");
      return name;
    }

    private String array(int place) {
      return arrays.computeIfAbsent(place, p -> "a" + arrays.size());
    }

    List<String> statements() {
      return Stream.of(loads, operations.lines(), stores).flatMap(List::stream).toList();
    }

    String written() {
      return firstWritten;
    }

    String parameters() {
      StringBuilder text = new StringBuilder();
      arrays.values().forEach(name -> text.append("double[] ").append(name).append(", "));
      uniforms.forEach(
          (u, name) -> text.append(u.integral() ? "long " : "double ").append(name).append(", "));
      return text.toString();
    }

    String arguments() {
      StringBuilder text = new StringBuilder();
      arrays.keySet().forEach(place -> text.append("t[").append(place).append("], "));
      for (Expr u : uniforms.keySet()) {
        text.append(
            u.integral()
                ? "w[q + " + plan.words().indexOf(u) + "], "
                : "u[o + " + plan.numbers().indexOf(u) + "], ");
      }
      return text.toString();
    }
  }
}
