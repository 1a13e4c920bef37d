package io.pathwise.spark.run;

import io.pathwise.solve.PlanCodec;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.spark.checkpoint.Part;
import io.pathwise.spark.checkpoint.ShardRange;
import io.pathwise.spark.checkpoint.Slice;
import io.pathwise.spark.checkpoint.SliceStore;
import io.pathwise.spark.job.CheckpointSpec;
import io.pathwise.spark.job.Digests;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.RunOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the slices of one run. A slice that cannot be written is reported and does not end the
 * run: what it was for is a restart that may never come.
 */
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  private final CheckpointSpec spec;
  private final SliceStore store;
  private final long shards;
  private final Slice.Origin origin;
  private final Consumer<String> notes;
  private long next;
  private long written = System.nanoTime();

  /**
   * The slices of a run.
   *
   * @param shards the number of shards of the run
   * @param notes told about slices that could not be written
   */
  Checkpoints(
      CheckpointSpec spec,
      SliceStore store,
      Slice.Origin origin,
      long shards,
      Consumer<String> notes) {
    this.spec = spec;
    this.store = store;
    this.origin = origin;
    this.shards = shards;
    this.notes = notes;
    try {
      this.next = store.numbers().stream().mapToLong(number -> number + 1).max().orElse(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What slices say of their run. */
  static Slice.Origin origin(JobSpec job, RunOptions options, SimulationPlan plan) {
    return new Slice.Origin(
        options.runId(),
        job.name(),
        options.asOf().toString(),
        job.identity(),
        job.portableText(),
        job.source().folder(),
        Digests.sha256(PlanCodec.encode(plan)),
        RunRecord.codeVersion());
  }

  OptionalInt everySteps() {
    return spec.everySteps();
  }

  /** The time between two slices of finished shards, in seconds. */
  double seconds() {
    return spec.interval().toMillis() * 1e-3;
  }

  SliceStore store() {
    return store;
  }

  /** Whether it is time for another slice of finished shards. */
  boolean due() {
    return System.nanoTime() - written >= spec.interval().toNanos();
  }

  /** The number of the slice that comes next. */
  long next() {
    return next;
  }

  /** Stores a slice and deletes those that are too many; whether it is stored. */
  boolean write(
      Slice.Position position,
      List<ShardRange> finished,
      byte[] tally,
      List<Part> parts,
      List<ResultRows.Lineage> lineage) {
    long number = next++;
    written = System.nanoTime();
    try {
      store.write(
          new Slice(
              origin,
              number,
              position,
              shards,
              finished,
              tally,
              parts,
              lineage.stream().map(ResultRows.Lineage::text).toList(),
              new byte[0]));
      store.keep(spec.keep());
      return true;
    } catch (IOException e) {
      failed(number, e.getMessage() == null ? e.toString() : e.getMessage());
      if (parts.isEmpty()) {
        discard(number);
      }
      return false;
    }
  }

  /** A slice could not be written. */
  void failed(long number, String why) {
    String reason = why.lines().findFirst().orElse(why);
    LOG.debug("slice {} of run {} could not be written: {}", number, origin.runId(), reason);
    notes.accept("checkpoint %d could not be written: %s".formatted(number, reason));
  }

  /** Deletes what there is of a slice. */
  void discard(long number) {
    next = Math.max(next, number + 1);
    try {
      store.discard(number);
    } catch (IOException e) {
      LOG.warn("slice {} of run {} stays: {}", number, origin.runId(), e.getMessage());
    }
  }
}
