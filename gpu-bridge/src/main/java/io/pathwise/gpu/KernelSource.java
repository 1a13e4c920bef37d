package io.pathwise.gpu;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.FragmentPlan;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Preparation;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Recurrence;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

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
    for (int r = 0; r < program.recurrences().size(); r++) {
      recurrence(r);
    }
    if (program.startsApart()) {
      initial();
    }
    step();
    finish();
    for (int f = 0; f < program.functionals().size(); f++) {
      update(f);
    }
    for (int o = 0; o < program.outputs().size(); o++) {
      output(o);
    }
    if (program.swept()) {
      reverse();
    }
    for (int o = 0; o < program.outputs().size() && !program.gradient().isEmpty(); o++) {
      if (program.outputs().get(o).differentiated()) {
        gradient(o);
      }
    }
    begin();
    return out.append('\n').append(KernelTemplate.body(variables(), cases.toString())).toString();
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
    return out.toString();
  }

  private static void declare(StringBuilder out, String name, String value) {
    out.append("        real ").append(name).append(" = ").append(value).append(";\n");
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
    if (program.swept()) {
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

  /** What a path brings along and recurrences make of it, in the slots of operands. */
  private Map<Expr, String> inputs(int first) {
    Map<Expr, String> inputs = new HashMap<>();
    for (Expr leaf : program.inputLeaves()) {
      inputs.put(leaf, "KEPT(tape[pc + " + (first + inputs.size()) + "])");
    }
    return inputs;
  }

  private int inputs() {
    return program.inputLeaves().size();
  }

  /** Operands: 3 the value at the date after, 4 the value, inputs. */
  private void recurrence(int r) {
    Recurrence recurrence = program.recurrences().get(r);
    List<Expr> later = recurrence.laterElements();
    Map<Expr, String> values = inputs(5);
    Map<Expr, String> places = new HashMap<>();
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    for (int j = 0; j < recurrence.size(); j++) {
      values.put(later.get(j), kept(3, j));
      places.put(ProgramFragments.made(j), "r" + j);
      before.append("real r" + j + "; ");
      after.append("KEEP(r" + j + ", tape[pc + 4] + " + j + "); ");
    }
    add(
        ProgramFragments.recurrence("recurrence", r),
        2 + inputs(),
        before.toString(),
        reader(values),
        places::get,
        after.toString());
  }

  /** Operands: inputs. */
  private void initial() {
    Map<Expr, String> places = new HashMap<>();
    for (int i = 0; i < program.states(); i++) {
      places.put(ProgramFragments.next(i), "y" + i);
    }
    add("initial", inputs(), "", reader(inputs(3)), places::get, "");
  }

  /**
   * Operands: 3 whether the second step of a pair, 4 the slot that keeps the state, normals,
   * inputs.
   */
  private void step() {
    Map<Expr, String> values = states(i -> "y" + i);
    values.putAll(normals("tape[pc + 3]", j -> "z" + j, 5));
    values.putAll(inputs(5 + preparedNormals()));
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    Map<Expr, String> places = new HashMap<>();
    for (int i = 0; i < program.states(); i++) {
      places.put(ProgramFragments.next(i), "n" + i);
      before.append("real n" + i + "; ");
      after.append("y" + i + " = n" + i + "; ");
    }
    if (program.swept()) {
      after
          .append("\n            if (tape[pc + 4] >= 0) {\n")
          .append(keepStates("tape[pc + 4]", "              "))
          .append("            }");
    }
    add(
        "step",
        2 + preparedNormals() + inputs(),
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

  /** Operands: 3 the slots of the values before, 4 those of the values after, inputs. */
  private void update(int f) {
    Map<Expr, String> values = states(i -> "y" + i);
    values.putAll(inputs(5));
    Map<Expr, String> places = new HashMap<>();
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    for (int j = 0; j < program.functionals().get(f).components(); j++) {
      values.put(Functional.value(j), kept(3, j));
      places.put(ProgramFragments.nextFunctional(j), "a" + j);
      before.append("real a" + j + "; ");
      after.append("KEEP(a" + j + ", tape[pc + 4] + " + j + "); ");
    }
    add(
        "update" + f,
        2 + inputs(),
        before.toString(),
        reader(values),
        places::get,
        after.toString());
  }

  /** Element {@code i} of the slots that an operand names. */
  private static String kept(int operand, int i) {
    return "KEPT(tape[pc + " + operand + "] + " + i + ")";
  }

  /** The values of the functionals that an output reads, where operands from 5 on name slots. */
  private Map<Expr, String> slots(Output output) {
    int most = program.functionals().stream().mapToInt(Functional::components).max().orElse(0);
    Map<Expr, String> values = new HashMap<>();
    for (int s = 0; s < output.slots(); s++) {
      for (int j = 0; j < most; j++) {
        values.put(Output.slot(s, j), kept(5 + s, j));
      }
    }
    return values;
  }

  /**
   * Operands: 3 the first sum, 4 where values are captured or -1, then a slot a functional, inputs.
   */
  private void output(int o) {
    Output output = program.outputs().get(o);
    Map<Expr, String> values = states(i -> "y" + i);
    values.putAll(slots(output));
    values.putAll(inputs(5 + output.slots()));
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
        2 + output.slots() + inputs(),
        "real value, ns, nq; const real s = SUM(tape[pc + 3]), q = SUM(tape[pc + 3] + 1);",
        reader(values),
        places::get,
        "ADD(ns, s, tape[pc + 3]); ADD(nq, q, tape[pc + 3] + 1);\n"
            + "            if (tape[pc + 4] >= 0) CAPTURE(value, tape[pc + 4]);");
  }

  /** What a fragment of the reverse sweep reads and writes: operands name the slots of vectors. */
  private final class Reverse {
    private final Map<Expr, String> values = new HashMap<>();
    private final Map<Expr, String> places = new HashMap<>();
    private final StringBuilder before = new StringBuilder();
    private final StringBuilder after = new StringBuilder();

    void read(Expr leaf, int operand, int i) {
      values.put(leaf, kept(operand, i));
    }

    void write(Expr target, String name, int operand, int i) {
      places.put(target, name);
      before.append("real " + name + "; ");
      after.append("KEEP(" + name + ", tape[pc + " + operand + "] + " + i + "); ");
    }

    /** The adjoints before and after, in operands. */
    Reverse adjoints(int from, int to) {
      for (int i = 0; i < program.states(); i++) {
        read(ProgramFragments.adjoint(i), from, i);
        if (to >= 0) {
          write(ProgramFragments.nextAdjoint(i), "n" + i, to, i);
        }
      }
      return this;
    }

    /** The derivatives in parameters, of which a fragment writes those that it adds to. */
    Reverse bars(String fragment, int operand) {
      List<Expr> targets = fragments.plan(fragment).fragment().targets();
      for (int p = 0; p < program.gradient().size(); p++) {
        if (targets.contains(ProgramFragments.bar(p))) {
          read(ProgramFragments.bar(p), operand, p);
          write(ProgramFragments.bar(p), "bar" + p, operand, p);
        }
      }
      return this;
    }

    /** Sums that the fragment adds to, each in the slot of an operand of its own. */
    Reverse sums(String fragment, List<Expr> leaves, String name, int first) {
      List<Expr> targets = fragments.plan(fragment).fragment().targets();
      for (int i = 0; i < leaves.size(); i++) {
        if (targets.contains(leaves.get(i))) {
          read(leaves.get(i), first + i, 0);
          write(leaves.get(i), name + i, first + i, 0);
        }
      }
      return this;
    }

    /** What the path brings along, then the adjoints of what recurrences make of it. */
    Reverse brought(String fragment, int first) {
      values.putAll(inputs(first));
      return sums(fragment, inputAdjoints(), "input", first + inputs());
    }

    void add(String fragment, int operands) {
      KernelSource.this.add(
          fragment, operands, before.toString(), reader(values), places::get, after.toString());
    }
  }

  private void reverse() {
    if (program.backward().isPresent()) {
      stepBack();
    }
    stepReverse();
    new Reverse()
        .adjoints(3, -1)
        .bars("initialReverse", 4)
        .brought("initialReverse", 5)
        .add("initialReverse", 2 + brought());
    for (int r = 0; r < program.recurrences().size(); r++) {
      recurrenceReverse(r);
    }
    for (int f = 0; f < program.functionals().size(); f++) {
      updateReverse(f);
    }
  }

  private List<Expr> inputAdjoints() {
    return IntStream.range(0, program.recurrenceLeaves().size())
        .mapToObj(ProgramFragments::inputAdjoint)
        .toList();
  }

  /** How many operands name what the path brings along, and adjoints of it. */
  private int brought() {
    return inputs() + program.recurrenceLeaves().size();
  }

  /**
   * Operands: 3 the value at the date after, 4 the adjoint of the value, 5 that of the value at the
   * date after, 6 the bars, inputs.
   */
  private void recurrenceReverse(int r) {
    String fragment = ProgramFragments.recurrence("recurrenceReverse", r);
    Recurrence recurrence = program.recurrences().get(r);
    List<Expr> later = recurrence.laterElements();
    Reverse reverse = new Reverse().bars(fragment, 6);
    reverse.values.putAll(inputs(7));
    for (int j = 0; j < recurrence.size(); j++) {
      reverse.read(later.get(j), 3, j);
      reverse.read(ProgramFragments.madeAdjoint(j), 4, j);
      reverse.read(ProgramFragments.laterAdjoint(j), 5, j);
      reverse.write(ProgramFragments.laterAdjoint(j), "later" + j, 5, j);
    }
    reverse.add(fragment, 4 + inputs());
  }

  /**
   * Operands: 3 the state after, 4 the granule's normals, 5 whether second step, 6 the state
   * before, normals.
   */
  private void stepBack() {
    Reverse back = new Reverse();
    back.values.putAll(states(i -> kept(3, i)));
    back.values.putAll(normals("tape[pc + 5]", j -> kept(4, j), 7));
    back.values.putAll(inputs(7 + preparedNormals()));
    for (int i = 0; i < program.states(); i++) {
      back.write(ProgramFragments.next(i), "n" + i, 6, i);
    }
    back.add("stepBack", 4 + preparedNormals() + inputs());
  }

  /**
   * Operands: 3 the state, 4 the granule's normals, 5 whether second step, 6 the adjoint, 7 that
   * before the step, 8 the bars, normals, the nodes of curves that the step touches, inputs and
   * their adjoints.
   */
  private void stepReverse() {
    Reverse reverse = new Reverse().adjoints(6, 7).bars("stepReverse", 8);
    reverse.values.putAll(states(i -> kept(3, i)));
    reverse.values.putAll(normals("tape[pc + 5]", j -> kept(4, j), 9));
    List<Expr> touched =
        program.curves().stream().flatMap(curve -> curve.touched().stream()).toList();
    int nodes = 9 + preparedNormals();
    reverse.sums("stepReverse", touched, "node", nodes);
    reverse.brought("stepReverse", nodes + touched.size());
    reverse.add("stepReverse", 6 + preparedNormals() + touched.size() + brought());
  }

  /**
   * Operands: 3 the state, 4 the values before, 5 the adjoint, 6 that before the event, 7 the bars,
   * 8 the functional's adjoint, 9 that before the event, inputs and their adjoints.
   */
  private void updateReverse(int f) {
    Reverse reverse = new Reverse().adjoints(5, 6).bars("updateReverse" + f, 7);
    reverse.values.putAll(states(i -> kept(3, i)));
    for (int j = 0; j < program.functionals().get(f).components(); j++) {
      reverse.read(Functional.value(j), 4, j);
      reverse.read(ProgramFragments.slotAdjoint(j), 8, j);
      reverse.write(ProgramFragments.nextSlotAdjoint(j), "m" + j, 9, j);
    }
    reverse.brought("updateReverse" + f, 10);
    reverse.add("updateReverse" + f, 7 + brought());
  }

  /**
   * Operands: 3 the first sum, 4 the slot of the state, functionals, then bars of each source,
   * inputs; where the output has tangents the state is the current one.
   */
  private void gradient(int o) {
    Output output = program.outputs().get(o);
    int parameters = program.gradient().size();
    int sources = ProgramFragments.sources(program, o).size();
    Map<Expr, String> values = states(i -> output.swept() ? kept(4, i) : "y" + i);
    values.putAll(slots(output));
    values.putAll(inputs(5 + output.slots() + sources));
    Map<Expr, String> places = new HashMap<>();
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    for (int p = 0; p < parameters; p++) {
      for (int s = 0; s < sources; s++) {
        values.put(ProgramFragments.sensitivity(s, p), kept(5 + output.slots() + s, p));
      }
      sum(values, places, before, after, ProgramFragments.gradientSum(p), "s" + p, 2 * p);
      sum(values, places, before, after, ProgramFragments.gradientSquares(p), "q" + p, 2 * p + 1);
    }
    add(
        "outputGradient" + o,
        2 + output.slots() + sources + inputs(),
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
    if (program.swept()) {
      sweep();
    }
  }

  /**
   * Operands of begin: 3 the adjoint, 4 the state that is 1, 5 the bars, 6 the number of
   * components, 7 their adjoint, 8 the component that is 1, 9 the number of adjoints after the
   * bars; of keep and restore: 3 the slots.
   */
  private void sweep() {
    open(Tape.begin(fragments), "begin");
    for (int i = 0; i < program.states(); i++) {
      String one = "R(tape[pc + 4] == " + i + " ? 1.0 : 0.0)";
      cases.append("            KEEP(" + one + ", tape[pc + 3] + " + i + ");\n");
    }
    for (int p = 0; p < program.gradient().size(); p++) {
      cases.append("            KEEP(R(0.0), tape[pc + 5] + " + p + ");\n");
    }
    cases.append("            for (int j = 0; j < tape[pc + 6]; j++) {\n");
    cases.append("              KEEP(R(tape[pc + 8] == j ? 1.0 : 0.0), tape[pc + 7] + j);\n");
    cases.append("            }\n");
    cases.append("            for (int j = 0; j < tape[pc + 9]; j++) {\n");
    cases.append(
        "              KEEP(R(0.0), tape[pc + 5] + " + program.gradient().size() + " + j);\n");
    cases.append("            }\n");
    close(7);
    open(Tape.keep(fragments), "keep");
    cases.append(keepStates("tape[pc + 3]", "            "));
    close(1);
    open(Tape.restore(fragments), "restore");
    for (int i = 0; i < program.states(); i++) {
      cases.append("            y" + i + " = " + kept(3, i) + ";\n");
    }
    close(1);
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
