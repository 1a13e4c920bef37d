package io.pathwise.estimate;

import java.util.ArrayList;
import java.util.List;

/**
 * What the paths of one level of multilevel Monte Carlo showed of Y = P_f - P_c, the payoff on the
 * level's grid less that on the next coarser grid of the same Brownian paths; on level 0, Y = P_f
 * (Giles 2008, section 2; the diagnostics are those of Giles 2015, section 3.1).
 *
 * @param level the level
 * @param samples the number of paths N
 * @param mean of Y
 * @param variance of Y
 * @param kurtosis of Y; the larger, the less its sample variance can be trusted
 * @param fineMean the mean of P_f
 * @param fineVariance the variance of P_f
 * @param cost steps a path, those of both grids
 */
public record LevelStatistics(
    int level,
    long samples,
    double mean,
    double variance,
    double kurtosis,
    double fineMean,
    double fineVariance,
    double cost) {

  /**
   * From sums of powers of d = Y - c.
   *
   * @param centre c
   * @param powers the sums of d, d^2, d^3 and d^4
   */
  public static LevelStatistics of(
      int level, long samples, double centre, double[] powers, Moments fine, double cost) {
    double n = samples;
    double m1 = powers[0] / n;
    double m2 = powers[1] / n;
    double m3 = powers[2] / n;
    double m4 = powers[3] / n;
    Moments moments = Moments.fromShiftedSums(samples, centre, powers[0], powers[1]);
    double spread = m2 - m1 * m1;
    double fourth = m4 - 4 * m3 * m1 + 6 * m2 * m1 * m1 - 3 * m1 * m1 * m1 * m1;
    return new LevelStatistics(
        level,
        samples,
        moments.mean(),
        moments.variance(),
        spread > 0 ? fourth / (spread * spread) : Double.NaN,
        fine.mean(),
        fine.variance(),
        cost);
  }

  /** The variance of the mean of Y. */
  public double varianceOfMean() {
    return variance / samples;
  }

  /**
   * |a - b + c| over three times the sum of their standard errors, where a is the mean of P_f on
   * the level below, b that on this one and c the mean of Y: above 1 with a probability of less
   * than 0.3 % where both grids of a level have the laws that their own levels give them.
   */
  public double consistency(LevelStatistics below) {
    double difference = Math.abs(below.fineMean - fineMean + mean);
    double errors =
        Math.sqrt(below.fineVariance / below.samples)
            + Math.sqrt(fineVariance / samples)
            + Math.sqrt(varianceOfMean());
    return difference == 0 ? 0 : difference / (3 * errors);
  }

  /** The consistency of each level with the one below; 0 for level 0. */
  public static List<Double> consistencies(List<LevelStatistics> levels) {
    List<Double> all = new ArrayList<>();
    for (int l = 0; l < levels.size(); l++) {
      all.add(l == 0 ? 0 : levels.get(l).consistency(levels.get(l - 1)));
    }
    return List.copyOf(all);
  }
}
