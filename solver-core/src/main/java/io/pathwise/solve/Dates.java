package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The grid indices at which differentiated outputs are read, and what has to be swept for them. */
final class Dates {
  private final PathProgram program;
  private final Schedule schedule;
  private final List<Date> all = new ArrayList<>();
  private final List<Integer> dateOf = new ArrayList<>();

  /**
   * What an output reads: a state, or a component of a functional instance; the other is -1.
   *
   * @param state the number of the state
   * @param functional the number of the functional instance
   * @param component the component of the functional
   */
  record Read(int state, int functional, int component) {}

  /**
   * A grid index.
   *
   * @param at the index
   * @param sources what its outputs read, each once
   * @param outputs the numbers of the outputs
   * @param sourceOf for each output, the numbers of its sources among those of the date
   */
  record Date(int at, List<Read> sources, int[] outputs, int[][] sourceOf) {}

  Dates(PathRun run) {
    this.program = run.program();
    this.schedule = run.schedule();
    TreeMap<Integer, List<Integer>> swept = new TreeMap<>();
    for (int o = 0; o < schedule.outputs().size(); o++) {
      Schedule.OutputInstance instance = schedule.outputs().get(o);
      if (run.derivatives(instance) > 0 && template(o).swept()) {
        swept.computeIfAbsent(instance.at(), k -> new ArrayList<>()).add(o);
      }
    }
    swept.forEach((at, outputs) -> all.add(date(at, outputs)));
    for (Date date : all) {
      date.sources().forEach(source -> dateOf.add(date.at()));
    }
  }

  private Output template(int o) {
    return program.outputs().get(schedule.outputs().get(o).template());
  }

  /** The dates, increasing. */
  List<Date> all() {
    return all;
  }

  /** The last grid index, -1 for none. */
  int last() {
    return all.isEmpty() ? -1 : all.get(all.size() - 1).at();
  }

  /** The grid index of a source, numbered through all dates. */
  int of(int source) {
    return dateOf.get(source);
  }

  /** Whether the derivatives of output {@code o} come from its tangents. */
  boolean carriesTangents(int o) {
    return !template(o).tangents().isEmpty();
  }

  private Date date(int at, List<Integer> outputs) {
    List<Read> sources = new ArrayList<>();
    int[][] sourceOf = new int[outputs.size()][];
    for (int j = 0; j < sourceOf.length; j++) {
      Schedule.OutputInstance instance = schedule.outputs().get(outputs.get(j));
      List<Expr> leaves = ProgramFragments.sources(program, instance.template());
      sourceOf[j] = new int[leaves.size()];
      for (int s = 0; s < leaves.size(); s++) {
        Read source = source(leaves.get(s), instance);
        if (!sources.contains(source)) {
          sources.add(source);
        }
        sourceOf[j][s] = sources.indexOf(source);
      }
    }
    return new Date(at, sources, outputs.stream().mapToInt(Integer::intValue).toArray(), sourceOf);
  }

  private Read source(Expr leaf, Schedule.OutputInstance instance) {
    for (int k = 0; k < instance.functionals().length; k++) {
      int f = instance.functionals()[k];
      int template = schedule.functionals().get(f).template();
      for (int j = 0; j < program.functionals().get(template).components(); j++) {
        if (leaf.equals(Output.slot(k, j))) {
          return new Read(-1, f, j);
        }
      }
    }
    for (int i = 0; i < program.states(); i++) {
      if (leaf.equals(PathProgram.state(i))) {
        return new Read(i, -1, -1);
      }
    }
    throw new IllegalStateException("no source for " + leaf.name());
  }
}
