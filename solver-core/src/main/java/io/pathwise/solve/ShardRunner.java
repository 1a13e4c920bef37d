package io.pathwise.solve;

/** Runs shards one after the other; holds the workspace of one thread. */
public interface ShardRunner {

  /**
   * Runs a shard.
   *
   * @throws NonFinitePathException if a path has a value that is not finite
   */
  ShardResult run(Shard shard, PathSink sink);
}
