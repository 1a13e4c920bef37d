package io.pathwise.spark.calibrate;

import io.pathwise.spark.job.CalibrationSpec;
import io.pathwise.spark.job.Optimisers;
import java.io.Serializable;

/** How the optimum is looked for, in the form that travels to tasks. */
record SearchSettings(
    String optimiser, double tolerance, int iterations, int starts, long seed, int generations)
    implements Serializable {

  static SearchSettings of(CalibrationSpec.Search search) {
    return new SearchSettings(
        search.optimiser().name(),
        search.tolerance(),
        search.iterations(),
        search.starts(),
        search.seed(),
        search.generations());
  }

  CalibrationSpec.Search search() {
    return new CalibrationSpec.Search(
        Optimisers.named(optimiser, seed, tolerance),
        tolerance,
        iterations,
        starts,
        seed,
        generations,
        false);
  }
}
