package io.pathwise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.spark.checkpoint.ShardRange;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TaskSizesTest {

  private static List<ShardRange> all(long shards) {
    return List.of(new ShardRange(0, shards - 1));
  }

  private static List<ShardRange> joined(List<ShardRange> ranges) {
    Finished finished = new Finished();
    ranges.forEach(finished::add); // refuses what is there already
    return finished.ranges();
  }

  @Property
  void everyShardIsInOneTask(
      @ForAll @IntRange(min = 1, max = 5000) int shards,
      @ForAll @IntRange(min = 1, max = 64) int cores,
      @ForAll @IntRange(min = 1, max = 600) int unit,
      @ForAll @DoubleRange(min = 0.01, max = 100) double cost) {
    TaskSizes sizes = new TaskSizes(cores, unit);
    assertThat(joined(sizes.guided(all(shards), cost, 20))).isEqualTo(all(shards));
    assertThat(joined(sizes.equal(all(shards)))).isEqualTo(all(shards));
    assertThat(joined(TaskSizes.equal(all(shards), cores))).isEqualTo(all(shards));
    List<ShardRange> both = new ArrayList<>(sizes.pilot(all(shards)));
    both.addAll(TaskSizes.behind(all(shards), TaskSizes.count(both)));
    assertThat(joined(both)).isEqualTo(all(shards));
  }

  @Property
  void whatIsMissingAndWhatIsFinishedAreEverything(
      @ForAll @IntRange(min = 1, max = 400) int shards, @ForAll long seed) {
    java.util.Random random = new java.util.Random(seed);
    Finished finished = new Finished();
    Finished all = new Finished();
    for (int s = 0; s < shards; s++) {
      if (random.nextBoolean()) {
        finished.add(new ShardRange(s, s));
        all.add(new ShardRange(s, s));
      }
    }
    finished.missing(shards).forEach(all::add);
    assertThat(all.ranges()).isEqualTo(all(shards));
  }

  @Test
  void tasksOfKnownCostTakeOneToTwentySecondsAndLeaveNoCoreWaiting() {
    for (double cost : new double[] {0.01, 0.05, 0.3}) {
      for (int cores : new int[] {2, 16, 400}) {
        List<ShardRange> tasks =
            new TaskSizes(cores, 1).guided(all((long) (cores * 120 / cost)), cost, 20);
        List<Double> seconds = tasks.stream().map(task -> task.size() * cost).toList();
        assertThat(seconds).allMatch(s -> s <= 20 + cost);
        long tooShort = seconds.stream().filter(s -> s < 1 - cost).count();
        assertThat(tooShort).isLessThanOrEqualTo(cores);
        // no core waits longer than the shortest task takes
        double shortest = Math.max(1, cores * TaskSizes.DRIVER_SECONDS_A_TASK);
        assertThat(makespan(tasks, cores, cost)).isLessThan(120 + shortest);
      }
    }
  }

  /** When the last core is done that takes tasks in their order. */
  private static double makespan(List<ShardRange> tasks, int cores, double cost) {
    PriorityQueue<Double> free = new PriorityQueue<>();
    for (int c = 0; c < cores; c++) {
      free.add(0.0);
    }
    double end = 0;
    for (ShardRange task : tasks) {
      double done = free.remove() + task.size() * cost;
      end = Math.max(end, done);
      free.add(done);
    }
    return end;
  }

  @Test
  void aDeviceGetsManyShardsAtOnce() {
    TaskSizes sizes = new TaskSizes(4, 512);
    assertThat(sizes.worthMeasuring(24_000)).isFalse();
    assertThat(sizes.worthMeasuring(25_000)).isTrue();
    assertThat(sizes.guided(all(100_000), 1e-4, 20))
        .allMatch(task -> task.size() % 512 == 0 || task.last() == 99_999);
  }

  @Test
  void fewShardsAreCutWithoutMeasuring() {
    TaskSizes sizes = new TaskSizes(2, 1);
    assertThat(sizes.worthMeasuring(23)).isFalse();
    assertThat(sizes.equal(all(15))).hasSize(8);
    assertThat(sizes.worthMeasuring(24)).isTrue();
    assertThat(sizes.pilot(all(24)))
        .containsExactly(
            new ShardRange(0, 3),
            new ShardRange(4, 7),
            new ShardRange(8, 11),
            new ShardRange(12, 15));
  }
}
