package io.pathwise.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardRunner;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * How long the kernels of a run take on the calling thread, once the compiler has nothing left to
 * do and they get no faster.
 */
final class ShardTime {
  private static final long WARM_NANOS = 300_000_000L;
  private static final long LONGEST_WARM_NANOS = 15_000_000_000L;
  private static final long MEASURED_NANOS = 200_000_000L;
  private static final int LEAST = 5;
  private static final int LEAST_ROUNDS = 5;
  private static final double SETTLED = 0.95;

  private ShardTime() {}

  /**
   * Nanoseconds a path: the least of many runs of one shard.
   *
   * @param paths of the shard
   */
  static double nanos(PathRun run, int paths) {
    ShardRunner runner = new CpuExecutor().open(run);
    List<Shard> shard = List.of(new Shard(0, 0, paths));
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    long begun = System.nanoTime();
    long best = Long.MAX_VALUE;
    boolean settled = false;
    for (int round = 0;
        round < LEAST_ROUNDS || (!settled && System.nanoTime() - begun < LONGEST_WARM_NANOS);
        round++) {
      long before = compiler.getTotalCompilationTime();
      long least = repeat(runner, shard, WARM_NANOS);
      settled = compiler.getTotalCompilationTime() == before && least > SETTLED * best;
      best = Math.min(best, least);
    }
    return (double) Math.min(best, repeat(runner, shard, MEASURED_NANOS)) / paths;
  }

  /** The least nanoseconds of runs that together take some time. */
  private static long repeat(ShardRunner runner, List<Shard> shard, long nanos) {
    long least = Long.MAX_VALUE;
    long begun = System.nanoTime();
    for (int i = 0; i < LEAST || System.nanoTime() - begun < nanos; i++) {
      long start = System.nanoTime();
      runner.run(shard, PathSink.NONE);
      least = Math.min(least, System.nanoTime() - start);
    }
    return least;
  }

  /**
   * The processor time of this JVM so far, in nanoseconds: on one core what a clock would show,
   * were there no other load.
   */
  static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
