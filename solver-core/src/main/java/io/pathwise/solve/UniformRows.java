package io.pathwise.solve;

import io.pathwise.control.StepControl;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import io.pathwise.kernel.FragmentPlan;
import io.pathwise.kernel.Preparation;
import io.pathwise.kernel.PreparedNoise;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.sde.Sde;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What the fragments of a run read that is the same for all paths, evaluated by the {@link
 * Interpreter}: a row for every step, event or instance, the same bits for every backend.
 */
public final class UniformRows {
  private final PathRun run;
  private final Schedule schedule;
  private final ProgramFragments fragments;
  private final Map<String, Evaluators> shared = new HashMap<>();

  /** The uniform values of a run's fragments. */
  public UniformRows(PathRun run, ProgramFragments fragments) {
    this.run = run;
    this.schedule = run.schedule();
    this.fragments = fragments;
  }

  /**
   * The rows of one fragment.
   *
   * @param fragment its number
   * @param plan its plan, whose lists of numbers and words a row follows
   * @param numbers the uniform doubles, row after row
   * @param words the uniform integers, row after row
   */
  public record Rows(int fragment, FragmentPlan plan, double[] numbers, long[] words) {

    /** Where the doubles of a row begin. */
    public int number(int row) {
      return row * plan.numbers().size();
    }

    /** Where the integers of a row begin. */
    public int word(int row) {
      return row * plan.words().size();
    }
  }

  private record Evaluators(
      int fragment, FragmentPlan plan, Interpreter numbers, Interpreter words) {}

  /** The value of a uniform leaf in a row. */
  private interface RowValue {
    double value(Expr leaf, int row);
  }

  /** The value of an integer leaf in a row. */
  private interface RowWord {
    long value(Expr leaf, int row);
  }

  /** The initial value of every state. */
  public double[] initialState() {
    return new Interpreter(run.program().initial()).evaluate(this::parameter);
  }

  /** The noise, a row a step. */
  public Rows noise() {
    int granule = run.program().granule();
    int blocks = granule * run.program().channels() / 2;
    return rows(
        "noise",
        schedule.steps(),
        (leaf, k) -> parameter(leaf),
        (leaf, k) -> {
          if (leaf.equals(ProgramFragments.SEED)) {
            return run.seed();
          }
          if (leaf.equals(ProgramFragments.STREAM)) {
            return run.stream();
          }
          return (long) (schedule.fineStep()[k] / granule) * blocks;
        });
  }

  /** Preparation template t, a row for each of its calls, in their order. */
  public Rows preparation(int t) {
    Preparation template = run.program().preparations().get(t);
    List<PreparedNoise.Call> calls =
        schedule.noise().calls().stream().filter(call -> call.template() == t).toList();
    return rows(
        ProgramFragments.preparation(run.program(), t),
        calls.size(),
        (leaf, c) -> calls.get(c).numbers()[place(template.numbers(), leaf)],
        (leaf, c) ->
            leaf.equals(ProgramFragments.SEED)
                ? run.seed()
                : leaf.equals(ProgramFragments.STREAM)
                    ? run.stream()
                    : calls.get(c).words()[place(template.words(), leaf)]);
  }

  private static int place(List<String> names, Expr leaf) {
    int place = names.indexOf(leaf.name());
    if (place < 0) {
      throw new IllegalArgumentException(
          "a preparation reads " + leaf.name() + ", expected one of " + names);
    }
    return place;
  }

  /** A fragment with a row a step. */
  public Rows step(String name) {
    return rows(name, schedule.steps(), this::stepValue, UniformRows::noWord);
  }

  /** A fragment of functional instance {@code f}, with a row an event. */
  public Rows update(String name, int f) {
    Schedule.FunctionalInstance instance = schedule.functionals().get(f);
    return rows(
        name + instance.template(),
        instance.events().length,
        (leaf, e) -> eventValue(leaf, instance.events()[e], instance.inputs().get(e)),
        UniformRows::noWord);
  }

