package io.pathwise.scheme;

import io.pathwise.noise.LevyTerm;

/**
 * The weak order of a scheme on the harmonic oscillator, whose every step is linear: mean and
 * covariance at T = 1 from the step's own matrices, without random numbers.
 */
final class HarmonicLaw {
  private static final double[] VARIANCES = {1, 1.0 / 12, 1.0 / 720};

  private HarmonicLaw() {}

  /** The largest error of the means and covariances at T = 1 for steps 2^-coarsest and shorter. */
  static Orders.Measured weak(Scheme scheme, int coarsest, int shortest) {
    TestSdes.Problem problem = TestSdes.harmonicOscillator();
    if (scheme.levyTerms(problem.sde()).contains(LevyTerm.AREA)) {
      throw new IllegalArgumentException(scheme.name() + " asks for an area of one channel");
    }
    StepGraph step = new StepGraph(scheme, problem);
    double[] exact = exact(problem, step.initial());
    double[] errors = new double[shortest - coarsest + 1];
    for (int j = 0; j < errors.length; j++) {
      double[] found = moments(step, 1 << (coarsest + j));
      for (int i = 0; i < exact.length; i++) {
        errors[j] = Math.max(errors[j], Math.abs(found[i] - exact[i]));
      }
    }
    return new Orders.Measured(errors);
  }

  /** Means of x and v, then the covariances xx, xv, vv. */
  private static double[] moments(StepGraph step, int steps) {
    double dt = 1.0 / steps;
    // Lane 0: no state, no noise; then one unit each of x, v, W, H, K.
    for (int lane = 0; lane < 6; lane++) {
      for (int i = 0; i < 2; i++) {
        step.state(i)[lane] = lane == 1 + i ? 1 : 0;
      }
      for (int r = 0; r < 3; r++) {
        step.brownian(r)[lane] = lane == 3 + r ? 1 : 0;
      }
    }
    step.run(0, dt, 6);
    double[][] map = new double[2][6];
    for (int i = 0; i < 2; i++) {
      for (int lane = 0; lane < 6; lane++) {
        map[i][lane] = step.next(i)[lane] - (lane > 0 ? step.next(i)[0] : 0);
      }
    }
    double[] mean = step.initial();
    double[][] covariance = new double[2][2];
    for (int k = 0; k < steps; k++) {
      double[] nextMean = new double[2];
      double[][] next = new double[2][2];
      for (int i = 0; i < 2; i++) {
        nextMean[i] = map[i][0] + map[i][1] * mean[0] + map[i][2] * mean[1];
        for (int j = 0; j < 2; j++) {
          for (int a = 0; a < 2; a++) {
            for (int b = 0; b < 2; b++) {
              next[i][j] += map[i][1 + a] * covariance[a][b] * map[j][1 + b];
            }
          }
          for (int r = 0; r < 3; r++) {
            next[i][j] += map[i][3 + r] * map[j][3 + r] * VARIANCES[r] * dt;
          }
        }
      }
      mean = nextMean;
      covariance = next;
    }
    return new double[] {mean[0], mean[1], covariance[0][0], covariance[0][1], covariance[1][1]};
  }

  /** The moment equations, by the classical Runge-Kutta method to 1e-13. */
  private static double[] exact(TestSdes.Problem problem, double[] initial) {
    double gamma = problem.parameters().get("gamma");
    double u = problem.parameters().get("u");
    double stiffness = u * problem.parameters().get("k");
    double[] m = {initial[0], initial[1], 0, 0, 0};
    int steps = 2048;
    for (int k = 0; k < steps; k++) {
      double[] total = new double[5];
      double[] slope = new double[5];
      double[] fractions = {0, 0.5, 0.5, 1};
      double[] weights = {1 / 6.0, 1 / 3.0, 1 / 3.0, 1 / 6.0};
      for (int stage = 0; stage < 4; stage++) {
        double[] at = new double[5];
        for (int i = 0; i < 5; i++) {
          at[i] = m[i] + fractions[stage] / steps * slope[i];
        }
        slope =
            new double[] {
              at[1],
              -gamma * at[1] - stiffness * at[0],
              2 * at[3],
              at[4] - gamma * at[3] - stiffness * at[2],
              -2 * gamma * at[4] - 2 * stiffness * at[3] + 2 * gamma * u
            };
        for (int i = 0; i < 5; i++) {
          total[i] += weights[stage] * slope[i];
        }
      }
      for (int i = 0; i < 5; i++) {
        m[i] += total[i] / steps;
      }
    }
    return m;
  }
}
