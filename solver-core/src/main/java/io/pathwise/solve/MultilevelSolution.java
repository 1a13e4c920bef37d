package io.pathwise.solve;

import io.pathwise.estimate.LevelAllocation;
import io.pathwise.estimate.LevelStatistics;
import io.pathwise.estimate.Moments;
import io.pathwise.estimate.MultilevelRates;
import io.pathwise.payoff.Claim;
import java.util.List;
import java.util.stream.IntStream;

/** What {@link Multilevel} found: means with errors, derivatives, and how the levels behave. */
public final class MultilevelSolution {
  private final SimulationRequest request;
  private final double rmse;
  private final boolean converged;
  private final List<LevelSums> levels;

  MultilevelSolution(
      SimulationRequest request, double rmse, boolean converged, List<LevelSums> levels) {
    this.request = request;
    this.rmse = rmse;
    this.converged = converged;
    this.levels = List.copyOf(levels);
  }

  /**
   * A sum over levels.
   *
   * @param mean the estimate
   * @param standardError of its noise
   * @param bias what the finest grid still adds, extrapolated; NaN for a derivative
   */
  public record Estimate(double mean, double standardError, double bias) {

    /** The root mean square error of noise and bias together. */
    public double rmse() {
      return Math.sqrt(standardError * standardError + bias * bias);
    }
  }

  /** Whether the target for the error was met before the finest level was reached. */
  public boolean converged() {
    return converged;
  }

  /** The levels run, level 0 included. */
  public int levels() {
    return levels.size();
  }

  /**
   * A claim's mean.
   *
   * @throws IllegalArgumentException if there is no such claim
   */
  public Estimate value(String claim) {
    double mean = 0;
    double variance = 0;
    for (LevelStatistics level : statistics(claim)) {
      mean += level.mean();
      variance += level.varianceOfMean();
    }
    double bias = LevelAllocation.View.of(statistics(claim)).bias();
    return new Estimate(mean, Math.sqrt(variance), bias);
  }

  /**
   * The derivative of a claim's mean in a parameter.
   *
   * @throws IllegalArgumentException if it was not asked for, or the claim is not smooth
   */
  public Estimate derivative(String claim, String parameter) {
    int p = request.gradient().indexOf(parameter);
    if (p < 0 || !levels.get(0).differentiates(number(claim))) {
      throw new IllegalArgumentException(
          "derivative of "
              + claim
              + " in "
              + parameter
              + ", expected a smooth claim and one of "
              + request.gradient());
    }
    double mean = 0;
    double variance = 0;
    for (LevelSums level : levels) {
      Moments moments = level.derivative(number(claim), p);
      mean += moments.mean();
      variance += moments.variance() / moments.count();
    }
    return new Estimate(mean, Math.sqrt(variance), Double.NaN);
  }

  /** What each level showed of a claim. */
  public List<LevelStatistics> statistics(String claim) {
    int number = number(claim);
    return levels.stream().map(level -> level.statistics(number)).toList();
  }

  /** The measured rates of a claim. */
  public MultilevelRates rates(String claim) {
    return MultilevelRates.of(statistics(claim));
  }

  /** The steps of all paths on all levels. */
  public double cost() {
    return levels.stream().mapToDouble(level -> level.samples() * level.cost()).sum();
  }

  /** The steps that plain Monte Carlo on the finest grid takes for the same error of a claim. */
  public double plainCost(String claim) {
    List<LevelStatistics> statistics = statistics(claim);
    LevelStatistics finest = statistics.get(statistics.size() - 1);
    double steps = StrictMath.scalb(statistics.get(0).cost(), finest.level());
    return new LevelAllocation(rmse).plainPaths(finest.fineVariance()) * steps;
  }

  private int number(String claim) {
    List<String> ids = request.claims().stream().map(Claim::id).toList();
    return IntStream.range(0, ids.size())
        .filter(i -> ids.get(i).equals(claim))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("claim " + claim + ", expected one of " + ids));
  }
}
