package io.pathwise.solve;

import io.pathwise.kernel.Schedule;
import java.util.Locale;
import java.util.TreeMap;

/** Says where a run left the finite numbers: which path, state, time and parameters. */
public final class Diagnosis {
  private final PathRun run;

  /** Of a run. */
  public Diagnosis(PathRun run) {
    this.run = run;
  }

  /** Walks the path again to find the first value that is not finite. */
  public NonFinitePathException notFinite(long path) {
    PathReplay replay = new PathReplay(run);
    double[][] states = replay.states(replay.normalsOf(path));
    Schedule schedule = run.schedule();
    for (int k = 0; k < states.length; k++) {
      for (int i = 0; i < states[k].length; i++) {
        if (!Double.isFinite(states[k][i])) {
          String what =
              String.format(
                  Locale.ROOT,
                  "state %s is %s at t = %s (step %d of %d)",
                  run.program().stateNames().get(i),
                  states[k][i],
                  schedule.times()[k],
                  k,
                  schedule.steps());
          return exception(path, what);
        }
      }
    }
    double[] outputs = replay.outputs(states);
    for (int o = 0; o < outputs.length; o++) {
      if (!Double.isFinite(outputs[o])) {
        Schedule.OutputInstance instance = schedule.outputs().get(o);
        String name = run.program().outputs().get(instance.template()).name();
        return exception(
            path,
            String.format(
                Locale.ROOT,
                "%s is %s at t = %s (inputs %s)",
                name,
                outputs[o],
                schedule.times()[instance.at()],
                new TreeMap<>(instance.inputs())));
      }
    }
    return exception(path, "a value was not finite in the kernel and is in its replay");
  }

  /** Checks the sums of a shard whose paths are all finite: derivatives may not be. */
  public void requireFinite(double[] totals, Shard shard) {
    for (int o = 0; o < run.schedule().outputs().size(); o++) {
      Schedule.OutputInstance instance = run.schedule().outputs().get(o);
      int offset = run.offset(o);
      for (int j = 0; j < 2 * (1 + run.derivatives(instance)); j++) {
        if (!Double.isFinite(totals[offset + j])) {
          String name = run.program().outputs().get(instance.template()).name();
          String what =
              j < 2 ? "" : "the derivative in " + run.program().gradient().get(j / 2 - 1) + " of ";
          throw new NonFinitePathException(
              shard.first(),
              String.format(
                  Locale.ROOT,
                  "shard %d (paths %d to %d): the sum of %s%s%s at t = %s is %s; parameters %s",
                  shard.number(),
                  shard.first(),
                  shard.first() + shard.size() - 1,
                  j % 2 == 0 ? "" : "squares of ",
                  what,
                  name,
                  run.schedule().times()[instance.at()],
                  totals[offset + j],
                  run.parameters()));
        }
      }
    }
  }

  private NonFinitePathException exception(long path, String what) {
    return new NonFinitePathException(
        path, "path " + path + ": " + what + "; parameters " + run.parameters());
  }
}
