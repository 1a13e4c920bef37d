package io.pathwise.spark.run;

import io.pathwise.solve.Leg;
import io.pathwise.solve.PlanCodec;
import io.pathwise.spark.checkpoint.DamagedSliceException;
import io.pathwise.spark.checkpoint.ShardRange;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.FutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Runs ranges of shards over one leg of the grid as Spark jobs, a task a range, and hands over what
 * tasks deliver as they come. The first failure cancels all of them.
 */
final class ShardJob implements AutoCloseable {
  private final SparkContext spark;
  private final ShardWork work;
  private final CarryFiles files;
  private final Consumer<TaskResult> delivered;
  private final PathCounters counters;
  private final Broadcast<byte[]> plan;
  private final String group = "pathwise-" + UUID.randomUUID();
  private final List<FutureAction<BoxedUnit>> jobs = new ArrayList<>();
  private volatile RuntimeException failure;

  /**
   * A job.
   *
   * @param delivered takes results, from one thread at a time
   */
  ShardJob(
      SparkContext spark,
      ShardWork work,
      Leg leg,
      CarryFiles files,
      PathCounters counters,
      Consumer<TaskResult> delivered) {
    this.spark = spark;
    this.work = work;
    this.files = files;
    this.counters = counters;
    this.delivered = delivered;
    this.plan =
        JavaSparkContext.fromSparkContext(spark)
            .broadcast(
                PlanCodec.encode(leg.equals(work.whole()) ? work.plan() : work.plan().over(leg)));
  }

  /** Starts a task for each range and returns at once. */
  void submit(List<ShardRange> ranges, String description) {
    if (ranges.isEmpty() || failure != null) {
      return;
    }
    spark.setJobGroup(group, description, true);
    try {
      List<long[]> rows = ranges.stream().map(r -> new long[] {r.first(), r.last()}).toList();
      JavaRDD<long[]> rdd = JavaSparkContext.fromSparkContext(spark).parallelize(rows, rows.size());
      rdd.setName(description);
      PathResources.of(spark, work.backend()).ifPresent(rdd::withResources);
      int attempts = spark.isLocal() ? 1 : spark.conf().getInt("spark.task.maxFailures", 4);
      jobs.add(
          spark.submitJob(
              rdd.rdd(),
              new ShardTask(plan, work.settings(), files, counters, attempts),
              CollectionConverters.asScala(
                      IntStream.range(0, rows.size()).mapToObj(p -> (Object) p).toList())
                  .toSeq(),
              new Take(),
              new Nothing()));
    } finally {
      spark.clearJobGroup();
    }
  }

  /** Whether a task has failed or all that were started are through. */
  boolean over() {
    return failure != null || jobs.stream().allMatch(FutureAction::isCompleted);
  }

  /**
   * Waits for all tasks.
   *
   * @throws RunFailedException if the run fails
   * @throws DamagedSliceException if what paths carry cannot be read
   * @throws NotStoredException if it cannot be written
   */
  void await() {
    try {
      for (FutureAction<BoxedUnit> job : jobs) {
        job.get();
      }
    } catch (Exception e) { // Spark's are checked and not declared.
      spark.cancelJobGroup(group, "a task of the run has failed");
      throw failure != null ? failure : RunFailedException.of(e);
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    plan.destroy();
  }

  private synchronized void take(TaskResult task) {
    if (failure != null) {
      return;
    }
    switch (task.outcome()) {
      case DONE -> delivered.accept(task);
      case FAILED -> fail(new RunFailedException(task.problem()));
      case DAMAGED -> fail(new DamagedSliceException(task.problem()));
      case NOT_STORED -> fail(new NotStoredException(task.problem()));
    }
  }

  private void fail(RuntimeException e) {
    failure = e;
    spark.cancelJobGroup(group, e.getMessage());
  }

  /** What paths carry could not be written. */
  static final class NotStoredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotStoredException(String message) {
      super(message);
    }
  }

  /** Takes the results of tasks. */
  private final class Take extends AbstractFunction2<Object, byte[], BoxedUnit> {
    @Override
    public BoxedUnit apply(Object partition, byte[] bytes) {
      take(TaskResult.decode(bytes));
      return BoxedUnit.UNIT;
    }
  }

  private static final class Nothing extends AbstractFunction0<BoxedUnit> {
    @Override
    public BoxedUnit apply() {
      return BoxedUnit.UNIT;
    }
  }
}
