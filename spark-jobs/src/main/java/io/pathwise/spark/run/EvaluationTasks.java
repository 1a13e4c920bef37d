package io.pathwise.spark.run;

import io.pathwise.estimate.Segments;
import io.pathwise.solve.DeviceRequest;
import io.pathwise.solve.NonFinitePathException;
import io.pathwise.solve.ParityCheck;
import io.pathwise.solve.PlanValues;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardExecutor;
import io.pathwise.solve.ShardResult;
import io.pathwise.solve.ShardRunner;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.spark.metrics.PathMetrics;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;

/**
 * What tasks do in one evaluation of a plan: a range of shards, first to last, is run at the
 * values.
 *
 * @param plan the plan, at some other values
 * @param values those of this evaluation
 * @param settings of the run
 */
record EvaluationTasks(Broadcast<SharedPlan> plan, Parcel values, ShardWork.Settings settings)
    implements Serializable {

  /** Adds up what shards deliver. */
  Function2<Delivered, long[], Delivered> add() {
    return (sums, range) -> {
      try {
        run(range, sums::add);
      } catch (NonFinitePathException e) {
        sums.fail(e); // The same on every attempt: not worth another.
      }
      return sums;
    };
  }

  /** What each shard delivers. */
  FlatMapFunction<long[], Delivered> each(Segments segments, int size) {
    long[] ends = segments.ends();
    return range -> {
      List<Delivered> shards = new ArrayList<>();
      try {
        run(
            range,
            result -> {
              Delivered shard = new Delivered(new Segments(ends), size);
              shard.add(result);
              shards.add(shard);
            });
      } catch (NonFinitePathException e) {
        Delivered failed = new Delivered(new Segments(ends), size);
        failed.fail(e);
        shards.add(failed);
      }
      return shards.iterator();
    };
  }

  private void run(long[] range, Consumer<ShardResult> sink) {
    SimulationPlan at = plan.value().plan().with(PlanValues.decode(values.bytes()));
    ShardExecutor executor = Executors.named(settings.backend());
    TaskContext task = TaskContext.get();
    DeviceRequest request =
        new DeviceRequest(
            Optional.ofNullable(settings.device()),
            ShardTask.gpu(task),
            ParityCheck.valueOf(settings.parityCheck()));
    ShardRunner runner = executor.open(at.fine(), request);
    long end = range[1] + 1;
    for (long first = range[0]; first < end; first += runner.batch()) {
      task.killTaskIfInterrupted();
      List<Shard> shards =
          Shard.range(
              first, Math.min(end, first + runner.batch()), settings.paths(), settings.shardSize());
      runner.run(shards, (output, paths, observed, n) -> {}).forEach(sink);
      long paths = shards.stream().mapToLong(Shard::size).sum();
      PathMetrics.SHARED.finished(paths, at.pathSteps(paths));
    }
  }
}
