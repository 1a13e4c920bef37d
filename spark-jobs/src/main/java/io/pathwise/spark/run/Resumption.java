package io.pathwise.spark.run;

import io.pathwise.solve.SimulationPlan;
import io.pathwise.spark.checkpoint.DamagedSliceException;
import io.pathwise.spark.checkpoint.Slice;
import io.pathwise.spark.checkpoint.SliceStore;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.BranchSpec;
import io.pathwise.spark.job.CheckpointSpec;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.Resume;
import io.pathwise.spark.job.RunOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * Finds where a run begins: at 0, at its own newest slice, or at a slice of the run it branches.
 */
final class Resumption {
  private static final double SAME_TIME = 1e-9;

  private final JobSpec job;
  private final RunOptions options;
  private final ShardWork work;
  private final Configuration hadoop;
  private final Consumer<String> notes;
  private final Optional<SliceStore> store;

  /**
   * For a run.
   *
   * @param notes told where the run begins, and of damaged slices
   * @throws BadJobException if the directory of checkpoints cannot be used
   */
  Resumption(
      JobSpec job,
      RunOptions options,
      ShardWork work,
      Configuration hadoop,
      Consumer<String> notes) {
    this.job = job;
    this.options = options;
    this.work = work;
    this.hadoop = hadoop;
    this.notes = notes;
    this.store = job.checkpoint().map(spec -> store(spec, options.runId()));
    store.ifPresent(own -> requireWritable(own, job.checkpoint().orElseThrow()));
  }

  /** Before anything expensive starts. */
  private static void requireWritable(SliceStore own, CheckpointSpec spec) {
    try {
      own.requireWritable();
    } catch (IOException | RuntimeException e) {
      throw unusable(spec, "expected a directory that can be written", e);
    }
  }

  private static BadJobException unusable(CheckpointSpec spec, String expected, Exception e) {
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    return new BadJobException(
        List.of("checkpoint.dir = '%s': %s; got: %s".formatted(spec.dir(), expected, reason)), e);
  }

  private SliceStore store(CheckpointSpec spec, String runId) {
    try {
      return new SliceStore(spec.dir(), runId, hadoop);
    } catch (IOException | RuntimeException e) {
      throw unusable(spec, "expected a directory of a reachable file system", e);
    }
  }

  /** Where slices of the run go. */
  Optional<Checkpoints> checkpoints() {
    return store.map(
        kept ->
            new Checkpoints(
                job.checkpoint().orElseThrow(),
                kept,
                Checkpoints.origin(job, options, work.plan()),
                work.shards(),
                notes));
  }

  /**
   * Where the run begins. What is stored of it and not to be used is deleted.
   *
   * @throws BadJobException if what is stored belongs to another job
   */
  Start begin() {
    return begin(options.resume());
  }

  /** Where the run goes on after slices of it were found damaged on the way. */
  Start again() {
    return begin(Resume.ANY);
  }

  private Start begin(Resume resume) {
    if (store.isEmpty()) {
      if (resume == Resume.ANY) {
        throw bad("--resume: nothing is kept without checkpoint.dir, expected one");
      }
      return Start.fresh(work);
    }
    try {
      return begin(store.get(), resume);
    } catch (IOException e) {
      throw new UncheckedIOException("checkpoint.dir: " + e.getMessage(), e);
    }
  }

  private Start begin(SliceStore own, Resume resume) throws IOException {
    Optional<Slice> newest =
        resume == Resume.NOTHING ? Optional.empty() : own.newest(this::damaged);
    boolean anew = newest.isEmpty() || (newest.get().complete() && resume != Resume.ANY);
    if (!anew) {
      return resume(newest.get(), own);
    }
    if (newest.isEmpty() && resume == Resume.ANY) {
      requireNoOther();
      notes.accept("nothing is stored of run " + options.runId() + ": it starts at the beginning");
    }
    own.clear();
    return job.branch().isPresent() ? branch(job.branch().get()) : Start.fresh(work);
  }

  private void damaged(String what) {
    notes.accept("checkpoint damaged: " + what + "; the one before is used");
  }

  private Start resume(Slice slice, SliceStore own) {
    requireSame(slice);
    Slice.Position position = slice.position();
    notes.accept(
        position.atEnd()
            ? "resumes run %s with %d of %d shards done"
                .formatted(options.runId(), slice.finishedShards(), work.shards())
            : "resumes run %s at t = %s (step %d of %d)"
                .formatted(options.runId(), position.time(), position.step(), position.steps()));
    return Start.of(work, slice, own.path(slice.number()).toString());
  }

