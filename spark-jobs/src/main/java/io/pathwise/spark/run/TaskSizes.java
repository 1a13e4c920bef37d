package io.pathwise.spark.run;

import io.pathwise.spark.checkpoint.ShardRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts shards into tasks: large ones first, then smaller and smaller ones, so that all cores are
 * done at about the same time whatever a shard costs (guided self-scheduling, Polychronopoulos and
 * Kuck 1987).
 *
 * @param cores the cores of all executors
 * @param unit the fewest shards that are worth a task: a device wants many at once
 */
record TaskSizes(int cores, long unit) {
  /** The longest task in seconds on a small cluster: what a lost executor costs. */
  static final double LONGEST = 10;

  /** The longest task in seconds on any cluster. */
  static final double LONGEST_OF_ALL = 20;

  /** The shortest task in seconds, but for the last of each core. */
  static final double SHORTEST = 1;

  /**
   * At most what the driver needs to send a task out and to take its result, in seconds, one task
   * after the other (docs/scaling.md). Tasks are so long that it keeps up with all cores.
   */
  static final double DRIVER_SECONDS_A_TASK = 0.006;

  /** Shards of a task that is run first, to see what one costs. */
  private static final int PILOT = 4;

  /** Seconds that the driver may need to send out a second task to measure for every core. */
  private static final double PILOT_SECONDS = 1;

  /** How much of what is left is handed out at once: a core's fair share of half of it. */
  private static final int SHARE = 2;

  /** Tasks a core where shards are too few to measure any. */
  private static final int FEW = 4;

  /**
   * Tasks a core that are run first: the others go out when half of these are done, and where there
   * are two, cores have something to do meanwhile.
   */
  private long pilots() {
    return cores * DRIVER_SECONDS_A_TASK < PILOT_SECONDS ? 2 : 1;
  }

  /** Whether there are enough shards to measure some first. */
  boolean worthMeasuring(long shards) {
    return shards >= (pilots() + 1) * PILOT * unit * cores;
  }

  /** The shards to measure. */
  List<ShardRange> pilot(List<ShardRange> left) {
    return cut(first(left, pilots() * PILOT * unit * cores), PILOT * unit);
  }

  /** Equal tasks, for shards whose cost is not known. */
  List<ShardRange> equal(List<ShardRange> left) {
    return cut(left, Math.max(unit, ceil(count(left), (long) FEW * cores)));
  }

  /** At most so many equal tasks. */
  static List<ShardRange> equal(List<ShardRange> left, int tasks) {
    long shards = count(left);
    List<ShardRange> ranges = new ArrayList<>();
    for (int t = 0; t < tasks; t++) {
      long from = t * shards / tasks;
      ranges.addAll(slice(left, from, (t + 1) * shards / tasks - from));
    }
    return ranges;
  }

  /**
   * Tasks of falling length.
   *
   * @param secondsPerShard what a shard costs
   * @param most the longest task in seconds that is wanted
   */
  List<ShardRange> guided(List<ShardRange> left, double secondsPerShard, double most) {
    double wave = cores * DRIVER_SECONDS_A_TASK;
    double upper = Math.min(LONGEST_OF_ALL, Math.max(LONGEST, 2 * wave));
    double lower = Math.min(upper, Math.max(SHORTEST, wave));
    long longest = shards(Math.min(most, upper), secondsPerShard);
    long shortest = Math.min(longest, shards(lower, secondsPerShard));
    List<ShardRange> tasks = new ArrayList<>();
    long total = count(left);
    long from = 0;
    while (total - from > shortest * cores) {
      long share = Math.max(ceil(total - from, (long) SHARE * cores), shortest);
      long size = Math.min(total - from, ceil(Math.min(longest, share), unit) * unit);
      tasks.addAll(slice(left, from, size));
      from += size;
    }
    tasks.addAll(cut(behind(left, from), ceil(ceil(total - from, cores), unit) * unit));
    return tasks;
  }

  private long shards(double seconds, double secondsPerShard) {
    return Math.max(1, (long) Math.min(1e15, seconds / Math.max(1e-12, secondsPerShard)));
  }

  private static List<ShardRange> cut(List<ShardRange> left, long size) {
    List<ShardRange> tasks = new ArrayList<>();
    long total = count(left);
    for (long from = 0; from < total; from += size) {
      tasks.addAll(slice(left, from, Math.min(size, total - from)));
    }
    return tasks;
  }

  /** The first shards of some ranges. */
  private static List<ShardRange> first(List<ShardRange> ranges, long count) {
    return slice(ranges, 0, count);
  }

  /** What comes behind the first shards of some ranges. */
  static List<ShardRange> behind(List<ShardRange> ranges, long count) {
    return slice(ranges, count, count(ranges) - count);
  }

  private static List<ShardRange> slice(List<ShardRange> ranges, long from, long count) {
    List<ShardRange> slice = new ArrayList<>();
    long skip = from;
    long want = count;
    for (ShardRange range : ranges) {
      long taken = Math.min(want, range.size() - skip);
      if (taken > 0) {
        long first = range.first() + skip;
        slice.add(new ShardRange(first, first + taken - 1));
        want -= taken;
      }
      skip = Math.max(0, skip - range.size());
    }
    return slice;
  }

  /** The number of shards in some ranges. */
  static long count(List<ShardRange> ranges) {
    return ranges.stream().mapToLong(ShardRange::size).sum();
  }

  private static long ceil(long a, long b) {
    return (a + b - 1) / b;
  }
}
