package io.pathwise.spark.run;

import io.pathwise.solve.DeviceException;
import io.pathwise.solve.DeviceRequest;
import io.pathwise.solve.NonFinitePathException;
import io.pathwise.solve.ParityCheck;
import io.pathwise.solve.PlanCodec;
import io.pathwise.solve.PlanRunner;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardExecutor;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.solve.Tally;
import io.pathwise.spark.job.GpuSpec;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;
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
  private final String device;
  private final ParityCheck parityCheck;

  ShardTask(Broadcast<byte[]> plan, long paths, int shardSize, String backend, GpuSpec gpu) {
    this.device = gpu.device().orElse(null);
    this.parityCheck = gpu.parityCheck();
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
    DeviceRequest request =
        new DeviceRequest(Optional.ofNullable(device), gpu(context), parityCheck);
    Tally tally = new Tally(decoded, Shard.count(paths, shardSize));
    String failure = "";
    try {
      PlanRunner runner = new PlanRunner(decoded, executor, request);
      long end = range[1] + 1;
      for (long shard = range[0]; shard < end; shard += runner.batch()) {
        context.killTaskIfInterrupted();
        long next = Math.min(end, shard + runner.batch());
        runner.run(Shard.range(shard, next, paths, shardSize), tally);
      }
    } catch (NonFinitePathException e) {
      failure = e.getMessage(); // The same on every attempt: not worth another.
    } catch (DeviceException e) {
      if (!e.certain()) {
        throw e;
      }
      failure = e.getMessage();
    }
    return new TaskResult(
            range[0],
            range[1],
            context.attemptNumber(),
            SparkEnv.get().executorId(),
            executor.device(request).description(),
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
            failure,
            failure.isEmpty() ? TaskResult.bytes(tally) : new byte[0])
        .encode();
  }

  /** The GPU that Spark has assigned to the task. */
  private static Optional<String> gpu(TaskContext context) {
    ResourceInformation assigned = context.resourcesJMap().get("gpu");
    return assigned == null ? Optional.empty() : Arrays.stream(assigned.addresses()).findFirst();
  }
}
