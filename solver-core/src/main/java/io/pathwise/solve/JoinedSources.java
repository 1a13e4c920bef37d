package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Precision;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Fewer sweeps for outputs of many states, such as a loss: at a date whose outputs are fewer than
 * the states they read, every output becomes a functional with one event, its own. A sweep then
 * starts from each output, not from each state.
 */
final class JoinedSources {
  private final PathRun run;
  private final PathProgram program;
  private final List<Functional> functionals;
  private final List<Output> outputs;
  private final List<Schedule.FunctionalInstance> events;
  private final List<Schedule.OutputInstance> instances;

  private JoinedSources(PathRun run) {
    this.run = run;
    this.program = run.program();
    this.functionals = new ArrayList<>(program.functionals());
    this.outputs = new ArrayList<>(program.outputs());
    this.events = new ArrayList<>(run.schedule().functionals());
    this.instances = new ArrayList<>(run.schedule().outputs());
  }

  /**
   * The run with the fewer sweeps. It is as it was in single precision, where a functional is kept
   * with fewer digits than an output, and beside nodes of curves, which outputs alone discount by.
   */
  static PathRun of(PathRun run) {
    boolean fit = run.program().precision() == Precision.DOUBLE && run.program().curves().isEmpty();
    return fit ? new JoinedSources(run).joined() : run;
  }

  private PathRun joined() {
    TreeMap<Integer, List<Integer>> swept = new TreeMap<>();
    for (int o = 0; o < instances.size(); o++) {
      if (program.outputs().get(instances.get(o).template()).swept()) {
        swept.computeIfAbsent(instances.get(o).at(), at -> new ArrayList<>()).add(o);
      }
    }
    swept.values().forEach(this::join);
    if (events.size() == run.schedule().functionals().size()) {
      return run;
    }
    Schedule schedule = run.schedule();
    List<Output> used = new ArrayList<>();
    List<Schedule.OutputInstance> read = new ArrayList<>();
    for (Schedule.OutputInstance instance : instances) {
      int template = number(used, outputs.get(instance.template()));
      read.add(
          new Schedule.OutputInstance(
              template,
              instance.at(),
              instance.functionals(),
              instance.inputs(),
              instance.captured()));
    }
    return run.with(
        program.withFunctionals(functionals).withOutputs(program.gradient(), used),
        schedule.with(schedule.stepInputs(), events, read));
  }

  /** Joins the sources of the outputs of a date, where that leaves fewer. */
  private void join(List<Integer> date) {
    List<Integer> candidates = new ArrayList<>();
    Set<Expr> states = new HashSet<>();
    Set<Expr> others = new HashSet<>();
    for (int o : date) {
      List<Expr> sources = ProgramFragments.sources(program, instances.get(o).template());
      boolean candidate = instances.get(o).functionals().length == 0 && sources.size() > 1;
      (candidate ? states : others).addAll(sources);
      if (candidate) {
        candidates.add(o);
      }
    }
    states.removeAll(others);
    if (candidates.size() < states.size()) {
      candidates.forEach(this::join);
    }
  }

  private void join(int o) {
    Schedule.OutputInstance instance = instances.get(o);
    Output template = program.outputs().get(instance.template());
    int functional = number(functionals, new Functional(template.name(), 0, template.value()));
    int output = number(outputs, new Output(template.name() + "/joined", 1, Output.slot(0), true));
    Map<String, Double> inputs = new HashMap<>(instance.inputs());
    inputs.remove(ProgramFragments.SHIFT.name());
    events.add(
        new Schedule.FunctionalInstance(functional, new int[] {instance.at()}, List.of(inputs)));
    instances.set(
        o,
        new Schedule.OutputInstance(
            output,
            instance.at(),
            new int[] {events.size() - 1},
            instance.inputs(),
            instance.captured()));
  }

  /** The number of a template, added where it is new. */
  private static <T> int number(List<T> templates, T template) {
    int number = templates.indexOf(template);
    if (number >= 0) {
      return number;
    }
    templates.add(template);
    return templates.size() - 1;
  }
}
