package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.kernel.KernelCache;
import io.pathwise.spark.SharedSpark;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.Progress;
import io.pathwise.spark.table.WarehouseLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class ShardedRunTest {

  private static ShardWork work(JobSpec job) {
    return ShardWork.of(JobPlan.of(job), "cpu");
  }

  private static Start fresh(JobSpec job) {
    return Start.fresh(work(job));
  }

  private static ShardedRun run(SparkSession spark, JobSpec job, int tasks) {
    return new ShardedRun(spark.sparkContext(), work(job), Optional.empty(), OptionalInt.of(tasks));
  }

  private static byte[] bytes(SparkSession spark, JobSpec job, int partitions) {
    ShardedRun run = run(spark, job, partitions);
    byte[] bytes = TaskResult.bytes(run.run(fresh(job), Progress.none()));
    assertThat(run.lineage()).hasSize(partitions);
    return bytes;
  }

  @Test
  void thePartitionsDoNotReachTheBits(
      @TempDir Path folder, SparkSession spark, WarehouseLocation warehouse) {
    RunFixture fixture = new RunFixture(folder, spark, warehouse);
    for (String text : List.of(RunFixture.BLACK_SCHOLES, RunFixture.PREDATOR_PREY)) {
      JobSpec job =
          fixture.load(text, Map.of("simulation.paths", "65300", "simulation.shard-size", "1024"));
      byte[] one = bytes(spark, job, 1);
      for (int partitions : new int[] {3, 7, 64}) {
        assertThat(bytes(spark, job, partitions)).as("%d partitions", partitions).isEqualTo(one);
      }
    }
  }

  @Test
  void lineageCoversEveryShardOnceInOrder(
      @TempDir Path folder, SparkSession spark, WarehouseLocation warehouse) {
    JobSpec job = new RunFixture(folder, spark, warehouse).load(RunFixture.BLACK_SCHOLES, Map.of());
    ShardedRun run = run(spark, job, 4);
    run.run(fresh(job), Progress.none());
    long next = 0;
    for (ResultRows.Lineage task : run.lineage()) {
      assertThat(task.shardFirst()).isEqualTo(next);
      assertThat(task.checksum()).matches("[0-9a-f]{8}");
      next = task.shardLast() + 1;
    }
    assertThat(next).isEqualTo(10);
  }

  @Test
  void theProgramOfAJobAndItsCompanionAreCompiledOnceForAllTasks(
      @TempDir Path folder, SparkSession spark, WarehouseLocation warehouse) {
    JobSpec job =
        new RunFixture(folder, spark, warehouse)
            .load(
                RunFixture.BLACK_SCHOLES.replace("strike = 90", "strike = 91"),
                Map.of("simulation.shard-size", "512"));
    long before = KernelCache.shared().compilations();
    bytes(spark, job, 64);
    long after = KernelCache.shared().compilations();
    bytes(spark, job, 32);
    assertThat(after - before).isLessThanOrEqualTo(2);
    assertThat(KernelCache.shared().compilations()).isEqualTo(after);
  }

  /** What is left in memory of a run with sixteen times the paths: a few nodes of a tree more. */
  @Test
  void memoryDoesNotGrowWithThePaths(
      @TempDir Path folder, SparkSession spark, WarehouseLocation warehouse) {
    RunFixture fixture = new RunFixture(folder, spark, warehouse);
    long few = retained(spark, fixture, 64);
    long many = retained(spark, fixture, 1024);
    assertThat(many - few).as("bytes").isLessThan(1 << 20);
  }

  private static long retained(SparkSession spark, RunFixture fixture, int shards) {
    JobSpec job =
        fixture.load(
            RunFixture.BLACK_SCHOLES,
            Map.of(
                "simulation.paths", Integer.toString(512 * shards),
                "simulation.shard-size", "512",
                "simulation.times", "[1.0]"));
    ShardedRun run = run(spark, job, 2);
    int sent = TaskResult.bytes(run.run(fresh(job), Progress.none())).length;
    assertThat(run.lineage()).hasSize(2);
    return sent;
  }
}
