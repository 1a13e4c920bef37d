package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns a run into one whose paths are pairs with opposite normals; outputs are means of both. */
final class AntitheticPairs {
  private AntitheticPairs() {}

  static PathRun of(PathRun run) {
    PathProgram program = run.program();
    Schedule schedule = run.schedule();
    Twin twin = new Twin(program);
    List<Output> outputs = new ArrayList<>();
    for (Output output : program.outputs()) {
      Expr mean = output.value().plus(twin.second(output)).times(0.5);
      outputs.add(new Output(output.name(), 2 * output.slots(), mean, output.differentiated()));
    }
    List<Schedule.OutputInstance> instances = new ArrayList<>();
    for (Schedule.OutputInstance o : schedule.outputs()) {
      instances.add(
          new Schedule.OutputInstance(
              o.template(), o.at(), Twin.slots(schedule, o), o.inputs(), o.captured()));
    }
    return run.with(
        twin.program(program.noiseSets(), program.step(), mirrored(program), outputs),
        schedule.with(twin.functionals(schedule), instances));
  }

  private static List<Expr> mirrored(PathProgram program) {
    Map<Expr, Expr> opposite = new HashMap<>();
    for (int set = 0; set < program.noiseSets(); set++) {
      for (int c = 0; c < program.channels(); c++) {
        Expr z = PathProgram.normalLeaf(set, c);
        opposite.put(z, z.neg());
      }
    }
    return Graph.substitute(program.step(), opposite);
  }
}
