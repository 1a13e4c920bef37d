package io.pathwise.spark.checkpoint;

import java.io.Serializable;

/**
 * A contiguous range of shards.
 *
 * @param first the first shard
 * @param last the last shard, inclusive
 */
public record ShardRange(long first, long last) implements Serializable, Comparable<ShardRange> {

  /** The number of shards. */
  public long size() {
    return last - first + 1;
  }

  @Override
  public int compareTo(ShardRange other) {
    return Long.compare(first, other.first);
  }
}
