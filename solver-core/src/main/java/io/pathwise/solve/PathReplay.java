package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Precision;
import io.pathwise.kernel.Preparation;
import io.pathwise.kernel.PreparedNoise;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Recurrence;
import io.pathwise.kernel.Schedule;
import io.pathwise.noise.PathNormals;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks one path with the {@link Interpreter}, step by step: the bits of the kernels at a
 * thousandth of their speed, to look at a path that went wrong.
 *
 * <p>Not thread-safe.
 */
public final class PathReplay {
  private final PathRun run;
  private final PathProgram program;
  private final Schedule schedule;
  private final Interpreter step;
  private final List<Interpreter> updates = new ArrayList<>();
  private final List<Interpreter> outputs = new ArrayList<>();
  private final InputLayout layout;

  /** Prepares the walk of any path of a run. */
  public PathReplay(PathRun run) {
    this.run = run;
    this.program = run.program();
    this.schedule = run.schedule();
    this.step = new Interpreter(program.roundedStep());
    program.functionals().forEach(f -> updates.add(new Interpreter(f.update())));
    program.outputs().forEach(o -> outputs.add(new Interpreter(List.of(o.value()))));
    this.layout = new InputLayout(run, 0);
  }

  /** Where a walk takes its normals from. */
  @FunctionalInterface
  public interface NormalSource {
    /** The normal of a step of the fine grid and a channel. */
    double normal(int fineStep, int channel);

    /** The path on which nothing happens: all normals are 0. */
    NormalSource ZERO = (fineStep, channel) -> 0;
  }

  /** The normals of a path of the run. */
  public NormalSource normalsOf(long path) {
    if (program.prepared()) {
      double[] arrays = prepared(path);
      return (fineStep, channel) -> arrays[schedule.noise().array(fineStep, 1, 0, channel)];
    }
    PathNormals normals =
        new PathNormals(
            program.precision().normals(), run.seed(), run.stream(), program.channels());
    return (fineStep, channel) -> normals.normal(path, fineStep, channel);
  }

  /** What the preparation of a path leaves in its arrays. */
  private double[] prepared(long path) {
    double[] arrays = new double[schedule.noise().arrays()];
    List<Interpreter> templates =
        program.preparations().stream().map(p -> new Interpreter(p.values())).toList();
    for (PreparedNoise.Call call : schedule.noise().calls()) {
      Preparation template = program.preparations().get(call.template());
      Map<Expr, Double> numbers = new HashMap<>();
      for (int i = 0; i < call.inputs().length; i++) {
        numbers.put(Preparation.input(i), arrays[call.inputs()[i]]);
      }
      for (int i = 0; i < call.numbers().length; i++) {
        numbers.put(Preparation.number(template.numbers().get(i)), call.numbers()[i]);
      }
      Map<Expr, Long> words = new HashMap<>();
      words.put(ProgramFragments.PATH, path);
      words.put(ProgramFragments.SEED, run.seed());
      words.put(ProgramFragments.STREAM, run.stream());
      for (int i = 0; i < call.words().length; i++) {
        words.put(Preparation.word(template.words().get(i)), call.words()[i]);
      }
      double[] values = templates.get(call.template()).evaluate(numbers::get, words::get);
      for (int i = 0; i < values.length; i++) {
        arrays[call.outputs()[i]] = values[i];
      }
    }
    return arrays;
  }

  /** The states of a path of the run: for each grid time, n values. */
  public double[][] states(long path) {
    return run.control().isPresent()
        ? new TreeReplay(run).states(path)
        : states(path, normalsOf(path));
  }

  /** The states of a path that steps over the grid: for each grid time, n values. */
  public double[][] states(NormalSource normals) {
    return states(0, normals);
  }

  /**
   * The states of a path that steps over the grid: for each grid time, n values.
   *
   * @param path the number of the path whose inputs are brought along
   */
  public double[][] states(long path, NormalSource normals) {
    double[] brought = brought(path);
    double[][] states = new double[schedule.steps() + 1][];
    Map<Expr, Double> leaves = new HashMap<>();
    putInputs(leaves, brought, layout.at(0));
    states[0] = new Interpreter(program.roundedInitial()).evaluate(leaf -> value(leaves, leaf));
    for (int k = 0; k < schedule.steps(); k++) {
      putState(leaves, states[k]);
      for (Map.Entry<String, double[]> input : schedule.stepInputs().entrySet()) {
        leaves.put(Expr.leaf(Leaf.STEP, input.getKey()), input.getValue()[k]);
      }
      for (int set = 0; set < program.noiseSets(); set++) {
        int fine = schedule.fineStep()[k];
        int drawn = program.noiseSets() == 2 ? fine - fine % 2 + set : fine;
        for (int c = 0; c < program.channels(); c++) {
          leaves.put(PathProgram.normalLeaf(set, c), normals.normal(drawn, c));
        }
      }
      putInputs(leaves, brought, layout.at(k + 1));
      states[k + 1] = step.evaluate(leaf -> value(leaves, leaf));
    }
    return states;
  }

