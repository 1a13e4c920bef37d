package io.pathwise.estimate;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How fast the levels of multilevel Monte Carlo change: |E[Y_l]| ~ 2^(-alpha l), V[Y_l] ~ 2^(-beta
 * l), cost ~ 2^(gamma l), by regression of the base-2 logarithms on l over levels 1 and up (Giles
 * 2008, theorem 3.1).
 *
 * @param alpha the weak order
 * @param beta twice the strong order where the payoff is Lipschitz
 * @param gamma the growth of the cost
 */
public record MultilevelRates(double alpha, double beta, double gamma) {

  /**
   * Of at least three levels, the lowest of which is left out.
   *
   * @throws IllegalArgumentException if there are fewer
   */
  public static MultilevelRates of(List<LevelStatistics> levels) {
    if (levels.size() < 3) {
      throw new IllegalArgumentException(levels.size() + " levels, expected at least 3");
    }
    return new MultilevelRates(
        -slope(levels, level -> Math.abs(level.mean())),
        -slope(levels, LevelStatistics::variance),
        slope(levels, LevelStatistics::cost));
  }

  /** NaN where fewer than two levels have a value above 0. */
  private static double slope(
      List<LevelStatistics> levels, ToDoubleFunction<LevelStatistics> value) {
    double n = 0;
    double sumL = 0;
    double sumY = 0;
    double sumLl = 0;
    double sumLy = 0;
    for (LevelStatistics level : levels.subList(1, levels.size())) {
      double y = value.applyAsDouble(level);
      if (y > 0) {
        double l = level.level();
        double log = StrictMath.log(y) / StrictMath.log(2);
        n++;
        sumL += l;
        sumY += log;
        sumLl += l * l;
        sumLy += l * log;
      }
    }
    return (n * sumLy - sumL * sumY) / (n * sumLl - sumL * sumL);
  }
}
