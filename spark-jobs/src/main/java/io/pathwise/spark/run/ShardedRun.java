package io.pathwise.spark.run;

import io.pathwise.solve.PlanCodec;
import io.pathwise.solve.Shard;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.solve.Tally;
import io.pathwise.spark.job.GpuSpec;
import io.pathwise.spark.job.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Runs a simulation on Spark: a task a range of shards, whose partial results are merged as they
 * arrive. The numbers do not depend on the ranges or on the order of arrival.
 */
final class ShardedRun {
  /** Tasks a core for short runs: enough to balance and to show progress. */
  private static final long LEAST_TASKS_PER_CORE = 4;

  /** Tasks a core for long runs: few enough to cost nothing. */
  private static final long MOST_TASKS_PER_CORE = 32;

  /** Shards a task that are worth a task. */
  private static final int SHARDS_PER_TASK = 8;

  /** Shards that fill a GPU: a task on one should not have fewer. */
  private static final int SHARDS_PER_GPU_TASK = 512;

  private static final String PARALLELISM = "spark.default.parallelism";

  private final SparkContext spark;
  private final SimulationPlan plan;
  private final long paths;
  private final int shardSize;
  private final String backend;
  private final GpuSpec gpu;
  private final List<ResultRows.Lineage> lineage = new ArrayList<>();

  /**
   * The simulation of a job.
   *
   * @param backend the name of the executor of shards
   */
  ShardedRun(SparkContext spark, JobPlan job, String backend) {
    this.spark = spark;
    this.plan = job.plan();
    this.paths = job.job().simulation().paths();
    this.shardSize = job.job().simulation().shardSize();
    this.backend = backend;
    this.gpu = job.job().gpu();
  }

  /**
   * Runs all shards.
   *
   * @throws RunFailedException if a path is not finite
   */
  Tally run(Progress progress) {
    return run(progress, partitions(Shard.count(paths, shardSize)));
  }

  /** Runs all shards in so many tasks, at most one a shard. */
  Tally run(Progress progress, int partitions) {
    long shards = Shard.count(paths, shardSize);
    List<long[]> ranges =
        IntStream.range(0, partitions)
            .mapToObj(p -> new long[] {p * shards / partitions, (p + 1) * shards / partitions - 1})
            .toList();
    Tally all = new Tally(plan, shards);
    JavaSparkContext java = JavaSparkContext.fromSparkContext(spark);
    Broadcast<byte[]> broadcast = java.broadcast(PlanCodec.encode(plan));
    String group = "pathwise-" + UUID.randomUUID();
    Merge merge = new Merge(all, progress, group);
    progress.begin(paths);
    spark.setJobGroup(group, "shards 0 to " + (shards - 1), true);
    try {
      JavaRDD<long[]> rdd = java.parallelize(ranges, partitions);
      ClassTag<byte[]> bytes = ClassTag$.MODULE$.apply(byte[].class);
      spark.runJob(
          rdd.rdd(),
          new ShardTask(broadcast, paths, shardSize, backend, gpu),
          CollectionConverters.asScala(
                  IntStream.range(0, partitions).mapToObj(p -> (Object) p).toList())
              .toSeq(),
          merge,
          bytes);
    } catch (Exception e) { // Spark's are checked and not declared.
      throw merge.failure != null ? merge.failure : RunFailedException.of(e);
    } finally {
      spark.clearJobGroup();
      broadcast.destroy();
    }
    if (merge.failure != null) {
      throw merge.failure;
    }
    return all;
  }

  /** Which shards ran where, in their order. */
  List<ResultRows.Lineage> lineage() {
    return lineage.stream()
        .sorted(Comparator.comparingLong(ResultRows.Lineage::shardFirst))
        .toList();
  }

  private int partitions(long shards) {
    int cores = spark.defaultParallelism();
    boolean accelerated = !backend.equals(Executors.CPU);
    long most = shards / (accelerated ? SHARDS_PER_GPU_TASK : SHARDS_PER_TASK);
    long least = accelerated ? cores : LEAST_TASKS_PER_CORE * cores;
    long wanted =
        spark.conf().contains(PARALLELISM)
            ? spark.conf().getInt(PARALLELISM, 1)
            : Math.max(least, Math.min(most, MOST_TASKS_PER_CORE * cores));
    return (int) Math.min(shards, Math.max(1, wanted));
  }

  /** Takes the results of tasks; Spark calls it from one thread at a time. */
  private final class Merge extends AbstractFunction2<Object, byte[], BoxedUnit> {
    private final Tally all;
    private final Progress progress;
    private final String group;
    private volatile RunFailedException failure;

    Merge(Tally all, Progress progress, String group) {
      this.all = all;
      this.progress = progress;
      this.group = group;
    }

    @Override
    public BoxedUnit apply(Object partition, byte[] bytes) {
      TaskResult task = TaskResult.decode(bytes);
      if (!task.failure().isEmpty() && failure == null) {
        failure = new RunFailedException(task.failure());
        spark.cancelJobGroup(group);
      }
      if (failure != null) {
        return BoxedUnit.UNIT;
      }
      task.addTo(all);
      lineage.add(
          new ResultRows.Lineage(
              task.firstShard(),
              task.lastShard(),
              task.attempt(),
              task.executor(),
              task.device(),
              task.checksum(),
              task.wallMs()));
      long first = task.firstShard() * shardSize;
      long done = Math.min(paths, (task.lastShard() + 1) * shardSize) - first;
      progress.advance(done, plan.pathSteps(done));
      return BoxedUnit.UNIT;
    }
  }
}
