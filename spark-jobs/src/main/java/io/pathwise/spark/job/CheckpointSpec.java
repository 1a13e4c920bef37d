package io.pathwise.spark.job;

import com.typesafe.config.ConfigValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a run is kept, so that it can be resumed.
 *
 * @param dir the directory, any Hadoop path; a run has a directory of its own below it
 * @param everySteps stops all paths after so many steps of the grid and keeps their states; empty
 *     to keep the results of finished shards
 * @param interval the time between two slices of finished shards
 * @param keep how many slices are kept, the newest ones
 */
public record CheckpointSpec(String dir, OptionalInt everySteps, Duration interval, int keep) {
  /** The key of the section. */
  static final String KEY = "checkpoint";

  private static final String FORM = "{ dir = ..., every-steps | every-minutes = ..., keep = 2 }";
  private static final String STEPS = "every-steps";
  private static final String MINUTES = "every-minutes";
  private static final double DEFAULT_MINUTES = 10;
  private static final Range MINUTES_RANGE = new Range(0, true, 100_000, "minutes");

  /** The section of a job; nothing where it keeps nothing. */
  static Optional<CheckpointSpec> read(Section job) {
    return job.section(KEY, FORM).flatMap(CheckpointSpec::of);
  }

  private static Optional<CheckpointSpec> of(Section section) {
    Optional<String> dir = section.text("dir");
    Optional<ConfigValue> minutes = section.value(MINUTES);
    int steps = (int) section.whole(STEPS, 1, SimulationReader.MOST_STEPS).orElse(0);
    double interval = section.number(MINUTES, MINUTES_RANGE).orElse(DEFAULT_MINUTES);
    int keep = keep(section);
    section.finish("key");
    if (section.has(STEPS) && minutes.isPresent()) {
      section.complain(
          STEPS,
          "given with %s = %s, expected only one of them"
              .formatted(MINUTES, minutes.get().unwrapped()));
    }
    if (dir.isEmpty() && (section.has(STEPS) || minutes.isPresent())) {
      section.missing("dir", "a directory, any Hadoop path");
    }
    return dir.map(
        path ->
            new CheckpointSpec(
                path,
                steps > 0 ? OptionalInt.of(steps) : OptionalInt.empty(),
                Duration.ofMillis((long) (interval * 60_000)),
                keep));
  }

  private static int keep(Section section) {
    boolean all =
        section.value("keep").filter(value -> value.unwrapped().equals("all")).isPresent();
    return all ? Integer.MAX_VALUE : (int) section.requiredWhole("keep", 1, 1_000_000);
  }

  /** Why this job cannot stop its paths in the middle. */
  static void check(
      Section job,
      Optional<CheckpointSpec> checkpoint,
      List<String> sensitivities,
      SimulationSpec simulation) {
    if (checkpoint.isEmpty() || checkpoint.get().everySteps().isEmpty()) {
      return;
    }
    Section section = job.section(KEY, FORM).orElseThrow();
    section.know(STEPS);
    if (!sensitivities.isEmpty()) {
      section.complain(
          STEPS,
          "the reverse sweep of sensitivities "
              + sensitivities
              + " spans the whole path, expected every-minutes, or gradient.method = tangent");
    }
    if (simulation.dropsPaths()) {
      section.complain(
          STEPS,
          "on-nan = drop takes a path out of results before the cut, expected every-minutes");
    }
  }
}
