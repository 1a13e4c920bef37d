package io.pathwise.spark.cli;

import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.RunOptions;
import io.pathwise.spark.job.SimulationSpec;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows what a run would do. */
final class DryRun {
  private DryRun() {}

  static void print(JobSpec job, RunOptions options, boolean quiet, PrintWriter out) {
    if (quiet) {
      out.println(options.runId());
      return;
    }
    SimulationSpec simulation = job.simulation();
    double pathSteps = (double) simulation.paths() * simulation.steps();
    out.print(job.configText());
    out.println("# run id: " + options.runId());
    out.println("# as of: " + options.asOf());
    if (job.history().isPresent()) {
      out.println("# history: " + job.history().get().summary());
      return;
    }
    out.println("# trades: " + job.trades().size());
    out.println(
        String.format(
            Locale.ROOT,
            "# work: %d paths x %d steps = %.4g path-steps, %d shards of %d paths",
            simulation.paths(),
            simulation.steps(),
            pathSteps,
            simulation.shards(),
            simulation.shardSize()));
  }
}