  /** The value of every output on a path with these states. */
  public double[] outputs(double[][] states) {
    return outputs(0, states);
  }

  /** The value of every output on a path with these states, which brings its inputs along. */
  public double[] outputs(long path, double[][] states) {
    double[] brought = brought(path);
    List<double[][]> histories = new ArrayList<>();
    for (Schedule.FunctionalInstance instance : schedule.functionals()) {
      histories.add(history(instance, states, brought));
    }
    double[] values = new double[schedule.outputs().size()];
    for (int o = 0; o < values.length; o++) {
      Schedule.OutputInstance instance = schedule.outputs().get(o);
      Map<Expr, Double> leaves = event(instance.at(), instance.inputs(), states, brought);
      for (int s = 0; s < instance.functionals().length; s++) {
        int f = instance.functionals()[s];
        int updates = schedule.functionals().get(f).updates(instance.at());
        double[] components = histories.get(f)[updates];
        for (int j = 0; j < components.length; j++) {
          leaves.put(Output.slot(s, j), components[j]);
        }
      }
      values[o] = outputs.get(instance.template()).evaluate(leaf -> value(leaves, leaf))[0];
    }
    return values;
  }

  /** The values of a functional: before its first event, then after each. */
  private double[][] history(
      Schedule.FunctionalInstance instance, double[][] states, double[] brought) {
    int[] events = instance.events();
    List<Double> initial = program.functionals().get(instance.template()).initial();
    double[][] values = new double[events.length + 1][];
    values[0] = initial.stream().mapToDouble(value -> value).toArray();
    for (int e = 0; e < events.length; e++) {
      Map<Expr, Double> leaves = event(events[e], instance.inputs().get(e), states, brought);
      for (int j = 0; j < initial.size(); j++) {
        leaves.put(Functional.value(j), values[e][j]);
      }
      values[e + 1] = updates.get(instance.template()).evaluate(leaf -> value(leaves, leaf));
    }
    return values;
  }

  private Map<Expr, Double> event(
      int at, Map<String, Double> inputs, double[][] states, double[] brought) {
    Map<Expr, Double> leaves = new HashMap<>();
    inputs.forEach((name, value) -> leaves.put(Expr.leaf(Leaf.STEP, name), value));
    leaves.put(Sde.TIME, schedule.times()[at]);
    putState(leaves, states[at]);
    putInputs(leaves, brought, layout.at(at));
    return leaves;
  }

  /** What a path brings along and what recurrences make of it, slot by slot. */
  private double[] brought(long path) {
    double[] slots = new double[layout.slots()];
    for (int row = 0; row < layout.rows(); row++) {
      double value = run.data().value(path, row);
      slots[row] = program.precision() == Precision.SINGLE ? (float) value : value;
    }
    for (int r = 0; r < program.recurrences().size(); r++) {
      Recurrence recurrence = program.recurrences().get(r);
      Interpreter made = new Interpreter(program.roundedRecurrence(r));
      Map<Expr, Double> leaves = new HashMap<>();
      for (int entry = layout.entries(r) - 1; entry >= 0; entry--) {
        putInputs(leaves, slots, layout.ofEntry(entry));
        List<Expr> later = recurrence.laterElements();
        for (int j = 0; j < later.size(); j++) {
          leaves.put(later.get(j), slots[layout.value(r, entry + 1) + j]);
        }
        double[] values = made.evaluate(leaf -> value(leaves, leaf));
        System.arraycopy(values, 0, slots, layout.value(r, entry), values.length);
      }
    }
    return slots;
  }

  private void putInputs(Map<Expr, Double> leaves, double[] brought, int[] slots) {
    List<Expr> inputs = layout.leaves();
    for (int i = 0; i < slots.length; i++) {
      leaves.put(inputs.get(i), brought[slots[i]]);
    }
  }

  private static void putState(Map<Expr, Double> leaves, double[] state) {
    for (int i = 0; i < state.length; i++) {
      leaves.put(PathProgram.state(i), state[i]);
    }
  }

  private double value(Map<Expr, Double> leaves, Expr leaf) {
    Double value = leaf.leaf() == Leaf.PARAM ? run.parameters().get(leaf.name()) : leaves.get(leaf);
    if (value == null) {
      throw new IllegalArgumentException("no value for " + leaf.name());
    }
    return value;
  }
}
