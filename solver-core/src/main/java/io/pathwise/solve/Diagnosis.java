package io.pathwise.solve;

import io.pathwise.kernel.Schedule;
import java.util.List;
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
    double[][] states = replay.states(path);
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
    double[] outputs = replay.outputs(path, states);
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
    return exception(
        path,
        run.continued()
            ? "not finite after t = %s, where it was taken up"
                .formatted(schedule.times()[run.leg().from()])
            : "a value was not finite in the kernel and is in its replay");
  }

  /** Checks the sums of a shard whose paths are all finite: derivatives may not be. */
  public void requireFinite(double[] totals, Shard shard) {
    for (int sum = 0; sum < totals.length; sum++) {
      if (!Double.isFinite(totals[sum])) {
        throw new NonFinitePathException(
            shard.first(),
            String.format(
                Locale.ROOT,
                "shard %d (paths %d to %d): %s is %s; parameters %s",
                shard.number(),
                shard.first(),
                shard.first() + shard.size() - 1,
                describe(sum),
                totals[sum],
                run.parameters()));
      }
    }
  }

  /** A sum of a shard in words, by its place. */
  public String describe(int sum) {
    List<Schedule.OutputInstance> outputs = run.schedule().outputs();
    int o = 0;
    while (o + 1 < outputs.size() && run.offset(o + 1) <= sum) {
      o++;
    }
    int j = sum - run.offset(o);
    Schedule.OutputInstance instance = outputs.get(o);
    return String.format(
        Locale.ROOT,
        "the sum of %s%s%s at t = %s",
        j % 2 == 0 ? "" : "squares of ",
        j < 2 ? "" : "the derivative in " + run.program().gradient().get(j / 2 - 1) + " of ",
        run.program().outputs().get(instance.template()).name(),
        run.schedule().times()[instance.at()]);
  }

  private NonFinitePathException exception(long path, String what) {
    return new NonFinitePathException(
        path, "path " + path + ": " + what + "; parameters " + run.parameters());
  }
}
