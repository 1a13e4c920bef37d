package io.pathwise.spark.run;

import io.pathwise.spark.checkpoint.ShardRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The shards that are finished, as ranges that do not touch. */
final class Finished {
  private final TreeMap<Long, Long> lastByFirst = new TreeMap<>();

  /** Adds a range, which must be new. */
  void add(ShardRange range) {
    long first = range.first();
    long last = range.last();
    Map.Entry<Long, Long> before = lastByFirst.floorEntry(first);
    Map.Entry<Long, Long> after = lastByFirst.ceilingEntry(first);
    if ((before != null && before.getValue() >= first)
        || (after != null && after.getKey() <= last)) {
      throw new IllegalArgumentException("shards " + first + " to " + last + " are there already");
    }
    if (before != null && before.getValue() == first - 1) {
      first = before.getKey();
    }
    if (after != null && after.getKey() == last + 1) {
      lastByFirst.remove(after.getKey());
      last = after.getValue();
    }
    lastByFirst.put(first, last);
  }

  /** The ranges in order. */
  List<ShardRange> ranges() {
    return lastByFirst.entrySet().stream()
        .map(entry -> new ShardRange(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** What is missing of so many shards. */
  List<ShardRange> missing(long shards) {
    List<ShardRange> missing = new ArrayList<>();
    long next = 0;
    for (ShardRange range : ranges()) {
      if (range.first() > next) {
        missing.add(new ShardRange(next, range.first() - 1));
      }
      next = range.last() + 1;
    }
    if (next < shards) {
      missing.add(new ShardRange(next, shards - 1));
    }
    return missing;
  }
}
