package io.pathwise.solve;

import java.util.Optional;

/**
 * A small run on a stream of its own, whose values a larger run is prepared with.
 *
 * @param paths how many
 * @param shardSize paths a shard
 * @param threads of this JVM
 */
record Pilot(int paths, int shardSize, int threads) {

  /** Every path's value of the captured outputs; NaN for a dropped path. */
  PathValues values(PathRun run) {
    PathRun apart = run.onStream(Streams.PILOT);
    PathValues values = new PathValues(apart, paths);
    new LocalRun(
            new SimulationPlan(apart, Optional.empty()),
            paths,
            shardSize,
            values,
            new CpuExecutor(),
            DeviceRequest.ANY)
        .run(threads);
    return values;
  }
}