  private void requireSame(Slice slice) {
    Slice.Origin origin = slice.origin();
    List<String> differences = new ArrayList<>(job.differences(origin.identity()));
    if (!origin.asOf().equals(options.asOf().toString())) {
      differences.add("as-of: %s before, %s now".formatted(origin.asOf(), options.asOf()));
    }
    if (differences.isEmpty()
        && !origin.plan().equals(Checkpoints.origin(job, options, work.plan()).plan())) {
      differences.add(
          "version of Pathwise: %s before, %s now"
              .formatted(origin.codeVersion(), RunRecord.codeVersion()));
    }
    if (!differences.isEmpty()) {
      throw changed(origin.runId(), differences);
    }
  }

  private static BadJobException changed(String runId, List<String> differences) {
    List<String> problems = new ArrayList<>();
    problems.add(
        ("run %s was begun with another job; expected the same, or --no-resume"
                + " to start anew. What differs:")
            .formatted(runId));
    differences.forEach(line -> problems.add("  " + line));
    return new BadJobException(problems);
  }

  /** A job that was changed has another id: an unfinished run of its name is probably meant. */
  private void requireNoOther() throws IOException {
    CheckpointSpec spec = job.checkpoint().orElseThrow();
    for (String other : SliceStore.runs(spec.dir(), hadoop)) {
      SliceStore slices = store(spec, other);
      for (long number : slices.numbers()) {
        if (!slices.complete(number)) {
          continue;
        }
        try {
          Slice slice = slices.read(number);
          if (slice.origin().name().equals(job.name())
              && slice.origin().asOf().equals(options.asOf().toString())
              && !slice.complete()) {
            throw changed(other, job.differences(slice.origin().identity()));
          }
        } catch (DamagedSliceException notThisOne) {
          notes.accept("checkpoint damaged: " + notThisOne.getMessage());
        }
        break;
      }
    }
  }

  private Start branch(BranchSpec branch) throws IOException {
    SliceStore parent = store(job.checkpoint().orElseThrow(), branch.run());
    List<Double> times = new ArrayList<>();
    for (long number : parent.numbers()) {
      if (!parent.complete(number)) {
        continue;
      }
      Slice slice = parent.read(number);
      if (slice.position().atEnd()) {
        continue;
      }
      if (Math.abs(slice.position().time() - branch.at()) <= SAME_TIME) {
        requireFit(branch, slice);
        notes.accept(
            "branches off run %s at t = %s".formatted(branch.run(), slice.position().time()));
        return Start.branch(work, slice, parent.path(number).toString());
      }
      times.add(slice.position().time());
    }
    throw bad(
        times.isEmpty()
            ? "branch.run = %s: no slice of its states is stored in %s, expected a run with checkpoint.every-steps"
                .formatted(branch.run(), job.checkpoint().orElseThrow().dir())
            : "branch.at = %s: no slice there, expected one of %s"
                .formatted(branch.at(), times.stream().sorted().toList()));
  }

  /** The branch must take up every path where it stands, and what it carries. */
  private void requireFit(BranchSpec branch, Slice slice) {
    SimulationPlan plan = work.plan();
    Slice.Position stored = slice.position();
    List<String> problems = new ArrayList<>();
    int step = stored.step();
    if (slice.shards() != work.shards()
        || slice.parts().stream().mapToLong(part -> part.shards().size()).sum() != work.shards()) {
      problems.add(
          "simulation.paths, simulation.shard-size: %d shards, expected the %d of run %s"
              .formatted(work.shards(), slice.shards(), branch.run()));
    }
    boolean reaches = step < work.steps() && plan.cuttable(step);
    Slice.Position here = reaches ? Positions.at(plan, step) : null;
    if (here == null || !here.grid().equals(stored.grid())) {
      problems.add(
          "simulation.steps, times of trades: expected the time grid of run %s up to t = %s"
              .formatted(branch.run(), stored.time()));
    } else {
      if (!here.carried().equals(stored.carried())
          || !here.companion().equals(stored.companion())) {
        problems.add(
            "model, trades: paths carry %s over t = %s, and run %s has stored %s"
                .formatted(here.carried(), stored.time(), branch.run(), stored.carried()));
      }
    }
    if (!problems.isEmpty()) {
      throw new BadJobException(problems);
    }
  }

  /**
   * Puts aside the slices of this run that are damaged.
   *
   * @throws DamagedSliceException if none is: what is damaged is not this run's
   */
  void putAsideDamaged(DamagedSliceException found) {
    boolean any = false;
    try {
      SliceStore own = store.orElseThrow(() -> found);
      for (long number : own.numbers()) {
        if (own.complete(number)) {
          try {
            own.verify(number);
          } catch (DamagedSliceException e) {
            own.putAside(number);
            damaged(e.getMessage());
            any = true;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("checkpoint.dir: " + e.getMessage(), e);
    }
    if (!any) {
      throw found;
    }
  }

  private static BadJobException bad(String problem) {
    return new BadJobException(List.of(problem));
  }
}
