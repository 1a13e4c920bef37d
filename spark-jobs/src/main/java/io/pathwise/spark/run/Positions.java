package io.pathwise.spark.run;

import io.pathwise.expr.Graph;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Functional;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.spark.checkpoint.Slice;
import io.pathwise.spark.job.Digests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Describes where the paths of a plan stand, so that another plan can tell whether it fits. */
final class Positions {
  private Positions() {}

  /** At a grid index of the run. */
  static Slice.Position at(SimulationPlan plan, int step) {
    PathRun fine = plan.fine();
    Schedule schedule = fine.schedule();
    double time = schedule.times()[step];
    int steps = schedule.steps();
    return new Slice.Position(
        step,
        time,
        steps,
        digest(Arrays.toString(Arrays.copyOf(schedule.times(), step + 1))),
        fine.seed(),
        fine.stream(),
        step < steps ? schedule.fineStep()[step] : steps,
        carried(fine, step),
        plan.coarse()
            .filter(coarse -> plan.cuttable(step))
            .map(coarse -> carried(coarse, coarseStep(coarse, time)))
            .orElse(List.of()));
  }

  private static int coarseStep(PathRun coarse, double time) {
    return Arrays.binarySearch(coarse.schedule().times(), time);
  }

  /** What the rows of a path hold over a cut, in words that do not change from plan to plan. */
  private static List<String> carried(PathRun run, int cut) {
    List<String> rows = new ArrayList<>();
    run.program().stateNames().forEach(name -> rows.add("state " + name));
    for (int f : run.carried(cut)) {
      rows.add(functional(run, run.schedule().functionals().get(f)));
    }
    return rows;
  }

  private static String functional(PathRun run, Schedule.FunctionalInstance instance) {
    Functional template = run.program().functionals().get(instance.template());
    StringBuilder text = new StringBuilder(Graph.digest(template.update()));
    template.initial().forEach(text::append);
    for (int e = 0; e < instance.events().length; e++) {
      text.append(' ').append(run.schedule().times()[instance.events()[e]]);
      text.append(new TreeMap<>(instance.inputs().get(e)));
    }
    return "functional " + template.name() + " " + digest(text.toString());
  }

  private static String digest(String text) {
    return Digests.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }
}
