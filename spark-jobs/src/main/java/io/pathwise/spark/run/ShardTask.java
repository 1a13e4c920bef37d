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
import io.pathwise.spark.checkpoint.DamagedSliceException;
import io.pathwise.spark.checkpoint.Part;
import io.pathwise.spark.checkpoint.ShardRange;
import io.pathwise.spark.metrics.PathMetrics;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.hdfs.protocol.QuotaExceededException;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** Runs a contiguous range of shards in one task, a batch at a time: memory does not grow. */
final class ShardTask extends AbstractFunction1<Iterator<long[]>, byte[]> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<byte[]> plan;
  private final ShardWork.Settings settings;
  private final CarryFiles files;
  private final PathCounters counters;
  private final int attempts;

  /**
   * A task.
   *
   * @param attempts how often Spark tries a task
   */
  ShardTask(
      Broadcast<byte[]> plan,
      ShardWork.Settings settings,
      CarryFiles files,
      PathCounters counters,
      int attempts) {
    this.plan = plan;
    this.settings = settings;
    this.files = files;
    this.counters = counters;
    this.attempts = attempts;
  }

  @Override
  public byte[] apply(Iterator<long[]> ranges) {
    long[] range = ranges.next();
    return new Attempt(new ShardRange(range[0], range[1])).run().encode();
  }

  /** One attempt at the task. */
  private final class Attempt {
    private final TaskContext context = TaskContext.get();
    private final long begun = System.nanoTime();
    private final ShardRange range;
    private final SimulationPlan decoded = PlanCodec.decode(plan.value());
    private final ShardExecutor executor = Executors.named(settings.backend());
    private final DeviceRequest request =
        new DeviceRequest(
            Optional.ofNullable(settings.device()),
            gpu(context),
            ParityCheck.valueOf(settings.parityCheck()));
    private long shardNanos;

    Attempt(ShardRange range) {
      this.range = range;
    }

    TaskResult run() {
      Tally tally = new Tally(decoded, Shard.count(settings.paths(), settings.shardSize()));
      try {
        Optional<Part> part = compute(tally);
        return result(TaskResult.Outcome.DONE, "", part, tally);
      } catch (NonFinitePathException e) {
        // The same on every attempt: not worth another.
        return result(TaskResult.Outcome.FAILED, e.getMessage(), Optional.empty(), null);
      } catch (DamagedSliceException e) {
        return result(TaskResult.Outcome.DAMAGED, e.getMessage(), Optional.empty(), null);
      } catch (DeviceException e) {
        if (!e.certain()) {
          throw e;
        }
        return result(TaskResult.Outcome.FAILED, e.getMessage(), Optional.empty(), null);
      } catch (IOException e) {
        boolean last = context.attemptNumber() + 1 >= attempts;
        if (files.to() == null || !(last || e instanceof QuotaExceededException)) {
          throw new UncheckedIOException(e);
        }
        String problem = e.getMessage() == null ? e.toString() : e.getMessage();
        return result(TaskResult.Outcome.NOT_STORED, firstLine(problem), Optional.empty(), null);
      }
    }

    private Optional<Part> compute(Tally tally) throws IOException {
      try (CarryFiles.Open carried = files.open(range, decoded)) {
        long opening = System.nanoTime();
        PlanRunner runner = new PlanRunner(decoded, executor, request);
        long opened = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - opening);
        counters.compileMs().add(opened);
        PathMetrics.SHARED.compiled(opened);
        long end = range.last() + 1;
        for (long first = range.first(); first < end; first += runner.batch()) {
          context.killTaskIfInterrupted();
          List<Shard> shards =
              Shard.range(
                  first,
                  Math.min(end, first + runner.batch()),
                  settings.paths(),
                  settings.shardSize());
          carried.load(shards);
          long started = System.nanoTime();
          runner.run(shards, tally, carried.fine(), carried.coarse());
          shardNanos = (System.nanoTime() - started) / shards.size();
          carried.store(shards);
          count(shards);
        }
        long dropped = paths() - tally.fine().paths();
        counters.nanPaths().add(dropped);
        PathMetrics.SHARED.dropped(dropped);
        return carried.finish();
      }
    }

    private long paths() {
      return Math.min(settings.paths(), (range.last() + 1) * settings.shardSize())
          - range.first() * settings.shardSize();
    }

    private void count(List<Shard> shards) {
      long paths = shards.stream().mapToLong(Shard::size).sum();
      long pathSteps = decoded.pathSteps(paths);
      counters.paths().add(paths);
      counters.pathSteps().add(pathSteps);
      PathMetrics.SHARED.finished(paths, pathSteps);
    }

    private TaskResult result(
        TaskResult.Outcome outcome, String problem, Optional<Part> part, Tally tally) {
      return new TaskResult(
          range,
          context.attemptNumber(),
          SparkEnv.get().executorId(),
          described(executor, request),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
          shardNanos,
          outcome,
          problem,
          part,
          tally == null ? new byte[0] : TaskResult.bytes(tally));
    }
  }

  /** A device in words, with the address that Spark has assigned. */
  private static String described(ShardExecutor executor, DeviceRequest request) {
    String device = executor.device(request).description();
    boolean assigned = request.address().isPresent() && !executor.backend().equals(Executors.CPU);
    return assigned ? device + " (assigned " + request.address().get() + ")" : device;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text);
  }

  /** The GPU that Spark has assigned to the task. */
  static Optional<String> gpu(TaskContext context) {
    ResourceInformation assigned = context.resourcesJMap().get("gpu");
    return assigned == null ? Optional.empty() : Arrays.stream(assigned.addresses()).findFirst();
  }
}
