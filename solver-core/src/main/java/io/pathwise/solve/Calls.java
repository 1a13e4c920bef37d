package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import io.pathwise.kernel.CompiledProgram;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Output;
import io.pathwise.sde.Sde;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes the calls of a run's fragments with their uniform values. */
final class Calls {
  private final PathRun run;
  private final PathProgram program;
  private final Schedule schedule;
  private final CompiledProgram compiled;
  private final double[][] temporaries;
  private final Map<String, FragmentCall.Uniforms> shared = new HashMap<>();

  Calls(PathRun run, CompiledProgram compiled) {
    this.run = run;
    this.program = run.program();
    this.schedule = run.schedule();
    this.compiled = compiled;
    this.temporaries = Lanes.blocks(FragmentCall.temporaries(compiled.fragments()));
  }

  /** The leaves of the states, in order. */
  List<Expr> states() {
    return IntStream.range(0, program.states()).mapToObj(PathProgram::state).toList();
  }

  /** The leaves of the normals that a step reads, set by set and channel by channel. */
  List<Expr> normals() {
    return IntStream.range(0, program.noiseSets() * program.channels())
        .mapToObj(j -> PathProgram.normalLeaf(j / program.channels(), j % program.channels()))
        .toList();
  }

  /** The leaves of the functionals that output instance {@code o} reads. */
  List<Expr> slots(int o) {
    return IntStream.range(0, schedule.outputs().get(o).functionals().length)
        .mapToObj(Output::slot)
        .toList();
  }

  double[] initialState() {
    return new Interpreter(program.initial()).evaluate(this::parameter);
  }

  FragmentCall noise() {
    int blocks = program.granule() * program.channels() / 2;
    return call(
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
          return (long) (schedule.fineStep()[k] / program.granule()) * blocks;
        });
  }

  /** A fragment with a row of uniform values a step. */
  FragmentCall step(String name) {
    return call(name, schedule.steps(), this::stepValue, Calls::noWord);
  }

  /** A fragment of functional instance {@code f}, with a row of uniform values an event. */
  FragmentCall update(String name, int f) {
    Schedule.FunctionalInstance instance = schedule.functionals().get(f);
    return call(
        name + instance.template(),
        instance.events().length,
        (leaf, e) -> eventValue(leaf, instance.events()[e], instance.inputs().get(e)),
        Calls::noWord);
  }

  /** A fragment of output instance {@code o}. */
  FragmentCall output(String name, int o) {
    Schedule.OutputInstance instance = schedule.outputs().get(o);
    return call(
        name + instance.template(),
        1,
        (leaf, row) ->
            leaf.equals(ProgramFragments.SHIFT)
                ? instance.shift()
                : eventValue(leaf, instance.at(), instance.inputs()),
        Calls::noWord);
  }

  /** A fragment that reads parameters alone. */
  FragmentCall once(String name) {
    return call(name, 1, (leaf, row) -> parameter(leaf), Calls::noWord);
  }

  private FragmentCall call(
      String name, int rows, FragmentCall.RowValue leaf, FragmentCall.RowWord word) {
    FragmentCall.RowValue value =
        (expr, row) -> expr.equals(ProgramFragments.NOTHING) ? 0 : leaf.value(expr, row);
    FragmentCall.Uniforms uniforms =
        shared.computeIfAbsent(name, key -> FragmentCall.Uniforms.of(compiled.fragments(), key));
    return new FragmentCall(compiled.kernel(), uniforms, temporaries, rows, value, word);
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
