package io.pathwise.spark.run;

import io.pathwise.solve.Tally;
import io.pathwise.spark.checkpoint.Part;
import io.pathwise.spark.checkpoint.ShardRange;
import io.pathwise.spark.checkpoint.Slice;
import java.util.List;

/**
 * Where a run begins.
 *
 * @param tally what it has already
 * @param step the grid index of its paths
 * @param finished the shards that are finished, where that is the end
 * @param directory where what paths carry is, where it is not 0
 * @param parts the files of that directory
 * @param lineage where shards ran before
 */
record Start(
    Tally tally,
    int step,
    List<ShardRange> finished,
    String directory,
    List<Part> parts,
    List<ResultRows.Lineage> lineage) {

  /** With nothing. */
  static Start fresh(ShardWork work) {
    return new Start(
        new Tally(work.plan(), work.shards()), 0, List.of(), null, List.of(), List.of());
  }

  /** Where a slice of the same run ends. */
  static Start of(ShardWork work, Slice slice, String directory) {
    Tally tally = new Tally(work.plan(), work.shards());
    TaskResult.addTo(tally, slice.tally());
    return new Start(
        tally,
        slice.position().step(),
        slice.finished(),
        directory,
        slice.parts(),
        slice.lineage().stream().map(ResultRows.Lineage::of).toList());
  }

  /** Where the paths of another run stand; its results stay there. */
  static Start branch(ShardWork work, Slice slice, String directory) {
    return new Start(
        new Tally(work.plan(), work.shards()),
        slice.position().step(),
        List.of(),
        directory,
        slice.parts(),
        List.of());
  }
}
