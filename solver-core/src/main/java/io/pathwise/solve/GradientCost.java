package io.pathwise.solve;

import io.pathwise.adjoint.Tangents;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Reverse;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What derivatives cost, in operations of the steps of a path: forward mode adds to every step and
 * serves all outputs; a sweep serves all parameters, and every date has one for each state or
 * functional that is read then.
 */
final class GradientCost {
  private final PathRun run;
  private final PathProgram program;

  private GradientCost(PathRun run) {
    this.run = run;
    this.program = run.program();
  }

  /**
   * Why forward mode is the cheaper way; empty where it is not, or is not known to be. It is looked
   * at where there are fewer parameters than dates.
   */
  static Optional<String> forward(PathRun run) {
    PathProgram program = run.program();
    boolean plain = program.curves().isEmpty() && program.recurrences().isEmpty();
    return program.swept() && plain && program.tree().isEmpty()
        ? new GradientCost(run).forward()
        : Optional.empty();
  }

  private Optional<String> forward() {
    int parameters = program.gradient().size();
    Map<Integer, Integer> sweeps = sweeps();
    int count = sweeps.values().stream().mapToInt(Integer::intValue).sum();
    if (parameters >= sweeps.size()) {
      return Optional.empty();
    }
    double backward = 0;
    for (Map.Entry<Integer, Integer> date : sweeps.entrySet()) {
      backward += (double) date.getKey() * date.getValue() * stepBack();
    }
    double ahead = (double) run.schedule().steps() * stepAhead();
    return ahead < backward
        ? Optional.of(
            parameters
                + " parameters and "
                + count
                + " sweeps from "
                + sweeps.size()
                + " dates: %.0f operations a path forward, %.0f backward"
                    .formatted(ahead, backward))
        : Optional.empty();
  }

  /** By date, the number of sources that differentiated outputs read. */
  private Map<Integer, Integer> sweeps() {
    TreeMap<Integer, TreeSet<String>> sources = new TreeMap<>();
    for (Schedule.OutputInstance instance : run.schedule().outputs()) {
      Output output = program.outputs().get(instance.template());
      if (output.swept()) {
        for (Expr leaf : ProgramFragments.sources(program, instance.template())) {
          sources
              .computeIfAbsent(instance.at(), at -> new TreeSet<>())
              .add(source(leaf, instance, output));
        }
      }
    }
    TreeMap<Integer, Integer> sweeps = new TreeMap<>();
    sources.forEach((at, names) -> sweeps.put(at, names.size()));
    return sweeps;
  }

  /** A functional by its instance, which several outputs of a date may read in different slots. */
  private static String source(Expr leaf, Schedule.OutputInstance instance, Output output) {
    for (int k = 0; k < output.slots(); k++) {
      String slot = Output.slot(k).name();
      if (leaf.name().equals(slot) || leaf.name().startsWith(slot + "[")) {
        return instance.functionals()[k] + ":" + leaf.name().substring(slot.length());
      }
    }
    return leaf.name();
  }

  private int stepBack() {
    List<Expr> inputs = new ArrayList<>();
    List<Expr> adjoints = new ArrayList<>();
    for (int i = 0; i < program.states(); i++) {
      inputs.add(PathProgram.state(i));
      adjoints.add(ProgramFragments.adjoint(i));
    }
    program.gradient().forEach(name -> inputs.add(Expr.param(name)));
    return operations(Reverse.gradient(program.step(), adjoints, inputs));
  }

  private int stepAhead() {
    List<Expr> all = Tangents.of(program, program.gradient()).program().step();
    return operations(all) - operations(program.step());
  }

  private static int operations(List<Expr> values) {
    return (int)
        Graph.topological(values).stream()
            .filter(node -> node.varying() && !node.args().isEmpty())
            .count();
  }
}
