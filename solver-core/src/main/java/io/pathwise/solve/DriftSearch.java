package io.pathwise.solve;

import io.pathwise.kernel.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the drift under which a claim is estimated with little variance.
 *
 * <p>It begins at the drift whose straight path maximises payoff times density (Glasserman,
 * Heidelberger and Shahabuddin 1999), which needs no path that pays by chance, and then takes two
 * steps of the cross-entropy method, theta = E[V W_T] / (T E[V]), on pilots under the drift so far
 * (Rubinstein and Kroese 2004).
 */
final class DriftSearch {
  private static final double[] DEVIATIONS = {0.25, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8};
  private static final int HALVINGS = 5;
  private static final int STEPS = 2;

  private final PathRun run;
  private final int output;
  private final int channels;
  private final double time;
  private final PathReplay replay;

  private DriftSearch(PathRun run, int output, int channels) {
    this.run = run;
    this.output = output;
    this.channels = channels;
    Schedule schedule = run.schedule();
    this.time = schedule.times()[schedule.outputs().get(output).at()];
    this.replay = new PathReplay(run);
  }

  /**
   * Searches.
   *
   * @param run without gradient
   * @param output the number of the claim's output
   * @param channels Brownian channels
   * @return the drift of each channel
   * @throws IllegalArgumentException if no straight path pays
   */
  static List<Double> of(PathRun run, int output, int channels, Pilot pilot) {
    DriftSearch search = new DriftSearch(run, output, channels);
    double[] theta = search.mode();
    for (int step = 0; step < STEPS; step++) {
      theta = search.crossEntropy(theta, pilot);
    }
    return boxed(theta);
  }

  /** The variance of each output's plain estimator over that of the weighted one, by a pilot. */
  static double[] ratios(PathRun run, List<Double> theta, Pilot pilot) {
    PathValues values = pilot.values(DriftChange.pilot(run, theta, 0));
    int outputs = run.schedule().outputs().size();
    double[] ratios = new double[outputs];
    for (int o = 0; o < outputs; o++) {
      ratios[o] = ratio(values.of(o), values.of(outputs + o));
    }
    return ratios;
  }

  /** log |V| - |theta|^2 T / 2 on the path whose Brownian motion is theta t. */
  private double score(double[] theta) {
    double[] times = run.schedule().times();
    double[][] states =
        replay.states(
            (k, c) -> c < theta.length ? theta[c] * Math.sqrt(times[k + 1] - times[k]) : 0);
    double value = Math.abs(replay.outputs(states)[output]);
    double squares = Arrays.stream(theta).map(x -> x * x).sum();
    return value > 0 && Double.isFinite(value)
        ? StrictMath.log(value) - 0.5 * squares * time
        : Double.NEGATIVE_INFINITY;
  }

  /** The best drift along the axes and diagonals, then improved channel by channel. */
  private double[] mode() {
    double unit = 1 / Math.sqrt(time);
    double[] best = new double[channels];
    double score = score(best);
    for (double[] direction : directions()) {
      for (double deviation : DEVIATIONS) {
        double[] candidate = scaled(direction, deviation * unit);
        double value = score(candidate);
        if (value > score) {
          best = candidate;
          score = value;
        }
      }
    }
    if (score == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          run.program().outputs().get(run.schedule().outputs().get(output).template()).name()
              + " is 0 on every straight path within "
              + DEVIATIONS[DEVIATIONS.length - 1]
              + " standard deviations: expected a drift theta");
    }
    double size = 0.5 * unit;
    for (int halving = 0; halving < HALVINGS; size /= 2, halving++) {
      boolean improved = true;
      for (int round = 0; improved && round < 4; round++) {
        improved = false;
        for (int c = 0; c < 2 * channels; c++) {
          double[] candidate = best.clone();
          candidate[c / 2] += c % 2 == 0 ? size : -size;
          double value = score(candidate);
          if (value > score) {
            best = candidate;
            score = value;
            improved = true;
          }
        }
      }
    }
    return best;
  }

  /** Unit vectors: the axes, and for two channels or more the sum and differences of pairs. */
  private List<double[]> directions() {
    List<double[]> directions = new ArrayList<>();
    for (int i = 0; i < channels; i++) {
      for (int j = i; j < channels; j++) {
        for (int signs = 0; signs < (i == j ? 2 : 4); signs++) {
          double[] direction = new double[channels];
          double length = i == j ? 1 : Math.sqrt(0.5);
          direction[j] = signs / 2 == 0 ? length : -length;
          direction[i] = signs % 2 == 0 ? length : -length;
          directions.add(direction);
        }
      }
    }
    return directions;
  }

  private static double[] scaled(double[] direction, double size) {
    return Arrays.stream(direction).map(x -> x * size).toArray();
  }

  private double[] crossEntropy(double[] theta, Pilot pilot) {
    PathValues values = pilot.values(DriftChange.pilot(run, boxed(theta), output));
    double[] weighted = values.of(output);
    int brownians = 2 * run.schedule().outputs().size();
    double total = 0;
    double[] sums = new double[channels];
    for (int c = 0; c < channels; c++) {
      double[] brownian = values.of(brownians + c);
      for (int i = 0; i < weighted.length; i++) {
        double value = Math.abs(weighted[i]);
        if (Double.isFinite(value)) {
          sums[c] += value * (brownian[i] + theta[c] * time);
          total += c == 0 ? value : 0;
        }
      }
    }
    if (total == 0) {
      return theta;
    }
    double[] next = new double[channels];
    for (int c = 0; c < channels; c++) {
      next[c] = sums[c] / (time * total);
    }
    return next;
  }

  /** Both second moments from paths under the drift: E[(V w)^2], and E[V^2] as E[(V w)^2 / w]. */
  private static double ratio(double[] weighted, double[] weights) {
    double sum = 0;
    double squares = 0;
    double plain = 0;
    int n = 0;
    for (int i = 0; i < weighted.length; i++) {
      double value = weighted[i];
      if (Double.isFinite(value)) {
        sum += value;
        squares += value * value;
        plain += value == 0 ? 0 : value * value / weights[i];
        n++;
      }
    }
    double mean = sum / n;
    return (plain / n - mean * mean) / (squares / n - mean * mean);
  }

  private static List<Double> boxed(double[] theta) {
    return Arrays.stream(theta).boxed().toList();
  }
}