  /** A fragment of output instance {@code o}, one row. */
  public Rows output(String name, int o) {
    Schedule.OutputInstance instance = schedule.outputs().get(o);
    return rows(
        name + instance.template(),
        1,
        (leaf, row) ->
            leaf.equals(ProgramFragments.SHIFT)
                ? instance.shift()
                : eventValue(leaf, instance.at(), instance.inputs()),
        UniformRows::noWord);
  }

  /** A fragment that reads parameters alone, one row. */
  public Rows once(String name) {
    return rows(name, 1, (leaf, row) -> parameter(leaf), UniformRows::noWord);
  }

  /** A fragment that works on cells of trees, one row: it reads the control and the key. */
  public Rows tree(String name) {
    return rows(name, 1, (leaf, row) -> controlValue(leaf), this::keyWord);
  }

  private long keyWord(Expr leaf, int row) {
    if (leaf.equals(ProgramFragments.SEED)) {
      return run.seed();
    }
    return leaf.equals(ProgramFragments.STREAM) ? run.stream() : noWord(leaf, row);
  }

  private double controlValue(Expr leaf) {
    StepControl control = run.control().orElseThrow();
    double order = run.program().tree().orElseThrow().order();
    if (leaf.leaf() != Leaf.STEP) {
      return parameter(leaf);
    }
    return switch (leaf.name()) {
      case "rtol" -> control.rtol();
      case "atol" -> control.atol();
      case "safety" -> control.safety();
      case "integral" -> -(control.integral() + control.proportional()) / order;
      case "proportional" -> control.proportional() / order;
      case "least" -> control.least();
      case "most" -> control.most();
      default -> throw new IllegalArgumentException("no value for " + leaf.name());
    };
  }

  private Rows rows(String name, int count, RowValue leaf, RowWord word) {
    Evaluators evaluators =
        shared.computeIfAbsent(
            name,
            key -> {
              FragmentPlan plan = fragments.plan(key);
              return new Evaluators(
                  fragments.number(key),
                  plan,
                  new Interpreter(plan.numbers()),
                  new Interpreter(plan.words()));
            });
    FragmentPlan plan = evaluators.plan();
    double[] numbers = new double[count * plan.numbers().size()];
    long[] words = new long[count * plan.words().size()];
    Rows rows = new Rows(evaluators.fragment(), plan, numbers, words);
    for (int row = 0; row < count; row++) {
      int r = row;
      ToDoubleFunction<Expr> value = e -> e.equals(ProgramFragments.NOTHING) ? 0 : leaf.value(e, r);
      ToLongFunction<Expr> bits = e -> word.value(e, r);
      double[] doubles = evaluators.numbers().evaluate(value, bits);
      System.arraycopy(doubles, 0, numbers, rows.number(row), doubles.length);
      long[] integers = evaluators.words().evaluateWords(value, bits);
      System.arraycopy(integers, 0, words, rows.word(row), integers.length);
    }
    return rows;
  }

  private double stepValue(Expr leaf, int k) {
    if (leaf.leaf() != Leaf.STEP) {
      return parameter(leaf);
    }
    double[] values = schedule.stepInputs().get(leaf.name());
    if (values == null) {
      throw new IllegalArgumentException("the step reads " + leaf.name() + ", which has no values");
    }
    return values[k];
  }

  private double eventValue(Expr leaf, int at, Map<String, Double> inputs) {
    if (leaf.leaf() != Leaf.STEP) {
      return parameter(leaf);
    }
    if (leaf.equals(Sde.TIME)) {
      return schedule.times()[at];
    }
    Double value = inputs.get(leaf.name());
    if (value == null) {
      throw new IllegalArgumentException("an event reads " + leaf.name() + ", which has no value");
    }
    return value;
  }

  private double parameter(Expr leaf) {
    Double value = leaf.leaf() == Leaf.PARAM ? run.parameters().get(leaf.name()) : null;
    if (value == null) {
      throw new IllegalArgumentException("no value for " + leaf.name());
    }
    return value;
  }

  private static long noWord(Expr leaf, int row) {
    throw new IllegalArgumentException("no integer value for " + leaf.name());
  }
}
