package io.pathwise.solve;

import java.util.List;

/** Runs shards; holds the workspace of one thread. */
public interface ShardRunner {

  /** The number of shards that are worth handing over at once. */
  int batch();

  /**
   * Runs shards, any number of them. The sink is called once for every shard and captured output,
   * after the shard's last path.
   *
   * @param carry gives and takes what paths carry where the run covers a part of the grid
   * @return the result of each, in their order
   * @throws NonFinitePathException if a path has a value that is not finite and the run does not
   *     drop such paths, or a derivative is not finite
   */
  List<ShardResult> run(List<Shard> shards, PathSink sink, Carry carry);

  /** Runs shards over the whole grid. */
  default List<ShardResult> run(List<Shard> shards, PathSink sink) {
    return run(shards, sink, Carry.NONE);
  }

  /** Runs one shard. */
  default ShardResult run(Shard shard, PathSink sink) {
    return run(List.of(shard), sink).get(0);
  }
}
