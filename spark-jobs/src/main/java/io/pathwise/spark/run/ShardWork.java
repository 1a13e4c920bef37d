package io.pathwise.spark.run;

import io.pathwise.solve.Leg;
import io.pathwise.solve.Shard;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.spark.checkpoint.ShardRange;
import io.pathwise.spark.job.GpuSpec;
import java.io.Serializable;

/**
 * What all Spark jobs of a run work on.
 *
 * @param plan the whole plan
 * @param paths the number of paths; antithetic pairs count as one
 * @param shardSize paths a shard
 * @param backend the name of the executor of shards
 * @param gpu how devices are used
 */
record ShardWork(SimulationPlan plan, long paths, int shardSize, String backend, GpuSpec gpu) {

  /** The work of a job. */
  static ShardWork of(JobPlan job, String backend) {
    return new ShardWork(
        job.plan(),
        job.job().simulation().samples(),
        job.job().simulation().shardSize(),
        backend,
        job.job().gpu());
  }

  /** The number of shards. */
  long shards() {
    return Shard.count(paths, shardSize);
  }

  /** The number of paths in some shards, the last of which may be smaller. */
  long paths(ShardRange range) {
    return Math.min(paths, (range.last() + 1) * shardSize) - range.first() * shardSize;
  }

  /** The steps of the whole grid. */
  int steps() {
    return plan.fine().schedule().steps();
  }

  /** The whole grid. */
  Leg whole() {
    return new Leg(0, steps());
  }

  /** The part that travels with every task. */
  Settings settings() {
    return new Settings(
        paths, shardSize, backend, gpu.device().orElse(null), gpu.parityCheck().name());
  }

  /** What a task needs besides the plan. */
  record Settings(long paths, int shardSize, String backend, String device, String parityCheck)
      implements Serializable {}
}
