package io.pathwise.spark.calibrate;

import io.pathwise.calibrate.optimise.CmaEs;
import io.pathwise.calibrate.optimise.Objective;
import io.pathwise.calibrate.optimise.Optimiser;
import io.pathwise.calibrate.optimise.OptimiserState;
import io.pathwise.spark.job.CalibrationSpec;
import java.util.Optional;

/**
 * One start of a search: CMA-ES for some generations where asked for, then the local method from
 * the best point met. Goes on from the state that is stored of it.
 */
final class StartRun {
  private static final int GLOBAL = 0;
  private static final int LOCAL = 1;
  private static final double SIGMA = 1;

  private final Objective objective;
  private final CalibrationSpec.Search search;
  private final Optional<StateFiles> files;

  StartRun(Objective objective, CalibrationSpec.Search search, Optional<StateFiles> files) {
    this.objective = objective;
    this.search = search;
    this.files = files;
  }

  /**
   * The last state of a start.
   *
   * @throws IllegalArgumentException if the objective is not defined where the start begins
   */
  OptimiserState run(int number, double[] point) {
    Optional<StateFiles.Stored> stored = files.flatMap(found -> found.newest(number));
    boolean local = stored.filter(found -> found.stage() == LOCAL).isPresent();
    double[] from = point;
    if (search.generations() > 0 && !local) {
      CmaEs global = new CmaEs(SIGMA, search.seed() + number);
      OptimiserState begin =
          stored.map(StateFiles.Stored::state).orElseGet(() -> global.start(objective, point));
      from = iterate(global, begin, search.generations(), number, GLOBAL).best();
    }
    double[] start = from;
    Optimiser optimiser = search.optimiser();
    OptimiserState begin = local ? stored.orElseThrow().state() : optimiser.start(objective, start);
    return iterate(optimiser, begin, search.iterations(), number, LOCAL);
  }

  private OptimiserState iterate(
      Optimiser optimiser, OptimiserState begin, int iterations, int number, int stage) {
    return optimiser.run(
        begin,
        objective,
        iterations,
        state -> files.ifPresent(found -> found.write(number, stage, state)));
  }
}
