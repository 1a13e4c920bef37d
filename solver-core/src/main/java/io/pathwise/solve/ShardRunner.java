package io.pathwise.solve;

/** Runs shards one after the other; holds the workspace of one thread. */
public interface ShardRunner {

  /**
   * Runs a shard. The sink is called once for every captured output, after the last path.
   *
   * @throws NonFinitePathException if a path has a value that is not finite and the run does not
   *     drop such paths, or a derivative is not finite
   */
  ShardResult run(Shard shard, PathSink sink);
}
