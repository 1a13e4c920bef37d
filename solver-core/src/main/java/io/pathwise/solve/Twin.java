package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two walks of one program side by side as a single path: states, then the second walk's; likewise
 * functionals. What an output reads is a function of both.
 */
final class Twin {
  private static final String SECOND = "'";

  private final PathProgram program;
  private final Map<Expr, Expr> states = new HashMap<>();

  Twin(PathProgram program) {
    this.program = program;
    int n = program.states();
    for (int i = 0; i < n; i++) {
      states.put(PathProgram.state(i), PathProgram.state(n + i));
    }
  }

  /** What the second walk computes where the first computes these. */
  List<Expr> second(List<Expr> values) {
    return Graph.substitute(values, states);
  }

  /** The value of an output on the second walk. */
  Expr second(Output output) {
    Map<Expr, Expr> leaves = new HashMap<>(states);
    for (int k = 0; k < output.slots(); k++) {
      for (Functional functional : program.functionals()) {
        for (int j = 0; j < functional.components(); j++) {
          leaves.put(Output.slot(k, j), Output.slot(output.slots() + k, j));
        }
      }
    }
    return Graph.substitute(output.value(), leaves);
  }

  /**
   * The program of both.
   *
   * @param noiseSets the noise sets that the steps read
   * @param step the first walk's step
   * @param secondStep the second walk's, in states of its own
   * @param outputs read both walks, with twice the slots
   */
  PathProgram program(int noiseSets, List<Expr> step, List<Expr> secondStep, List<Output> outputs) {
    List<String> names = new ArrayList<>(program.stateNames());
    program.stateNames().forEach(name -> names.add(name + SECOND));
    List<Functional> functionals = new ArrayList<>(program.functionals());
    for (Functional f : program.functionals()) {
      functionals.add(new Functional(f.name() + SECOND, f.initial(), second(f.update())));
    }
    return new PathProgram(
            program.precision(),
            program.gradient(),
            names,
            program.channels(),
            noiseSets,
            both(program.initial(), program.initial()),
            both(step, second(secondStep)),
            functionals,
            outputs)
        .withCurves(program.curves())
        .bringing(program.inputs(), program.recurrences());
  }

  private static List<Expr> both(List<Expr> first, List<Expr> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** The functional instances of both walks. */
  List<Schedule.FunctionalInstance> functionals(Schedule schedule) {
    List<Schedule.FunctionalInstance> instances = new ArrayList<>(schedule.functionals());
    int templates = program.functionals().size();
    for (Schedule.FunctionalInstance f : schedule.functionals()) {
      instances.add(
          new Schedule.FunctionalInstance(f.template() + templates, f.events(), f.inputs()));
    }
    return instances;
  }

  /** The functional instances that an output reads, of both walks. */
  static int[] slots(Schedule schedule, Schedule.OutputInstance output) {
    int count = schedule.functionals().size();
    return IntStream.concat(
            Arrays.stream(output.functionals()),
            Arrays.stream(output.functionals()).map(f -> f + count))
        .toArray();
  }
}
