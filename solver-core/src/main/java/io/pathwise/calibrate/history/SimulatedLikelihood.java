package io.pathwise.calibrate.history;

import io.pathwise.expr.LaneInterpreter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The likelihood by simulation between observations (Pedersen 1995, "A new approach to maximum
 * likelihood estimation for stochastic differential equations based on discrete observations"): the
 * density of M Euler steps of size d, with the states in between integrated out by Monte Carlo.
 * They are drawn from the modified Brownian bridge to the next observation x' (Durham and Gallant
 * 2002, "Numerical techniques for maximum likelihood estimation of continuous-time diffusion
 * processes"),
 *
 * <pre>
 * x_(m+1) = x_m + (x' - x_m)/(M - m) + sigma(x_m) sqrt(d (M - m - 1)/(M - m)) z,
 * </pre>
 *
 * and weighted by the density of Euler's steps over that of the bridge.
 *
 * <p>The normals are numbered by observation, pair of antithetic paths and sub-step, so the same
 * for all parameters: the likelihood is as smooth in them as drift and diffusion. Its bias is that
 * of Euler's scheme, of order 1/M; to this comes that of the logarithm of a mean, minus half the
 * square of {@link #simulationError}. Paths that leave the domain of sigma weigh nothing.
 */
final class SimulatedLikelihood implements TransitionLikelihood {
  private static final int LANES = 2048;
  private static final long MOST_KEPT = 1L << 23;

  private final Observations history;
  private final int subSteps;
  private final int paths;
  private final int chunk;
  private final LaneInterpreter coefficients;
  private final BridgeNormals normals;
  private final double[][][] kept;

  /** The likelihood of a history. */
  SimulatedLikelihood(
      ScalarDiffusion diffusion, Observations history, TransitionDensity.Simulated method) {
    this(diffusion, history, method, MOST_KEPT);
  }

  /**
   * The same.
   *
   * @param mostKept the most normals that are kept from one evaluation to the next; of more all are
   *     drawn again each time
   */
  SimulatedLikelihood(
      ScalarDiffusion diffusion,
      Observations history,
      TransitionDensity.Simulated method,
      long mostKept) {
    this.history = history;
    this.subSteps = method.subSteps();
    this.paths = method.paths();
    this.chunk = Math.max(1, LANES / paths);
    this.coefficients =
        new LaneInterpreter(
            List.of(diffusion.drift(), diffusion.diffusion()), List.of(diffusion.x()));
    this.normals = new BridgeNormals(method.seed(), paths / 2, subSteps - 1);
    boolean fits = (long) history.steps() * (paths / 2) * (subSteps - 1) <= mostKept;
    this.kept =
        fits
            ? IntStream.range(0, chunks())
                .parallel()
                .mapToObj(this::draw)
                .toArray(double[][][]::new)
            : null;
  }

  private int chunks() {
    return (history.steps() + chunk - 1) / chunk;
  }

  private int stepsOf(int c) {
    return Math.min(chunk, history.steps() - c * chunk);
  }

  private double[][] draw(int c) {
    return normals.of(c * chunk, stepsOf(c));
  }

  @Override
  public double logLikelihood(Map<String, Double> parameters) {
    double sum = 0;
    for (double density : densities(parameters)[0]) {
      sum += density;
    }
    return sum;
  }

  @Override
  public double simulationError(Map<String, Double> parameters) {
    double sum = 0;
    for (double variance : densities(parameters)[1]) {
      sum += variance;
    }
    return Math.sqrt(sum);
  }

  /** For each step the logarithm of its density, and the variance of that. */
  private double[][] densities(Map<String, Double> parameters) {
    double[][] densities = new double[2][history.steps()];
    IntStream.range(0, chunks()).parallel().forEach(c -> run(c, parameters, densities));
    return densities;
  }

  private void run(int c, Map<String, Double> parameters, double[][] densities) {
    int from = c * chunk;
    int steps = stepsOf(c);
    int n = steps * paths;
    double dt = history.step() / subSteps;
    double[][] z = kept == null ? draw(c) : kept[c];
    double[] x = new double[n];
    double[] logWeight = new double[n];
    double[] mu = new double[n];
    double[] sigma = new double[n];
    for (int i = 0; i < steps; i++) {
      Arrays.fill(x, i * paths, (i + 1) * paths, history.values()[from + i]);
    }
    for (int m = 0; m < subSteps; m++) {
      coefficients.evaluate(parameters, new double[][] {x}, n, new double[][] {mu, sigma});
      double left = subSteps - m;
      double root = Math.sqrt(dt * (left - 1) / left);
      for (int i = 0; i < steps; i++) {
        double target = history.values()[from + i + 1];
        for (int k = i * paths; k < (i + 1) * paths; k++) {
          double normal = m == subSteps - 1 ? 0 : k % 2 == 0 ? z[m][k / 2] : -z[m][k / 2];
          double move = (target - x[k]) / left + sigma[k] * root * normal;
          double e = (move - mu[k] * dt) / sigma[k];
          logWeight[k] += 0.5 * (normal * normal - e * e / dt);
          x[k] += move;
        }
      }
    }
    double constant = -0.5 * StrictMath.log(2 * Math.PI * dt * subSteps);
    for (int i = 0; i < steps; i++) {
      double[] mean = mean(logWeight, sigma, i * paths);
      densities[0][from + i] = constant + mean[0];
      densities[1][from + i] = mean[1];
    }
  }

  /** The logarithm of the mean of exp(logWeight) / sigma, and the variance of that. */
  private double[] mean(double[] logWeight, double[] sigma, int first) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = first; k < first + paths; k++) {
      if (sigma[k] > 0 && logWeight[k] > most) {
        most = logWeight[k];
      }
    }
    if (most == Double.NEGATIVE_INFINITY) {
      return new double[] {most, 0};
    }
    double sum = 0;
    double square = 0;
    int pairs = paths / 2;
    for (int k = first; k < first + paths; k += 2) {
      double pair =
          0.5 * (weight(logWeight, sigma, k, most) + weight(logWeight, sigma, k + 1, most));
      sum += pair;
      square += pair * pair;
    }
    double mean = sum / pairs;
    double variance = Math.max(square / pairs - mean * mean, 0) / Math.max(pairs - 1, 1);
    return new double[] {most + StrictMath.log(mean), variance / (mean * mean)};
  }

  private static double weight(double[] logWeight, double[] sigma, int k, double most) {
    boolean isInside = sigma[k] > 0 && logWeight[k] <= most;
    return isInside ? StrictMath.exp(logWeight[k] - most) / sigma[k] : 0;
  }
}
