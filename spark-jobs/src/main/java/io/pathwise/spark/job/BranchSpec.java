package io.pathwise.spark.job;

import io.pathwise.noise.NoiseSource;
import io.pathwise.sde.FractionalDriver;
import java.util.Optional;

/**
 * Where a run begins that continues another.
 *
 * @param run the run whose stored slice it continues
 * @param at the time of the slice, in years
 */
public record BranchSpec(String run, double at) {
  /** The key of the section. */
  static final String KEY = "branch";

  /** The settings of a job file that name a branch, by key path. */
  public static final String RUN = KEY + ".run";

  /** The time of the slice. */
  public static final String AT = KEY + ".at";

  private static final Range YEARS = new Range(0, true, 1000, "years");

  /** The section of a job; nothing where there is none. */
  static Optional<BranchSpec> read(Section job) {
    if (!job.has(KEY)) {
      return Optional.empty();
    }
    return job.section(KEY, "{ run = ..., at = ... }").map(BranchSpec::of);
  }

  private static BranchSpec of(Section section) {
    if (!section.has("run")) {
      section.missing("run", "the id of the run to continue");
    }
    String run = section.text("run").orElse("");
    if (!run.isEmpty() && !RunOptions.isRunId(run)) {
      section.complain("run", "expected " + RunOptions.RUN_ID_FORM);
    }
    BranchSpec branch = new BranchSpec(run, section.requiredNumber("at", YEARS));
    section.finish("key");
    return branch;
  }

  /** What a branch cannot do. */
  static void check(
      Section job,
      Optional<BranchSpec> branch,
      Optional<CheckpointSpec> checkpoint,
      boolean differentiated,
      ModelSpec model,
      SimulationSpec simulation) {
    if (branch.isEmpty()) {
      return;
    }
    if (checkpoint.isEmpty()) {
      job.section(CheckpointSpec.KEY, "{}")
          .orElseThrow()
          .missing("dir", "where the slices of run " + branch.get().run() + " are");
    }
    if (differentiated) {
      job.complain(
          "sensitivities", "a branch starts at stored states, expected no sensitivities of it");
    }
    Section section = job.section(KEY, "{}").orElseThrow();
    if (simulation.dropsPaths()) {
      section.complain("run", "on-nan = drop with a branch, expected on-nan = fail");
    }
    if (simulation.sampling() instanceof NoiseSource.Stratified) {
      section.complain(
          "run",
          "a stratum is one of the whole path, expected sampling.method other than stratified with"
              + " a branch");
    }
    if (SchemeReader.sound(model)
        .flatMap(sde -> sde.capability(FractionalDriver.class))
        .isPresent()) {
      section.complain(
          "run", "fractional noise remembers what was before the slice, expected another model");
    }
    if (branch.get().at() >= simulation.horizon()) {
      section.complain(
          "at",
          "not before the horizon, expected a time below " + Range.plain(simulation.horizon()));
    }
  }
}
