package io.pathwise.solve;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds in memory what the paths of some shards carry. {@link #next} makes what one leg has left
 * behind the start of the next.
 */
public final class MemoryCarry implements Carry {
  private Map<Long, double[][]> before = new HashMap<>();
  private Map<Long, double[][]> after = new HashMap<>();

  /** Holds nothing yet. */
  public MemoryCarry() {}

  /** Sets what the paths of a shard bring along. */
  public void put(long shard, double[][] rows) {
    before.put(shard, rows);
  }

  /** What the paths of a shard took along; it is not held any longer. */
  public double[][] take(long shard) {
    before.remove(shard);
    return after.remove(shard);
  }

  /** The leg is over: what it left is what the next one starts with. */
  public void next() {
    before = after;
    after = new HashMap<>();
  }

  @Override
  public double[][] start(Shard shard) {
    return before.get(shard.number());
  }

  @Override
  public void end(Shard shard, double[][] rows) {
    after.put(
        shard.number(),
        Arrays.stream(rows).map(row -> Arrays.copyOf(row, shard.size())).toArray(double[][]::new));
  }
}
