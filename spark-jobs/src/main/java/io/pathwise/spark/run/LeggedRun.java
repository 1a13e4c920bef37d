package io.pathwise.spark.run;

import io.pathwise.solve.Leg;
import io.pathwise.solve.Tally;
import io.pathwise.spark.checkpoint.Part;
import io.pathwise.spark.checkpoint.ShardRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Runs all shards leg by leg. At the end of a leg what paths carry is stored, and the next leg
 * reads it. Where it cannot be stored, the run goes on from the last slice to its end in one leg.
 */
final class LeggedRun {
  private final ShardedRun run;
  private final ShardWork work;
  private final Optional<Checkpoints> checkpoints;
  private OptionalInt everySteps;
  private int at;
  private String directory;
  private List<Part> parts;

  LeggedRun(ShardedRun run, ShardWork work, Optional<Checkpoints> checkpoints) {
    this.run = run;
    this.work = work;
    this.checkpoints = checkpoints;
    this.everySteps = checkpoints.map(Checkpoints::everySteps).orElse(OptionalInt.empty());
  }

  Tally run(Start start, PathProgress progress) {
    Tally all = start.tally();
    at = start.step();
    directory = start.directory();
    parts = start.parts();
    while (at < work.steps()) {
      Leg leg = new Leg(at, nextCut());
      PathProgress.Mark mark = progress.mark();
      try {
        all.overlay(run(leg, progress));
      } catch (ShardJob.NotStoredException e) {
        Checkpoints kept = checkpoints.orElseThrow();
        kept.failed(kept.next(), e.getMessage());
        kept.discard(kept.next());
        everySteps = OptionalInt.empty();
        progress.back(mark);
        run.forget(leg);
        continue;
      }
      at = leg.to();
      if (at < work.steps()) {
        keep(all);
      }
    }
    return all;
  }

  /** The first grid index from the next multiple on at which the plan can be cut. */
  private int nextCut() {
    if (everySteps.isEmpty()) {
      return work.steps();
    }
    long every = everySteps.getAsInt();
    for (long k = (at / every + 1) * every; k < work.steps(); k++) {
      if (work.plan().cuttable((int) k)) {
        return (int) k;
      }
    }
    return work.steps();
  }

  private Tally run(Leg leg, PathProgress progress) {
    Tally tally = new Tally(work.plan(), work.shards());
    List<Part> written = new ArrayList<>();
    String target =
        leg.to() < work.steps()
            ? checkpoints.orElseThrow().store().path(checkpoints.get().next()).toString()
            : null;
    Map<ShardRange, Part> read =
        parts.stream().collect(Collectors.toMap(Part::shards, part -> part));
    CarryFiles files = new CarryFiles(run.noFiles().hadoop(), directory, read, target);
    try (ShardJob job =
        run.job(
            leg,
            files,
            task -> {
              task.addTo(tally);
              task.part().ifPresent(written::add);
              progress.advance(task.shards(), leg);
            })) {
      job.submit(ranges(), "steps %d to %d of all paths".formatted(leg.from(), leg.to()));
      job.await();
    }
    if (target != null) {
      directory = target;
      parts = written.stream().sorted(Comparator.comparing(Part::shards)).toList();
    }
    return tally;
  }

  /** A task a part that is read. */
  private List<ShardRange> ranges() {
    return parts.isEmpty()
        ? run.equal(List.of(new ShardRange(0, work.shards() - 1)))
        : parts.stream().map(Part::shards).toList();
  }

  private void keep(Tally all) {
    checkpoints
        .orElseThrow()
        .write(
            Positions.at(work.plan(), at),
            List.of(new ShardRange(0, work.shards() - 1)),
            TaskResult.bytes(all),
            parts,
            run.lineage());
  }
}
