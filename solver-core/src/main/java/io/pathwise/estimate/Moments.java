package io.pathwise.estimate;

/**
 * Mean and spread of independent samples.
 *
 * @param count the number of samples n
 * @param mean the sample mean; NaN without samples
 * @param variance the unbiased sample variance; NaN with fewer than two samples
 * @param standardError of the mean, sqrt(variance / n); NaN with fewer than two samples
 */
public record Moments(long count, double mean, double variance, double standardError) {

  /**
   * From sums about a shift. The nearer the shift to the mean, the more digits of the variance are
   * left. The products are compensated, so that no digits are lost but those of the sums: the
   * variance is within 4 ulp and 2^-100 squares / n of what exact arithmetic makes of the same
   * sums, and never negative. It is not finite where a sum is not.
   *
   * @param count the number of samples n
   * @param shift c, a number known before the first sample
   * @param sum of x - c
   * @param squares the sum of (x - c)^2
   * @throws IllegalArgumentException if the count is negative
   */
  public static Moments fromShiftedSums(long count, double shift, double sum, double squares) {
    if (count < 0) {
      throw new IllegalArgumentException(count + " samples, expected at least 0");
    }
    if (count == 0) {
      return new Moments(0, Double.NaN, Double.NaN, Double.NaN);
    }
    double offset = sum / count;
    if (count == 1) {
      return new Moments(1, shift + offset, Double.NaN, Double.NaN);
    }
    // sum^2 / n = sum offset + sum remainder / n, the product with its rounding error
    // (two-product).
    double remainder = Math.fma(-offset, (double) count, sum);
    double product = sum * offset;
    double error = Math.fma(sum, offset, -product);
    double deviations = (squares - product) - error - offset * remainder;
    double variance = Math.max(0, deviations) / (count - 1);
    return new Moments(count, shift + offset, variance, Math.sqrt(variance / count));
  }

  /** The moments of the samples times a number. */
  public Moments times(double factor) {
    return new Moments(
        count, mean * factor, variance * factor * factor, standardError * Math.abs(factor));
  }
}
