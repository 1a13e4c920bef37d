package io.pathwise.solve;

import java.util.List;
import java.util.stream.LongStream;

/**
 * A fixed range of path numbers: the unit of work and of canonical sums.
 *
 * @param number the number of the shard
 * @param first the number of its first path
 * @param size its number of paths
 */
public record Shard(long number, long first, int size) {

  /** Shard {@code number} of a run of {@code paths} paths in shards of {@code shardSize}. */
  public static Shard of(long number, long paths, int shardSize) {
    long first = number * shardSize;
    if (number < 0 || first >= paths) {
      throw new IllegalArgumentException(
          "shard " + number + " of " + paths + " paths in shards of " + shardSize);
    }
    return new Shard(number, first, (int) Math.min(shardSize, paths - first));
  }

  /** Shards {@code from}, inclusive, to {@code to}, exclusive. */
  public static List<Shard> range(long from, long to, long paths, int shardSize) {
    return LongStream.range(from, to).mapToObj(number -> of(number, paths, shardSize)).toList();
  }

  /** The number of shards of a run. */
  public static long count(long paths, int shardSize) {
    return (paths + shardSize - 1) / shardSize;
  }
}
