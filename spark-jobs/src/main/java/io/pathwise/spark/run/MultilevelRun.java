package io.pathwise.spark.run;

import io.pathwise.solve.Multilevel;
import io.pathwise.solve.MultilevelSolution;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.solve.Tally;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.Progress;
import io.pathwise.spark.job.Resume;
import io.pathwise.spark.job.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;

/**
 * Multilevel Monte Carlo on Spark: one sharded simulation a level and batch. What is run follows
 * from sums alone, so that the results depend neither on the partitions nor on the machines.
 */
final class MultilevelRun implements Multilevel.Runner {
  private final JobSpec job;
  private final SparkContext spark;
  private final String backend;
  private final Progress progress;
  private final List<ResultRows.Lineage> lineage = new ArrayList<>();
  private long paths;
  private long shards;
  private long pathSteps;
  private long dropped;

  private MultilevelRun(JobSpec job, SparkContext spark, String backend, Progress progress) {
    this.job = job;
    this.spark = spark;
    this.backend = backend;
    this.progress = progress;
  }

  /**
   * Runs a job until its error is met.
   *
   * @throws RunFailedException if it is not met on the finest level that may be reached
   */
  static Results run(
      JobSpec job, RunOptions options, SparkContext spark, RunRecord record, Progress progress) {
    if (options.resume() == Resume.ANY) {
      throw new BadJobException(
          List.of("--resume: levels are not kept, expected a run from the beginning"));
    }
    MultilevelRun run = new MultilevelRun(job, spark, record.backend(), progress);
    MultilevelSolution solution = JobPlan.multilevel(job).on(run).solve();
    record.simulated(run.paths, run.shards);
    MultilevelResults results = new MultilevelResults(job, solution);
    if (!solution.converged()) {
      throw new RunFailedException(results.failure());
    }
    return new Results(
        results.npv(),
        results.sensitivity(),
        results.convergence(),
        List.of(),
        run.lineage,
        run.pathSteps,
        results.notes(run.dropped));
  }

  @Override
  public Tally run(SimulationPlan plan, long batch) {
    ShardWork work = new ShardWork(plan, batch, job.simulation().shardSize(), backend, job.gpu());
    ShardedRun sharded = new ShardedRun(spark, work, Optional.empty());
    Tally tally = sharded.run(Start.fresh(work), progress);
    sharded.lineage().forEach(row -> lineage.add(row.behind(shards)));
    paths += batch;
    dropped += batch - tally.fine().paths();
    shards += work.shards();
    pathSteps += plan.pathSteps(batch);
    return tally;
  }
}
