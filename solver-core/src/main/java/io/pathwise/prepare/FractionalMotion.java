package io.pathwise.prepare;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.Preparation;
import java.util.Arrays;
import java.util.List;

/**
 * Fractional Gaussian noise with its exact covariance. On equal steps by circulant embedding
 * (Davies and Harte 1987, "Tests for Hurst effect"; Dietrich and Newsam 1997): a Fourier transform
 * of independent complex normals whose variances are the eigenvalues of a circulant matrix that
 * contains the covariance. On other grids by the Cholesky factor of the covariance.
 */
final class FractionalMotion {
  /** Steps may differ by this much, relative to the first, and count as equal. */
  private static final double EQUAL = 1e-9;

  /** The cubic cost of a Cholesky factor and its quadratic number of calls end here. */
  private static final int LARGEST_FACTOR = 1000;

  private static final Preparation SCALE = scaleTemplate();
  private static final Preparation BUTTERFLY = butterflyTemplate();
  private static final Preparation REAL = realTemplate();

  private final NoisePlan plan;
  private final double[] times;
  private final double hurst;
  private final PseudoNumbers numbers;

  FractionalMotion(NoisePlan plan, double[] times, double hurst, PseudoNumbers numbers) {
    this.plan = plan;
    this.times = times;
    this.hurst = hurst;
    this.numbers = numbers;
  }

  private static Preparation scaleTemplate() {
    Expr scale = Preparation.number("scale");
    return new Preparation(
        "Scale",
        2,
        List.of("scale"),
        List.of(),
        List.of(Preparation.input(0).times(scale), Preparation.input(1).times(scale)));
  }

  private static Expr turned(boolean real) {
    Expr x = Preparation.input(2);
    Expr y = Preparation.input(3);
    Expr cosine = Preparation.number("cosine");
    Expr sine = Preparation.number("sine");
    return real ? x.times(cosine).minus(y.times(sine)) : x.times(sine).plus(y.times(cosine));
  }

  /** a + w b and a - w b of complex a, b and w. */
  private static Preparation butterflyTemplate() {
    Expr x = Preparation.input(0);
    Expr y = Preparation.input(1);
    return new Preparation(
        "Butterfly",
        4,
        List.of("cosine", "sine"),
        List.of(),
        List.of(
            x.plus(turned(true)),
            y.plus(turned(false)),
            x.minus(turned(true)),
            y.minus(turned(false))));
  }

  /** The real part of a + w b. */
  private static Preparation realTemplate() {
    return new Preparation(
        "Real",
        4,
        List.of("cosine", "sine"),
        List.of(),
        List.of(Preparation.input(0).plus(turned(true))));
  }

  /**
   * The arrays of (B_(k+1) - B_k) / sqrt(t_(k+1) - t_k) for every step.
   *
   * @throws IllegalArgumentException if the steps are unequal and more than 1,000
   */
  int[] normals() {
    return equalSteps() ? embedded() : factored();
  }

  private boolean equalSteps() {
    double first = times[1] - times[0];
    for (int k = 1; k + 1 < times.length; k++) {
      if (Math.abs(times[k + 1] - times[k] - first) > EQUAL * first) {
        return false;
      }
    }
    return true;
  }

  private double power(double x) {
    return x == 0 ? 0 : StrictMath.pow(Math.abs(x), 2 * hurst);
  }

  private int[] embedded() {
    int n = times.length - 1;
    int size = Integer.highestOneBit(Math.max(1, 2 * n - 1)) * 2;
    NoisePlan.requireArrays(2L * size);
    double[] cosines = new double[size];
    double[] sines = new double[size];
    for (int k = 0; k < size; k++) {
      cosines[k] = StrictMath.cos(2 * StrictMath.PI * k / size);
      sines[k] = StrictMath.sin(2 * StrictMath.PI * k / size);
    }
    double[] row = new double[size];
    for (int k = 0; k < size; k++) {
      double lag = Math.min(k, size - k);
      row[k] = (power(lag + 1) - 2 * power(lag) + power(lag - 1)) / 2;
    }
    double unit = StrictMath.pow(times[n] / n, hurst - 0.5) / Math.sqrt(size);
    double[] scales = new double[size];
    double[] eigenvalues = new CosineSum(cosines, sines).of(row, 0, 1, size)[0];
    for (int j = 0; j < size; j++) {
      scales[j] = unit * Math.sqrt(Math.max(0, eigenvalues[Math.min(j, size - j)]));
    }
    Transform transform = new Transform(scales, cosines, sines);
    int[][] even = transform.of(0, 2, size / 2);
    int[][] odd = transform.of(1, 2, size / 2);
    int[] normals = new int[n];
    for (int k = 0; k < size / 2; k++) {
      if (k < n) {
        double[] turn = {cosines[k], sines[k]};
        normals[k] = plan.call(REAL, turn, even[k][0], even[k][1], odd[k][0], odd[k][1])[0];
      }
      plan.free(even[k]);
      plan.free(odd[k]);
    }
    return normals;
  }

