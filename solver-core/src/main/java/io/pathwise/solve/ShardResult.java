package io.pathwise.solve;

/**
 * The sums of one shard, in the order of {@link PathRun#offset}.
 *
 * @param shard the shard
 * @param sums sum and sum of squares of every output, then of its derivatives
 */
public record ShardResult(Shard shard, double[] sums) {}
