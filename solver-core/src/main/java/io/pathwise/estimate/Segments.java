package io.pathwise.estimate;

import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * The shards of a run cut at a sixteenth and a quarter, so that the estimate after as many paths
 * can be told from the same sums: half the standard error, then half again.
 *
 * @param ends the number of the shard after each segment, increasing; the last is the number of
 *     shards
 */
public record Segments(long[] ends) {

  /** Cuts {@code shards} shards, fewer than 16 into fewer segments. */
  public static Segments of(long shards) {
    TreeSet<Long> ends = new TreeSet<>();
    ends.add(shards);
    for (int part : new int[] {4, 16}) {
      if (shards / part > 0) {
        ends.add(shards / part);
      }
    }
    return new Segments(ends.stream().mapToLong(Long::longValue).toArray());
  }

  /**
   * Equal segments, such as the randomisations of a point set.
   *
   * @param shards a multiple of {@code count}
   */
  public static Segments equal(long shards, int count) {
    if (shards % count != 0 || shards < count) {
      throw new IllegalArgumentException(
          shards + " shards, expected a multiple of the " + count + " groups of paths");
    }
    return new Segments(LongStream.rangeClosed(1, count).map(s -> shards / count * s).toArray());
  }

  /** The number of segments. */
  public int count() {
    return ends.length;
  }

  /** The segment that a shard lies in. */
  public int segment(long shard) {
    for (int s = 0; s < ends.length; s++) {
      if (shard < ends[s]) {
        return s;
      }
    }
    throw new IllegalArgumentException(
        "shard " + shard + ", expected less than " + ends[ends.length - 1]);
  }
}