  /** The discrete Fourier transform of numbers known now, halves first. */
  private record CosineSum(double[] cosines, double[] sines) {

    /** The real and the imaginary part of the transform of elements first, first + stride, .. */
    double[][] of(double[] row, int first, int stride, int size) {
      double[][] result = new double[2][size];
      if (size == 1) {
        result[0][0] = row[first];
        return result;
      }
      double[][] even = of(row, first, 2 * stride, size / 2);
      double[][] odd = of(row, first + stride, 2 * stride, size / 2);
      for (int k = 0; k < size / 2; k++) {
        double c = cosines[k * stride];
        double s = sines[k * stride];
        double x = c * odd[0][k] - s * odd[1][k];
        double y = s * odd[0][k] + c * odd[1][k];
        result[0][k] = even[0][k] + x;
        result[1][k] = even[1][k] + y;
        result[0][k + size / 2] = even[0][k] - x;
        result[1][k + size / 2] = even[1][k] - y;
      }
      return result;
    }
  }

  /** The discrete Fourier transform of scaled complex normals, halves first. */
  private final class Transform {
    private final double[] scales;
    private final double[] cosines;
    private final double[] sines;

    Transform(double[] scales, double[] cosines, double[] sines) {
      this.scales = scales;
      this.cosines = cosines;
      this.sines = sines;
    }

    /** Of elements first, first + stride, ..: the arrays of real and imaginary parts. */
    int[][] of(int first, int stride, int size) {
      if (size == 1) {
        int[] pair = numbers.pair();
        int[] scaled = plan.call(SCALE, new double[] {scales[first]}, pair);
        plan.free(pair);
        return new int[][] {scaled};
      }
      int[][] even = of(first, 2 * stride, size / 2);
      int[][] odd = of(first + stride, 2 * stride, size / 2);
      int[][] result = new int[size][];
      for (int k = 0; k < size / 2; k++) {
        double[] turn = {cosines[k * stride], sines[k * stride]};
        int[] both = plan.call(BUTTERFLY, turn, even[k][0], even[k][1], odd[k][0], odd[k][1]);
        result[k] = Arrays.copyOfRange(both, 0, 2);
        result[k + size / 2] = Arrays.copyOfRange(both, 2, 4);
        plan.free(even[k]);
        plan.free(odd[k]);
      }
      return result;
    }
  }

  private int[] factored() {
    int n = times.length - 1;
    if (n > LARGEST_FACTOR) {
      throw new IllegalArgumentException(
          "fractional Brownian motion on "
              + n
              + " unequal steps, expected at most "
              + LARGEST_FACTOR
              + ", or equal steps");
    }
    double[][] factor = Cholesky.factor(covariance());
    int[] independent = new int[n];
    for (int k = 0; k < n; k++) {
      independent[k] = numbers.getAsInt();
    }
    int[] normals = new int[n];
    for (int k = 0; k < n; k++) {
      normals[k] = plan.linear(factor[k], Arrays.copyOf(independent, k + 1));
    }
    plan.free(independent);
    return normals;
  }

  /** Of the increments over the roots of their steps. */
  private double[][] covariance() {
    int n = times.length - 1;
    double[][] covariance = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double value =
            (power(times[i + 1] - times[j])
                    + power(times[i] - times[j + 1])
                    - power(times[i] - times[j])
                    - power(times[i + 1] - times[j + 1]))
                / 2;
        double steps = (times[i + 1] - times[i]) * (times[j + 1] - times[j]);
        covariance[i][j] = value / Math.sqrt(steps);
        covariance[j][i] = covariance[i][j];
      }
    }
    return covariance;
  }
}
