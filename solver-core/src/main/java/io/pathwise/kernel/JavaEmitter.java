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
 *
 * <p>Loops that differ in arrays and uniform values alone, such as the tiles of a dense layer or
 * the activations of its units, are one method: the code grows with the kinds of loops, and each is
 * compiled once.
 */
public final class JavaEmitter {

  /** The name of the generated class. */
  static final String CLASS_NAME = "io.pathwise.kernel.generated.Kernel";

  /** More bytecode than C2 inlines ({@code FreqInlineSize} = 325): statements of 11 bytes. */
  private static final int GUARD_STATEMENTS = 30;

  /** The bytecode that a method may have and be compiled: HotSpot interprets one above 8,000. */
  private static final int MOST_BYTES = 6000;

  private static final JavaDialect DIALECT = new JavaDialect();

  private final StringBuilder out = new StringBuilder();
  private final Map<String, String> methods = new LinkedHashMap<>();

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
    methods.forEach((text, name) -> out.append("\n  static void ").append(name).append(text));
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
    List<String> parts = new ArrayList<>();
    for (int from = 0; from < loops.size(); ) {
      String part = name + "_" + parts.size();
      from = calls(part, loops, from);
      parts.add(part);
    }
    head(name);
    parts.forEach(part -> line("    " + part + "(t, u, o, w, q, n);"));
    line("  }");
  }

  /** A method that calls some loops one after the other; returns where it stops. */
  private int calls(String name, List<LoopText> loops, int from) {
    head(name);
    int to = from;
    for (int bytes = 0; to < loops.size() && bytes < MOST_BYTES; to++) {
      LoopText loop = loops.get(to);
      line("    " + method(loop) + "(" + loop.arguments() + "n);");
      bytes += loop.callBytes();
    }
    line("  }");
    return to;
  }

  /** The name of the method of a loop: one for all loops with the same text. */
  private String method(LoopText loop) {
    StringBuilder text = new StringBuilder("(" + loop.parameters() + "int n) {\n");
    text.append(guard(loop.written()));
    text.append("    for (int i = 0; i < n; i++) {\n");
    loop.statements().forEach(s -> text.append("      ").append(s).append('\n'));
    text.append("    }\n  }\n");
    return methods.computeIfAbsent(text.toString(), key -> "loop" + methods.size());
  }

  private void head(String name) {
    line("  static void " + name + "(double[][] t, double[] u, int o, long[] w, int q, int n) {");
  }

  /** Dead code that only makes the method long, on one line. */
  private static String guard(String written) {
    return "    if (n < 0) { double g = n; "
        + "g = g * g + 3.0; ".repeat(GUARD_STATEMENTS)
        + written
        + "[0] = g; }\n";
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

    /** An upper bound of the bytecode of a call. */
    int callBytes() {
      return 5 + 6 * arrays.size() + 8 * uniforms.size();
    }

    String arguments() {
      StringBuilder text = new StringBuilder();
      arrays.keySet().forEach(place -> text.append("t[").append(place).append("], "));
      for (Expr u : uniforms.keySet()) {
        text.append(
            u.integral() ? "w[q + " + plan.place(u) + "], " : "u[o + " + plan.place(u) + "], ");
      }
      return text.toString();
    }
  }
}
