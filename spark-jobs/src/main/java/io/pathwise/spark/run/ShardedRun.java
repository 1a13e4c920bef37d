package io.pathwise.spark.run;

import io.pathwise.solve.Leg;
import io.pathwise.solve.Tally;
import io.pathwise.spark.checkpoint.ShardRange;
import io.pathwise.spark.job.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;

/**
 * Runs a simulation on Spark: a task a range of shards, whose partial results are merged as they
 * arrive. The numbers depend neither on the ranges nor on the order of arrival, nor on where the
 * grid is cut or the run begins again.
 */
final class ShardedRun {
  private static final String PARALLELISM = "spark.default.parallelism";

  /** Shards that fill a GPU: a task on one should not have fewer. */
  private static final int SHARDS_PER_GPU_TASK = 512;

  private final SparkContext spark;
  private final ShardWork work;
  private final Optional<Checkpoints> checkpoints;
  private final OptionalInt tasks;
  private final PathCounters counters;
  private final List<ResultRows.Lineage> lineage = new ArrayList<>();

  /**
   * The simulation of a job.
   *
   * @param checkpoints where the run is kept, if it is
   */
  ShardedRun(SparkContext spark, ShardWork work, Optional<Checkpoints> checkpoints) {
    this(spark, work, checkpoints, given(spark));
  }

  /** The same in a given number of tasks, at most one a shard. */
  ShardedRun(
      SparkContext spark, ShardWork work, Optional<Checkpoints> checkpoints, OptionalInt tasks) {
    this.spark = spark;
    this.work = work;
    this.checkpoints = checkpoints;
    this.tasks = tasks;
    this.counters = PathCounters.of(spark);
  }

  private static OptionalInt given(SparkContext spark) {
    return spark.conf().contains(PARALLELISM)
        ? OptionalInt.of(spark.conf().getInt(PARALLELISM, 1))
        : OptionalInt.empty();
  }

  /**
   * Runs what is missing.
   *
   * @throws RunFailedException if a path is not finite
   * @throws io.pathwise.spark.checkpoint.DamagedSliceException if what paths carry cannot be read
   */
  Tally run(Start start, Progress progress) {
    lineage.clear();
    lineage.addAll(start.lineage());
    progress.begin(work.paths());
    PathProgress advance = new PathProgress(work, start, progress);
    boolean cuts = checkpoints.isPresent() && checkpoints.get().everySteps().isPresent();
    boolean inLegs = start.step() < work.steps() && (cuts || start.step() > 0);
    Tally all =
        inLegs
            ? new LeggedRun(this, work, checkpoints).run(start, advance)
            : new WholeRun(this, work, checkpoints).run(start, advance);
    checkpoints.ifPresent(
        kept ->
            kept.write(
                Positions.at(work.plan(), work.steps()),
                List.of(new ShardRange(0, work.shards() - 1)),
                TaskResult.bytes(all),
                List.of(),
                lineage()));
    return all;
  }

  /** Spark jobs over one leg, whose results go to a consumer and whose tasks are noted. */
  ShardJob job(Leg leg, CarryFiles files, Consumer<TaskResult> delivered) {
    return new ShardJob(
        spark,
        work,
        leg,
        files,
        counters,
        task -> {
          synchronized (lineage) {
            lineage.add(
                new ResultRows.Lineage(
                    task.shards().first(),
                    task.shards().last(),
                    leg.from(),
                    leg.to(),
                    task.attempt(),
                    task.executor(),
                    task.device(),
                    task.checksum(),
                    task.wallMs()));
          }
          delivered.accept(task);
        });
  }

  /** A leg is done again: the tasks that were noted do not count. */
  void forget(Leg leg) {
    synchronized (lineage) {
      lineage.removeIf(row -> row.stepFirst() == leg.from() && row.stepLast() == leg.to());
    }
  }

  /** Nothing to read or write. */
  CarryFiles noFiles() {
    return CarryFiles.none(spark.hadoopConfiguration());
  }

  /** Which shards ran where, leg by leg and in their order. */
  List<ResultRows.Lineage> lineage() {
    synchronized (lineage) {
      return lineage.stream()
          .sorted(
              Comparator.comparingInt(ResultRows.Lineage::stepFirst)
                  .thenComparingLong(ResultRows.Lineage::shardFirst))
          .toList();
    }
  }

  /** The number of tasks, where it is given. */
  OptionalInt tasks() {
    return tasks;
  }

  /** How shards are cut into tasks. */
  TaskSizes sizes() {
    boolean accelerated = !work.backend().equals(Executors.CPU);
    return new TaskSizes(spark.defaultParallelism(), accelerated ? SHARDS_PER_GPU_TASK : 1);
  }

  /** Equal tasks for shards of unknown cost. */
  List<ShardRange> equal(List<ShardRange> left) {
    return tasks.isPresent() ? TaskSizes.equal(left, tasks.getAsInt()) : sizes().equal(left);
  }
}
