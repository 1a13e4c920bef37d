package io.pathwise.noise;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** The one-sample Kolmogorov-Smirnov test. */
public final class KolmogorovSmirnov {
  private KolmogorovSmirnov() {}

  /**
   * The probability of a larger deviation than the sample's if it came from the distribution, with
   * Stephens' (1970) correction for finite samples.
   */
  public static double pValue(double[] sample, DoubleUnaryOperator distribution) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double deviation = 0;
    for (int i = 0; i < n; i++) {
      double p = distribution.applyAsDouble(sorted[i]);
      deviation = Math.max(deviation, Math.max(p - (double) i / n, (i + 1.0) / n - p));
    }
    double root = Math.sqrt(n);
    return survival((root + 0.12 + 0.11 / root) * deviation);
  }

  /** P(K > x) = 2 sum (-1)^(j-1) exp(-2 j^2 x^2) for the Kolmogorov distribution. */
  static double survival(double x) {
    if (x < 0.2) {
      return 1;
    }
    double sum = 0;
    for (int j = 100; j >= 1; j--) {
      sum += (j % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * j * j * x * x);
    }
    return sum;
  }
}
