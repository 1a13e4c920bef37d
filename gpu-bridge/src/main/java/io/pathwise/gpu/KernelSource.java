package io.pathwise.gpu;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.FragmentPlan;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Preparation;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The OpenCL C of a program: a function a fragment, and one kernel that walks a tape of calls for
 * every path of a shard, with the state of the path in private variables, then folds the sums of
 * the lanes in the canonical order. What depends on the grid stands on the {@link Tape}, so one
 * source serves every run of a program.
 */
final class KernelSource {
  private final PathProgram program;
  private final ProgramFragments fragments;
  private final Geometry geometry;
  private final StringBuilder cases = new StringBuilder();

  private KernelSource(PathProgram program, ProgramFragments fragments, Geometry geometry) {
    this.program = program;
    this.fragments = fragments;
    this.geometry = geometry;
  }

  /** The source for the fragments of a program. */
  static String of(PathProgram program, ProgramFragments fragments, Geometry geometry) {
    return new KernelSource(program, fragments, geometry).text();
  }

  private String text() {
    StringBuilder out = new StringBuilder(prelude());
    for (FragmentPlan plan : fragments.plans()) {
      out.append('\n').append(new FragmentText(plan).definition());
    }
    if (program.prepared()) {
      for (int t = 0; t < program.preparations().size(); t++) {
        preparation(t);
      }
    } else {
      noise();
    }
    step();
    finish();
    for (int f = 0; f < program.functionals().size(); f++) {
      update(f);
    }
    for (int o = 0; o < program.outputs().size(); o++) {
      output(o);
    }
    if (differentiates()) {
      reverse();
    }
    begin();
    return out.append('\n')
        .append(KernelTemplate.body(variables(), keepInitial(), cases.toString()))
        .toString();
  }

  private boolean differentiates() {
    return !program.gradient().isEmpty();
  }

  private String prelude() {
    return "// program " + program.digest() + "\n" + KernelTemplate.prelude(geometry);
  }

