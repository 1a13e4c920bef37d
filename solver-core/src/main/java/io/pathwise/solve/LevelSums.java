package io.pathwise.solve;

import io.pathwise.estimate.LevelStatistics;
import io.pathwise.estimate.Moments;
import java.util.Optional;

/** The sums of a level over its batches, each a run on a stream of its own. */
final class LevelSums {
  private final int level;
  private final PathRun run;
  private final double cost;
  private final double[] totals;
  private long samples;
  private int batches;

  LevelSums(int level, PathRun run, double cost) {
    this.level = level;
    this.run = run;
    this.cost = cost;
    this.totals = new double[run.sums()];
  }

  long samples() {
    return samples;
  }

  double cost() {
    return cost;
  }

  /** Runs so many paths more. */
  void add(long paths, Multilevel.Runner runner) {
    PathRun batch = run.onStream(Streams.level(level, batches++));
    Tally tally = runner.run(new SimulationPlan(batch, Optional.empty()), paths);
    double[] sums = tally.fine().total();
    for (int i = 0; i < sums.length; i++) {
      totals[i] += sums[i];
    }
    samples += tally.fine().paths();
  }

  LevelStatistics statistics(int claim) {
    int first = LevelPlan.OUTPUTS * claim;
    int difference = run.offset(first + LevelPlan.DIFFERENCE);
    int square = run.offset(first + LevelPlan.SQUARE);
    int cube = run.offset(first + LevelPlan.CUBE);
    double[] powers = {
      totals[difference], totals[difference + 1], totals[cube], totals[square + 1]
    };
    return LevelStatistics.of(
        level, samples, shift(first), powers, moments(first + LevelPlan.FINE), cost);
  }

  private double shift(int output) {
    return run.schedule().outputs().get(output).shift();
  }

  private Moments moments(int output) {
    int at = run.offset(output);
    return Moments.fromShiftedSums(samples, shift(output), totals[at], totals[at + 1]);
  }

  /** The derivative of Y in parameter p of the gradient. */
  Moments derivative(int claim, int p) {
    int at = run.offset(LevelPlan.OUTPUTS * claim + LevelPlan.DIFFERENCE) + 2 + 2 * p;
    return Moments.fromShiftedSums(samples, 0, totals[at], totals[at + 1]);
  }

  /** Whether the claim has derivatives. */
  boolean differentiates(int claim) {
    return run.derivatives(run.schedule().outputs().get(LevelPlan.OUTPUTS * claim)) > 0;
  }
}
