package io.pathwise.calibrate.optimise;

import java.util.function.Function;

/** Objectives with known minima. */
final class TestProblems {
  private TestProblems() {}

  /** Rosenbrock's valley (1960) as residuals; the minimum is 0 at (1, 1). */
  static Objective rosenbrock() {
    return residuals(
        2,
        x ->
            Evaluation.ofResiduals(
                new double[] {10 * (x[1] - x[0] * x[0]), 1 - x[0]},
                new double[][] {{-20 * x[0], 10}, {-1, 0}}));
  }

  /** Data on y = a exp(-b t) + c with a little deterministic disturbance; 20 residuals. */
  static Objective decay() {
    return residuals(
        3,
        x -> {
          double[] residuals = new double[20];
          double[][] jacobian = new double[20][];
          for (int i = 0; i < 20; i++) {
            double t = 0.2 * i;
            double noise = 0.01 * StrictMath.sin(37.0 * i);
            double e = StrictMath.exp(-x[1] * t);
            residuals[i] = x[0] * e + x[2] - (3 * StrictMath.exp(-1.3 * t) + 0.5 + noise);
            jacobian[i] = new double[] {e, -x[0] * t * e, 1};
          }
          return Evaluation.ofResiduals(residuals, jacobian);
        });
  }

  /** Rastrigin (1974) in two dimensions: many local minima, the least is 0 at the origin. */
  static Objective rastrigin() {
    return residuals(
        2,
        x -> {
          double value = 20;
          double[] gradient = new double[2];
          for (int j = 0; j < 2; j++) {
            double angle = 2 * Math.PI * x[j];
            value += x[j] * x[j] - 10 * StrictMath.cos(angle);
            gradient[j] = 2 * x[j] + 20 * Math.PI * StrictMath.sin(angle);
          }
          return Evaluation.of(value, gradient);
        });
  }

  /** Rosenbrock's valley in a box that excludes its minimum: x in [-2, 0.5], y in [-1, 2]. */
  static Objective boxedRosenbrock() {
    Objective free = rosenbrock();
    return new Objective() {
      @Override
      public int dimension() {
        return 2;
      }

      @Override
      public Evaluation evaluate(double[] point, boolean derivatives) {
        return free.evaluate(point, derivatives);
      }

      @Override
      public double[] lower() {
        return new double[] {-2, -1};
      }

      @Override
      public double[] upper() {
        return new double[] {0.5, 2};
      }
    };
  }

  private static Objective residuals(int n, Function<double[], Evaluation> function) {
    return new Objective() {
      @Override
      public int dimension() {
        return n;
      }

      @Override
      public Evaluation evaluate(double[] point, boolean derivatives) {
        return function.apply(point);
      }
    };
  }
}
