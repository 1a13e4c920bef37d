package io.pathwise.calibrate;

import io.pathwise.calibrate.optimise.Optimiser;
import io.pathwise.noise.Threefry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Parameters of fits to quotes drawn with replacement from the quotes (Efron 1979; pairs
 * bootstrap). Draws are numbered by (seed, replicate), so replicates may be computed anywhere.
 *
 * @param parameters the free parameters
 * @param replicates a row a replicate, of the parameters in their order
 */
public record Bootstrap(List<String> parameters, double[][] replicates) {

  /**
   * Refits from a fit's parameters.
   *
   * @param count how many replicates
   * @param seed of the draws
   * @param iterations the most that a refit may take
   */
  public static Bootstrap of(
      Calibration fit, int count, long seed, Optimiser optimiser, int iterations) {
    double[][] replicates = new double[count][];
    for (int b = 0; b < count; b++) {
      replicates[b] = replicate(fit, b, seed, optimiser, iterations);
    }
    return new Bootstrap(fit.problem().space().freeNames(), replicates);
  }

  /** The free parameters of one replicate. */
  public static double[] replicate(
      Calibration fit, int number, long seed, Optimiser optimiser, int iterations) {
    List<OptionQuote> quotes = fit.problem().quotes();
    int[] counts = new int[quotes.size()];
    for (int draw = 0; draw < counts.length; draw++) {
      long word = Threefry.block(seed, 0x626F6F74, number, draw)[0];
      counts[(int) Math.floorMod(word >>> 1, (long) counts.length)]++;
    }
    List<OptionQuote> drawn = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        drawn.add(quotes.get(i).weighing(counts[i] * quotes.get(i).weight()));
      }
    }
    CalibrationProblem problem = fit.problem().with(drawn);
    double[] start = problem.space().coordinates(fit.parameters());
    Calibration refit = Calibration.fit(problem, optimiser, start, iterations);
    return problem.space().freeNames().stream().mapToDouble(refit.parameters()::get).toArray();
  }

  /** The standard deviation of a parameter over the replicates. */
  public double standardError(String parameter) {
    double[] values = sorted(parameter);
    double mean = Arrays.stream(values).sum() / values.length;
    double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(square / (values.length - 1));
  }

  /** The percentile interval of a parameter: its lower and upper end. */
  public double[] interval(String parameter, double level) {
    double[] values = sorted(parameter);
    return new double[] {quantile(values, 0.5 * (1 - level)), quantile(values, 0.5 * (1 + level))};
  }

  private double[] sorted(String parameter) {
    int j = parameters.indexOf(parameter);
    if (j < 0) {
      throw new IllegalArgumentException(
          "bootstrap of " + parameter + ", expected one of " + parameters);
    }
    return Arrays.stream(replicates).mapToDouble(row -> row[j]).sorted().toArray();
  }

  private static double quantile(double[] sorted, double p) {
    double at = p * (sorted.length - 1);
    int left = (int) Math.floor(at);
    int right = Math.min(left + 1, sorted.length - 1);
    return sorted[left] + (at - left) * (sorted[right] - sorted[left]);
  }
}
