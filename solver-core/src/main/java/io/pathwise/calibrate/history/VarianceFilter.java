package io.pathwise.calibrate.history;

import java.util.Arrays;
import java.util.Map;

/**
 * The likelihood of returns under Heston's model by a nonlinear filter on a grid (Kitagawa 1987,
 * "Non-Gaussian state-space modeling of nonstationary time series"): the density of the root of the
 * variance given the returns so far, carried from step to step by numerical integration. No
 * sampling, so the likelihood is a smooth function of the parameters.
 *
 * <p>The equation is Euler's step over one observation, in which a return determines the price's
 * normal given the variance, and with it the correlated part of the variance's normal:
 *
 * <pre>
 * r = (mu - v/2) dt + sqrt(v dt) e,
 * v' = v + kappa (theta - v) dt + xi sqrt(v dt) (rho e + sqrt(1 - rho^2) n).
 * </pre>
 *
 * <p>In sqrt(v) the standard deviation of n's part is nearly constant, xi sqrt((1 - rho^2) dt) / 2;
 * the grid's spacing is a share of it. What would fall below the grid is spread over the rest; that
 * is where the error is, since the spacing is coarse against variances near 0.
 */
final class VarianceFilter {
  /** How many standard deviations a step reaches. */
  private static final double REACH = 5.5;

  private static final double NEGLIGIBLE = 1e-12;
  private static final int MOST_POINTS = 2000;

  private final double[] returns;
  private final double dt;
  private final double spacing;
  private final double highest;

  /**
   * A filter of returns.
   *
   * @param spacing of the grid in standard deviations of a step of sqrt(v); at 0.8 a hundred steps
   *     are good to about 0.01
   */
  VarianceFilter(double[] returns, double dt, double spacing) {
    this.returns = returns;
    this.dt = dt;
    this.spacing = spacing;
    this.highest = highest(returns, dt);
  }

  /** Twice the highest volatility of ten steps, or five times that of all. */
  private static double highest(double[] returns, double dt) {
    double all = 0;
    double most = 0;
    for (int t = 0; t < returns.length; t++) {
      all += returns[t] * returns[t] / returns.length;
      if (t >= 9) {
        double ten = 0;
        for (int k = t - 9; k <= t; k++) {
          ten += returns[k] * returns[k] / 10;
        }
        most = Math.max(most, ten);
      }
    }
    return Math.sqrt(Math.max(25 * all, 4 * most) / dt);
  }

  /**
   * What the returns say.
   *
   * @param logLikelihood the logarithm of their density
   * @param mean of the variance after the last of them
   * @param deviation the standard deviation of that variance
   */
  record Filtered(double logLikelihood, double mean, double deviation) {}

  /** The logarithm of the likelihood. */
  double logLikelihood(Map<String, Double> p) {
    return filtered(p).logLikelihood;
  }

  /** The likelihood, and the law of the last variance; NaN where the likelihood is 0. */
  Filtered filtered(Map<String, Double> p) {
    double mu = p.get("mu");
    double xi = p.get("xi");
    double rho = p.get("rho");
    double unknown = xi * Math.sqrt((1 - rho) * (1 + rho) * dt);
    double width = Math.max(0.5 * spacing * unknown, highest / MOST_POINTS);
    double[] roots = new double[(int) Math.ceil(highest / width)];
    for (int k = 0; k < roots.length; k++) {
      roots[k] = (k + 0.5) * width;
    }
    double[] density = stationary(roots, p);
    double[] next = new double[roots.length];
    double sum = 0;
    for (double r : returns) {
      double total = 0;
      double largest = 0;
      for (int k = 0; k < roots.length; k++) {
        if (density[k] > 0) {
          double variance = roots[k] * roots[k] * dt;
          double e = r - mu * dt + 0.5 * variance;
          density[k] *= StrictMath.exp(-0.5 * e * e / variance) / roots[k];
          total += density[k];
          largest = Math.max(largest, density[k]);
        }
      }
      if (!(total > 0)) {
        return new Filtered(Double.NEGATIVE_INFINITY, Double.NaN, Double.NaN);
      }
      sum += StrictMath.log(total);
      Arrays.fill(next, 0);
      for (int k = 0; k < roots.length; k++) {
        if (density[k] > NEGLIGIBLE * largest) {
          spread(roots, width, k, density[k] / total, r, p, unknown, next);
        }
      }
      double[] used = density;
      density = next;
      next = used;
    }
    double mean = 0;
    double square = 0;
    for (int k = 0; k < roots.length; k++) {
      double v = roots[k] * roots[k];
      mean += density[k] * v;
      square += density[k] * v * v;
    }
    return new Filtered(
        sum - 0.5 * returns.length * StrictMath.log(2 * Math.PI * dt),
        mean,
        Math.sqrt(Math.max(square - mean * mean, 0)));
  }

  /** Adds where the mass of one grid point is a step later. */
  private void spread(
      double[] roots,
      double width,
      int k,
      double mass,
      double r,
      Map<String, Double> p,
      double unknown,
      double[] next) {
    double v = roots[k] * roots[k];
    double known = r - p.get("mu") * dt + 0.5 * v * dt;
    double mean =
        v + p.get("kappa") * (p.get("theta") - v) * dt + p.get("xi") * p.get("rho") * known;
    double deviation = unknown * roots[k];
    int from = (int) (Math.sqrt(Math.max(mean - REACH * deviation, 0)) / width);
    int to = (int) (Math.sqrt(Math.max(mean + REACH * deviation, 0)) / width) + 1;
    int last = Math.min(to, roots.length - 1);
    int first = Math.min(from, last);
    double[] weights = new double[last - first + 1];
    double total = 0;
    for (int j = first; j <= last; j++) {
      double z = (roots[j] * roots[j] - mean) / deviation;
      weights[j - first] = roots[j] * StrictMath.exp(-0.5 * z * z);
      total += weights[j - first];
    }
    if (!(total > 0)) {
      next[last] += mass;
      return;
    }
    for (int j = first; j <= last; j++) {
      next[j] += mass * weights[j - first] / total;
    }
  }

  /**
   * The stationary law of v, a gamma of shape 2 kappa theta / xi^2 and rate 2 kappa / xi^2 (Cox,
   * Ingersoll and Ross 1985), as masses on the grid.
   */
  private static double[] stationary(double[] roots, Map<String, Double> p) {
    double rate = 2 * p.get("kappa") / (p.get("xi") * p.get("xi"));
    double shape = rate * p.get("theta");
    double[] masses = new double[roots.length];
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < roots.length; k++) {
      double v = roots[k] * roots[k];
      masses[k] = (shape - 0.5) * StrictMath.log(v) - rate * v;
      largest = Math.max(largest, masses[k]);
    }
    double total = 0;
    for (int k = 0; k < roots.length; k++) {
      masses[k] = StrictMath.exp(masses[k] - largest);
      total += masses[k];
    }
    for (int k = 0; k < roots.length; k++) {
      masses[k] /= total;
    }
    return masses;
  }
}
