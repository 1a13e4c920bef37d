package io.pathwise.spark.run;

import io.pathwise.solve.NonFinitePathException;
import io.pathwise.solve.PlanCodec;
import io.pathwise.solve.PlanRunner;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardExecutor;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.solve.Tally;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** Runs a contiguous range of shards in one task, a shard at a time: memory does not grow. */
final class ShardTask extends AbstractFunction2<TaskContext, Iterator<long[]>, byte[]>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<byte[]> plan;
  private final long paths;
  private final int shardSize;
  private final String backend;

  ShardTask(Broadcast<byte[]> plan, long paths, int shardSize, String backend) {
    this.plan = plan;
    this.paths = paths;
    this.shardSize = shardSize;
    this.backend = backend;
  }

  @Override
  public byte[] apply(TaskContext context, Iterator<long[]> ranges) {
    long begun = System.nanoTime();
    long[] range = ranges.next();
    SimulationPlan decoded = PlanCodec.decode(plan.value());
    ShardExecutor executor = Executors.named(backend);
    Tally tally = new Tally(decoded, Shard.count(paths, shardSize));
    String failure = "";
    try {
      PlanRunner runner = new PlanRunner(decoded, executor);
      for (long shard = range[0]; shard <= range[1]; shard++) {
        context.killTaskIfInterrupted();
        runner.run(Shard.of(shard, paths, shardSize), tally);
      }
    } catch (NonFinitePathException e) {
      failure = e.getMessage(); // The same on every attempt: not worth another.
    }
    return new TaskResult(
            range[0],
            range[1],
            context.attemptNumber(),
            SparkEnv.get().executorId(),
            executor.device(),
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
            failure,
            failure.isEmpty() ? TaskResult.bytes(tally) : new byte[0])
        .encode();
  }
}
