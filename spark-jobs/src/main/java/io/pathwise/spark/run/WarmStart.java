package io.pathwise.spark.run;

import io.pathwise.kernel.Lanes;
import io.pathwise.solve.PlanRunner;
import io.pathwise.solve.Shard;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.solve.Tally;
import io.pathwise.spark.job.JobSpec;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uses the seconds in which Spark starts: compiles the kernels of a job and runs a block of paths
 * over and over, so that the JIT compiler has seen them when the tasks begin. What it computes is
 * thrown away. For masters whose tasks run in this JVM.
 */
final class WarmStart {
  private static final Logger LOG = LoggerFactory.getLogger(WarmStart.class);

  private volatile boolean over;

  /** Starts where tasks of {@code master} run in this JVM. */
  static WarmStart of(JobSpec job, String master, String backend) {
    WarmStart warm = new WarmStart();
    if (master.startsWith("local")) {
      Thread thread = new Thread(() -> warm.run(job, backend), "pathwise-warm-start");
      thread.setDaemon(true);
      thread.start();
    }
    return warm;
  }

  private void run(JobSpec job, String backend) {
    try {
      SimulationPlan plan = JobPlan.of(job).plan();
      PlanRunner runner =
          new PlanRunner(plan, Executors.named(backend), job.gpu().request(Optional.empty()));
      Shard block = new Shard(0, 0, (int) Math.min(Lanes.WIDTH, job.simulation().samples()));
      while (!over) {
        runner.run(List.of(block), new Tally(plan, job.simulation().shards()));
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.debug("the run itself will say why", e);
    }
  }

  /** Ends it after the block it is at. */
  void end() {
    over = true;
  }
}