  /** The private variables of a path. */
  private String variables() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < program.states(); i++) {
      declare(out, "y" + i, "R(numbers[" + i + "])");
    }
    for (int j = 0; !program.prepared() && j < program.granule() * program.channels(); j++) {
      declare(out, "z" + j, "R(0.0)");
    }
    if (differentiates()) {
      for (int i = 0; i < program.states(); i++) {
        declare(out, "l" + i, "R(0.0)");
      }
      for (int p = 0; p < program.gradient().size(); p++) {
        declare(out, "bar" + p, "R(0.0)");
      }
      declare(out, "m", "R(0.0)");
    }
    return out.toString();
  }

  private static void declare(StringBuilder out, String name, String value) {
    out.append("        real ").append(name).append(" = ").append(value).append(";\n");
  }

  private String keepInitial() {
    return differentiates() ? keepStates("0", "        ") : "";
  }

  private String keepStates(String slot, String indent) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < program.states(); i++) {
      out.append(indent).append("KEEP(y" + i + ", " + slot + " + " + i + ");\n");
    }
    return out.toString();
  }

  private void noise() {
    int drawn = program.granule() * program.channels();
    StringBuilder keep = new StringBuilder();
    if (differentiates()) {
      keep.append("if (tape[pc + 3] >= 0) {");
      for (int j = 0; j < drawn; j++) {
        keep.append(" KEEP(z" + j + ", tape[pc + 3] + " + j + ");");
      }
      keep.append(" }");
    }
    Map<Expr, String> places = new HashMap<>();
    for (int j = 0; j < drawn; j++) {
      places.put(ProgramFragments.drawn(j / program.channels(), j % program.channels()), "z" + j);
    }
    add(
        "noise",
        1,
        "",
        reader(Map.of(ProgramFragments.PATH, "path")),
        places::get,
        keep.toString());
  }

  /** Operands: from 3 the slots that are read, then those that are written. */
  private void preparation(int t) {
    Preparation preparation = program.preparations().get(t);
    Map<Expr, String> values = new HashMap<>(Map.of(ProgramFragments.PATH, "path"));
    for (int i = 0; i < preparation.inputs(); i++) {
      values.put(Preparation.input(i), "KEPT(tape[pc + " + (3 + i) + "])");
    }
    Map<Expr, String> places = new HashMap<>();
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    int outputs = preparation.values().size();
    for (int i = 0; i < outputs; i++) {
      places.put(Preparation.output(i), "p" + i);
      before.append("real p" + i + "; ");
      after.append("KEEP(p" + i + ", tape[pc + " + (3 + preparation.inputs() + i) + "]); ");
    }
    add(
        ProgramFragments.preparation(program, t),
        preparation.inputs() + outputs,
        before.toString(),
        reader(values),
        places::get,
        after.toString());
  }

  /** How many operands name the slots of prepared normals. */
  private int preparedNormals() {
    return program.prepared() ? program.noiseSets() * program.channels() : 0;
  }

  /**
   * The normals of a step, out of those of its granule, where {@code pick} gives drawn number j; or
   * in the slots that operands from {@code first} on name.
   */
  private Map<Expr, String> normals(String odd, Function<Integer, String> pick, int first) {
    Map<Expr, String> normals = new HashMap<>();
    if (program.prepared()) {
      for (Expr leaf : program.normalLeaves()) {
        normals.put(leaf, "KEPT(tape[pc + " + (first + normals.size()) + "])");
      }
      return normals;
    }
    int m = program.channels();
    for (int set = 0; set < program.noiseSets(); set++) {
      for (int c = 0; c < m; c++) {
        boolean paired = program.noiseSets() == 1 && program.granule() == 2;
        String text =
            paired
                ? "(" + odd + " ? " + pick.apply(m + c) + " : " + pick.apply(c) + ")"
                : pick.apply(set * m + c);
        normals.put(PathProgram.normalLeaf(set, c), text);
      }
    }
    return normals;
  }

  private Map<Expr, String> states(Function<Integer, String> text) {
    Map<Expr, String> states = new HashMap<>();
    for (int i = 0; i < program.states(); i++) {
      states.put(PathProgram.state(i), text.apply(i));
    }
    return states;
  }

  private static Function<Expr, String> reader(Map<Expr, String> texts) {
    return leaf -> {
      String text = texts.get(leaf);
      if (text == null) {
        throw new IllegalStateException("no place for " + leaf.name());
      }
      return text;
    };
  }

  /** Operands: 3 whether the second step of a pair, 4 the slot that keeps the state, normals. */
  private void step() {
    Map<Expr, String> values = states(i -> "y" + i);
    values.putAll(normals("tape[pc + 3]", j -> "z" + j, 5));
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    Map<Expr, String> places = new HashMap<>();
    for (int i = 0; i < program.states(); i++) {
      places.put(ProgramFragments.next(i), "n" + i);
      before.append("real n" + i + "; ");
      after.append("y" + i + " = n" + i + "; ");
    }
    if (differentiates()) {
      after.append('\n').append(keepStates("tape[pc + 4]", "            "));
    }
    add(
        "step",
        2 + preparedNormals(),
        before.toString(),
        reader(values),
        places::get,
        after.toString());
  }

  private void finish() {
    Map<Expr, String> values = states(i -> "y" + i);
    values.put(ProgramFragments.STATUS, "bad");
    add("finish", 0, "", reader(values), target -> "bad", "");
  }

  /** Operands: 3 the slot of the value before, 4 that of the value after. */
  private void update(int f) {
    Map<Expr, String> values = states(i -> "y" + i);
    values.put(Functional.VALUE, "KEPT(tape[pc + 3])");
    add("update" + f, 2, "real a;", reader(values), target -> "a", "KEEP(a, tape[pc + 4]);");
  }

  /** Operands: 3 the first sum, 4 where values are captured or -1, then a slot a functional. */
  private void output(int o) {
    Output output = program.outputs().get(o);
    Map<Expr, String> values = states(i -> "y" + i);
    for (int s = 0; s < output.slots(); s++) {
      values.put(Output.slot(s), "KEPT(tape[pc + " + (5 + s) + "])");
    }
    values.put(ProgramFragments.STATUS, "bad");
    values.put(ProgramFragments.SUM, "s");
    values.put(ProgramFragments.SQUARES, "q");
    Map<Expr, String> places =
        Map.of(
            ProgramFragments.VALUE, "value",
            ProgramFragments.SUM, "ns",
            ProgramFragments.SQUARES, "nq",
            ProgramFragments.STATUS, "bad");
    add(
        "output" + o,
        2 + output.slots(),
        "real value, ns, nq; const real s = SUM(tape[pc + 3]), q = SUM(tape[pc + 3] + 1);",
        reader(values),
        places::get,
        "ADD(ns, s, tape[pc + 3]); ADD(nq, q, tape[pc + 3] + 1);\n"
            + "            if (tape[pc + 4] >= 0) CAPTURE(value, tape[pc + 4]);");
  }

  private void reverse() {
    stepReverse();
    Map<Expr, String> initial = states(i -> "y" + i);
    addAdjoints(initial);
    StringBuilder bars = new StringBuilder();
    for (int p = 0; p < program.gradient().size(); p++) {
      bars.append("KEEP(bar" + p + ", tape[pc + 3] + " + p + "); ");
    }
    add("initialReverse", 1, "", reader(initial), adjointPlaces()::get, bars.toString());
    for (int f = 0; f < program.functionals().size(); f++) {
      Map<Expr, String> values = states(i -> "KEPT(tape[pc + 3] + " + i + ")");
      addAdjoints(values);
      values.put(Functional.VALUE, "KEPT(tape[pc + 4])");
      values.put(ProgramFragments.SLOT_ADJOINT, "m");
      add(
          "updateReverse" + f,
          2,
          nextAdjoints() + "real nm;",
          reader(values),
          adjointPlaces()::get,
          moveAdjoints() + "m = nm;");
    }
    for (int o = 0; o < program.outputs().size(); o++) {
      if (program.outputs().get(o).differentiated()) {
        gradient(o);
      }
    }
  }

  /** Operands: 3 the state's slot, 4 the granule's normals', 5 whether second step, normals. */
  private void stepReverse() {
    Map<Expr, String> values = states(i -> "KEPT(tape[pc + 3] + " + i + ")");
    values.putAll(normals("tape[pc + 5]", j -> "KEPT(tape[pc + 4] + " + j + ")", 6));
    addAdjoints(values);
    add(
        "stepReverse",
        3 + preparedNormals(),
        nextAdjoints(),
        reader(values),
        adjointPlaces()::get,
        moveAdjoints());
  }

  private void addAdjoints(Map<Expr, String> values) {
    for (int i = 0; i < program.states(); i++) {
      values.put(ProgramFragments.adjoint(i), "l" + i);
    }
    for (int p = 0; p < program.gradient().size(); p++) {
      values.put(ProgramFragments.bar(p), "bar" + p);
    }
  }

  private Map<Expr, String> adjointPlaces() {
    Map<Expr, String> places = new HashMap<>();
    for (int i = 0; i < program.states(); i++) {
      places.put(ProgramFragments.nextAdjoint(i), "n" + i);
    }
    for (int p = 0; p < program.gradient().size(); p++) {
      places.put(ProgramFragments.bar(p), "bar" + p);
    }
    places.put(ProgramFragments.NEXT_SLOT_ADJOINT, "nm");
    return places;
  }

  private String nextAdjoints() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < program.states(); i++) {
      out.append("real n" + i + "; ");
    }
    return out.toString();
  }

  private String moveAdjoints() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < program.states(); i++) {
      out.append("l" + i + " = n" + i + "; ");
    }
    return out.toString();
  }

  /** Operands: 3 the first sum, 4 the slot of the state, functionals, then bars of each source. */
  private void gradient(int o) {
    Output output = program.outputs().get(o);
    int parameters = program.gradient().size();
    int sources = ProgramFragments.sources(program, o).size();
    Map<Expr, String> values = states(i -> "KEPT(tape[pc + 4] + " + i + ")");
    for (int s = 0; s < output.slots(); s++) {
      values.put(Output.slot(s), "KEPT(tape[pc + " + (5 + s) + "])");
    }
    Map<Expr, String> places = new HashMap<>();
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    for (int p = 0; p < parameters; p++) {
      for (int s = 0; s < sources; s++) {
        values.put(
            ProgramFragments.sensitivity(s, p),
            "KEPT(tape[pc + " + (5 + output.slots() + s) + "] + " + p + ")");
      }
      sum(values, places, before, after, ProgramFragments.gradientSum(p), "s" + p, 2 * p);
      sum(values, places, before, after, ProgramFragments.gradientSquares(p), "q" + p, 2 * p + 1);
    }
    add(
        "outputGradient" + o,
        2 + output.slots() + sources,
        before.toString(),
        reader(values),
        places::get,
        after.toString());
  }

  private static void sum(
      Map<Expr, String> values,
      Map<Expr, String> places,
      StringBuilder before,
      StringBuilder after,
      Expr leaf,
      String name,
      int offset) {
    values.put(leaf, name);
    places.put(leaf, "n" + name);
    String at = "tape[pc + 3] + " + offset;
    before.append("const real " + name + " = SUM(" + at + "); real n" + name + "; ");
    after.append("ADD(n" + name + ", " + name + ", " + at + "); ");
  }

  /** The operations that no fragment has: fill a slot, carry, start a sweep. */
  private void begin() {
    open(Tape.fill(fragments), "fill");
    cases.append("            KEEP(R(numbers[number]), tape[pc + 3]);\n");
    close(1);
    carry();
    if (differentiates()) {
      open(Tape.begin(fragments), "begin");
      cases.append("            m = R(1.0);\n");
      for (int i = 0; i < program.states(); i++) {
        cases.append("            l" + i + " = R(tape[pc + 3] == " + i + " ? 1.0 : 0.0);\n");
      }
      for (int p = 0; p < program.gradient().size(); p++) {
        cases.append("            bar" + p + " = R(0.0);\n");
      }
      close(1);
    }
  }

  /** Operands of fetch and put: 1 the row, 3 the slot. */
  private void carry() {
    open(Tape.load(fragments), "load");
    for (int i = 0; i < program.states(); i++) {
      cases.append("            y" + i + " = CARRIED(" + i + ");\n");
    }
    close(0);
    open(Tape.store(fragments), "store");
    for (int i = 0; i < program.states(); i++) {
      cases.append("            CARRY(y" + i + ", " + i + ");\n");
    }
    close(0);
    open(Tape.fetch(fragments), "fetch");
    cases.append("            KEEP(CARRIED(number), tape[pc + 3]);\n");
    close(1);
    open(Tape.put(fragments), "put");
    cases.append("            CARRY(KEPT(tape[pc + 3]), number);\n");
    close(1);
  }

  private void add(
      String fragment,
      int operands,
      String before,
      Function<Expr, String> value,
      Function<Expr, String> place,
      String after) {
    open(fragments.number(fragment), fragment);
    if (!before.isBlank()) {
      cases.append("            ").append(before.strip()).append('\n');
    }
    FragmentText text = new FragmentText(fragments.plan(fragment));
    cases.append("            ").append(text.call(value, place)).append('\n');
    if (!after.isBlank()) {
      cases.append("            ").append(after.strip()).append('\n');
    }
    close(operands);
  }

  private void open(int operation, String name) {
    cases.append("          case " + operation + ": { // " + name + "\n");
  }

  private void close(int operands) {
    cases.append("            pc += " + (Tape.HEADER + operands) + ";\n");
    cases.append("            break;\n          }\n");
  }
}
