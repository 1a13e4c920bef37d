package io.pathwise.solve;

/**
 * The sums of one shard, in the order of {@link PathRun#offset}.
 *
 * @param shard the shard
 * @param paths the number of paths in the sums: the shard's size less those dropped
 * @param sums sum and sum of squares of every output, then of its derivatives
 */
public record ShardResult(Shard shard, int paths, double[] sums) {}
