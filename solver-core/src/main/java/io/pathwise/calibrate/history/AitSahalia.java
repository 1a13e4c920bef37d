package io.pathwise.calibrate.history;

import io.pathwise.expr.Expr;
import io.pathwise.expr.LaneInterpreter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The closed-form expansion of a transition density in the time dt between observations
 * (Ait-Sahalia 2002, "Maximum likelihood estimation of discretely sampled diffusions: a closed-form
 * approximation approach", Econometrica 70), in its logarithm (Ait-Sahalia 2008, Annals of
 * Statistics 36).
 *
 * <p>In y, dy = dx / sigma(x), the diffusion is 1 and the drift m = mu/sigma - sigma'/2 (Lamperti).
 * With h the distance in y from one observation to the next, l(s) = -(m^2 + m')/2 at the share s of
 * the way, and derivatives in y,
 *
 * <pre>
 * log p = -log(2 pi dt)/2 - log sigma(x') - h^2/(2 dt) + int m dy + sum over k of C_k dt^k / k!,
 * C_1 = int_0^1 l(s) ds,       C_2 = int_0^1 s (1 - s) l''(s) ds,
 * C_3 = int_0^1 3/4 s^2 (1 - s)^2 l''''(s) + 3 s^2 C_1'(s h)^2 ds,
 * </pre>
 *
 * from C_k + (h/k) C_k' = C_(k-1)''/2 + sum of C_i' C_j' (k-1)! / (2 i! j!) over i + j = k - 1,
 * which the forward equation asks for. Integrals are over x by Gauss and Legendre's rule; that of m
 * dy is that of mu/sigma^2 dx - d(log sigma)/2. The derivatives are exact.
 *
 * <p>The error of the logarithm is of order dt^(K+1) for the last power K. Near a boundary that the
 * process cannot reach, where m is singular in y, it is no small number; the next order tells.
 */
final class AitSahalia implements TransitionLikelihood {
  private static final UnitQuadrature RULE = UnitQuadrature.of(6);
  private static final int POINTS = RULE.points().length;
  private static final int CHUNK = 256;

  private final Observations history;
  private final int order;
  private final LaneInterpreter between;
  private final LaneInterpreter at;
  private final int outputs;

  /** The likelihood of a history to an order of dt, 1 to 3. */
  AitSahalia(ScalarDiffusion diffusion, Observations history, int order) {
    this.history = history;
    this.order = order;
    List<Expr> functions = functions(diffusion, order);
    this.outputs = functions.size();
    this.between = new LaneInterpreter(functions, List.of(diffusion.x()));
    this.at = new LaneInterpreter(List.of(diffusion.diffusion().log()), List.of(diffusion.x()));
  }

  /** 1/sigma, mu/sigma^2, l; from the second order l''; for the third l' and l''''. */
  private static List<Expr> functions(ScalarDiffusion diffusion, int order) {
    int most = 2 * (order - 1);
    TaylorSeries sigma = TaylorSeries.of(diffusion.diffusion(), diffusion.x(), most + 2);
    TaylorSeries mu = TaylorSeries.of(diffusion.drift(), diffusion.x(), most + 1);
    TaylorSeries drift = mu.over(sigma).plus(sigma.derivative().times(-0.5));
    List<TaylorSeries> potential = new ArrayList<>();
    potential.add(drift.times(drift).plus(sigma.times(drift.derivative())).times(-0.5));
    for (int k = 1; k <= most; k++) {
      potential.add(sigma.times(potential.get(k - 1).derivative()));
    }
    List<Expr> functions = new ArrayList<>();
    functions.add(Expr.ONE.over(diffusion.diffusion()));
    functions.add(diffusion.drift().over(diffusion.diffusion().square()));
    functions.add(potential.get(0).value());
    if (order >= 2) {
      functions.add(potential.get(2).value());
    }
    if (order >= 3) {
      functions.add(potential.get(1).value());
      functions.add(potential.get(4).value());
    }
    return functions;
  }

  @Override
  public double logLikelihood(Map<String, Double> parameters) {
    double sum = 0;
    for (double density : logDensities(parameters)) {
      sum += density;
    }
    return sum < Double.POSITIVE_INFINITY ? sum : Double.NEGATIVE_INFINITY;
  }

  /** The logarithm of the density of each observation given the one before. */
  double[] logDensities(Map<String, Double> parameters) {
    double[] densities = new double[history.steps()];
    IntStream.range(0, (densities.length + CHUNK - 1) / CHUNK)
        .parallel()
        .forEach(c -> chunk(c * CHUNK, parameters, densities));
    return densities;
  }

  private void chunk(int from, Map<String, Double> parameters, double[] densities) {
    int steps = Math.min(CHUNK, densities.length - from);
    double[] path = new double[steps + 1];
    System.arraycopy(history.values(), from, path, 0, steps + 1);
    double[] logSigma = new double[steps + 1];
    at.evaluate(parameters, new double[][] {path}, steps + 1, new double[][] {logSigma});
    double[] points = new double[steps * POINTS];
    for (int i = 0; i < steps; i++) {
      for (int j = 0; j < POINTS; j++) {
        points[i * POINTS + j] = path[i] + RULE.points()[j] * (path[i + 1] - path[i]);
      }
    }
    double[][] values = new double[outputs][points.length];
    between.evaluate(parameters, new double[][] {points}, points.length, values);
    for (int i = 0; i < steps; i++) {
      densities[from + i] =
          0.5 * logSigma[i]
              - 1.5 * logSigma[i + 1]
              + standardised(values, i * POINTS, path[i + 1] - path[i]);
    }
  }

  /** The logarithm of the density but for the powers of sigma at both ends. */
  private double standardised(double[][] values, int first, double distance) {
    double dt = history.step();
    double[] weights = RULE.weights();
    double inverse = 0;
    double drift = 0;
    for (int j = 0; j < POINTS; j++) {
      inverse += weights[j] * values[0][first + j];
      drift += weights[j] * values[1][first + j];
    }
    double h = distance * inverse;
    double sum = -0.5 * StrictMath.log(2 * Math.PI * dt) - h * h / (2 * dt) + distance * drift;
    for (int j = 0; j < POINTS; j++) {
      double share = weights[j] * values[0][first + j] / inverse;
      sum += share * dt * values[2][first + j];
      if (order >= 2) {
        double s = share(values, first, j, inverse);
        double middle = s * (1 - s);
        sum += share * dt * dt / 2 * middle * values[3][first + j];
        if (order >= 3) {
          double slope = slope(values, first, j, inverse);
          double third =
              0.75 * middle * middle * values[5][first + j] + 3 * slope * slope / (s * s);
          sum += share * dt * dt * dt / 6 * third;
        }
      }
    }
    return sum;
  }

  /** The share of the way in y that point j has behind it. */
  private static double share(double[][] values, int first, int j, double inverse) {
    double sum = 0;
    for (int k = 0; k < POINTS; k++) {
      sum += RULE.partial()[j][k] * values[0][first + k];
    }
    return sum / inverse;
  }

  /** s^2 C_1'(s h) at point j: the integral of r l'(r) from 0 to s. */
  private static double slope(double[][] values, int first, int j, double inverse) {
    double sum = 0;
    for (int k = 0; k < POINTS; k++) {
      sum +=
          RULE.partial()[j][k]
              * values[0][first + k]
              * share(values, first, k, inverse)
              * values[4][first + k];
    }
    return sum / inverse;
  }
}
