package io.pathwise.benchmarks;

import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardRunner;
import java.util.List;

/** How long the kernels of a run take on the calling thread, after the compiler has seen many. */
final class ShardTime {
  private static final long WARM_NANOS = 500_000_000L;
  private static final long MEASURED_NANOS = 200_000_000L;
  private static final int LEAST = 5;

  private ShardTime() {}

  /**
   * Nanoseconds a path: the least of many runs of one shard.
   *
   * @param paths of the shard
   */
  static double nanos(PathRun run, int paths) {
    ShardRunner runner = new CpuExecutor().open(run);
    List<Shard> shard = List.of(new Shard(0, 0, paths));
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < WARM_NANOS) {
      runner.run(shard, PathSink.NONE);
    }
    long least = Long.MAX_VALUE;
    begun = System.nanoTime();
    for (int i = 0; i < LEAST || System.nanoTime() - begun < MEASURED_NANOS; i++) {
      long start = System.nanoTime();
      runner.run(shard, PathSink.NONE);
      least = Math.min(least, System.nanoTime() - start);
    }
    return (double) least / paths;
  }
}
