package io.pathwise.spark.checkpoint;

import java.util.List;

/**
 * A moment of a run from which it can go on: either some shards are finished, or all paths stand at
 * one time.
 *
 * @param origin the run
 * @param number counts the slices of a run
 * @param position where its paths are
 * @param shards the number of shards of the run
 * @param finished the shards whose results are in the tally up to that time
 * @param tally the accumulators, as {@link io.pathwise.solve.Tally#write} writes them
 * @param parts what paths carry, where they stand before the end
 * @param lineage where shards ran so far, a line a task
 * @param optimiser the state of the optimiser of an iterative job; empty for others
 */
public record Slice(
    Origin origin,
    long number,
    Position position,
    long shards,
    List<ShardRange> finished,
    byte[] tally,
    List<Part> parts,
    List<String> lineage,
    byte[] optimiser) {

  /** Copies the lists. */
  public Slice {
    finished = List.copyOf(finished);
    parts = List.copyOf(parts);
    lineage = List.copyOf(lineage);
  }

  /**
   * The run of a slice.
   *
   * @param runId its id
   * @param name the job's name
   * @param asOf the date of the market data, YYYY-MM-DD
   * @param identity what its numbers depend on, as canonical text
   * @param config the resolved job
   * @param folder what files in the job are relative to
   * @param plan a digest of the plan, which also a new version of the program changes
   * @param codeVersion the version that ran
   */
  public record Origin(
      String runId,
      String name,
      String asOf,
      String identity,
      String config,
      String folder,
      String plan,
      String codeVersion) {}

  /**
   * Where paths are, and what noise they take next: that of a path at a step is a function of the
   * key, the path and the step.
   *
   * @param step the grid index
   * @param time its time in years
   * @param steps the steps of the whole grid
   * @param grid a digest of the grid up to here
   * @param seed the first word of the noise key
   * @param stream the second word of the noise key
   * @param counter the step whose normals come next
   * @param carried what the rows of a part hold: the states, then the functionals
   * @param companion the same of the companion; empty without one
   */
  public record Position(
      int step,
      double time,
      int steps,
      String grid,
      long seed,
      long stream,
      long counter,
      List<String> carried,
      List<String> companion) {

    /** Copies the lists. */
    public Position {
      carried = List.copyOf(carried);
      companion = List.copyOf(companion);
    }

    /** Whether paths are at the end of the grid: what is missing are whole shards. */
    public boolean atEnd() {
      return step == steps;
    }
  }

  /** The number of shards in the tally. */
  public long finishedShards() {
    return finished.stream().mapToLong(ShardRange::size).sum();
  }

  /** Whether nothing is left to do. */
  public boolean complete() {
    return position.atEnd() && finishedShards() == shards;
  }
}
