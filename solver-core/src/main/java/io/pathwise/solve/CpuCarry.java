package io.pathwise.solve;

/** Moves what paths carry between the rows of a shard and the arrays of a block. */
final class CpuCarry {
  private final PathRun run;
  private final BlockMemory memory;
  private final int[] loaded;
  private final int[] stored;
  private double[][] start = {};
  private double[][] end = {};

  CpuCarry(PathRun run, Itinerary itinerary, BlockMemory memory) {
    this.run = run;
    this.memory = memory;
    this.loaded = itinerary.carriedFrom();
    this.stored = itinerary.carriedTo();
  }

  /** A shard starts; allocates nothing after the largest. */
  void begin(Shard shard, Carry carry) {
    if (run.continued()) {
      start = carry.start(shard);
    }
    if (run.cut() && (end.length == 0 || end[0].length < shard.size())) {
      end = new double[run.carriedRows(run.leg().to())][shard.size()];
    }
  }

  /** A shard ends. */
  void end(Shard shard, Carry carry) {
    if (run.cut()) {
      carry.end(shard, end);
    }
  }

  /** A block starts: its paths are those of the shard from {@code first} on. */
  void load(int first, int n) {
    if (run.continued()) {
      for (int row = 0; row < start.length; row++) {
        System.arraycopy(start[row], first, memory.slot(loaded[row]), 0, n);
      }
    }
  }

  /** A block ends. */
  void store(int first, int n) {
    if (run.cut()) {
      for (int row = 0; row < end.length; row++) {
        System.arraycopy(memory.slot(stored[row]), 0, end[row], first, n);
      }
    }
  }
}
