package io.pathwise.spark.run;

import io.pathwise.spark.checkpoint.ShardRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A cluster on paper: the tasks that {@link TaskSizes} cuts run on executors of measured speed
 * under one driver that sends tasks out and takes results one after the other (docs/scaling.md).
 *
 * @param executors how many
 * @param coresPerExecutor cores of each
 * @param secondsPerShard what a shard costs on a core
 * @param spread the standard deviation of the logarithm of a task's time
 * @param slowExecutors the part of executors that is slower
 * @param slowness by how much
 * @param startSeconds until an executor has its kernels: class loading, compilation, broadcast
 * @param driverSecondsPerTask what the driver needs for one task, out and back
 */
record ScalingModel(
    int executors,
    int coresPerExecutor,
    double secondsPerShard,
    double spread,
    double slowExecutors,
    double slowness,
    double startSeconds,
    double driverSecondsPerTask) {

  /**
   * What came of a run.
   *
   * @param seconds until the last result is in
   * @param efficiency work on one core without any cluster, over cores times seconds
   * @param driver the part of the time that the driver is busy
   * @param tasks how many there were
   */
  record Outcome(double seconds, double efficiency, double driver, long tasks) {}

  private record Core(double free, int executor) {}

  /** Runs so many shards. */
  Outcome run(long shards) {
    int cores = executors * coresPerExecutor;
    TaskSizes sizes = new TaskSizes(cores, 1);
    List<ShardRange> all = List.of(new ShardRange(0, shards - 1));
    List<ShardRange> tasks = new ArrayList<>(sizes.pilot(all));
    int pilot = tasks.size();
    tasks.addAll(sizes.guided(TaskSizes.behind(all, TaskSizes.count(tasks)), secondsPerShard, 20));
    SplittableRandom random = new SplittableRandom(1);
    PriorityQueue<Core> free = new PriorityQueue<>((a, b) -> Double.compare(a.free(), b.free()));
    for (int c = 0; c < cores; c++) {
      free.add(new Core(0, c / coresPerExecutor));
    }
    boolean[] warm = new boolean[executors];
    double[] pilotEnds = new double[pilot];
    double driver = 0; // when it is done with what it has to do
    double end = 0;
    for (int t = 0; t < tasks.size(); t++) {
      Core core = free.remove();
      double measured = 0;
      if (t >= pilot) {
        if (t == pilot) {
          Arrays.sort(pilotEnds);
        }
        measured = pilotEnds[(pilot - 1) / 2]; // the others go out once half are measured
      }
      driver = Math.max(driver, Math.max(core.free(), measured)) + driverSecondsPerTask;
      double start = warm[core.executor()] ? 0 : startSeconds;
      warm[core.executor()] = true;
      double slow = core.executor() < (int) (slowExecutors * executors) ? slowness : 1;
      double noise = Math.exp(spread * random.nextGaussian());
      double done = driver + start + tasks.get(t).size() * secondsPerShard * slow * noise;
      if (t < pilot) {
        pilotEnds[t] = done;
      }
      end = Math.max(end, done);
      free.add(new Core(done, core.executor()));
    }
    return new Outcome(
        end,
        shards * secondsPerShard / (cores * end),
        tasks.size() * driverSecondsPerTask / end,
        tasks.size());
  }
}
