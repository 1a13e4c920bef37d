package io.pathwise.model.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTest {

  /** Values of erfc(-x / sqrt 2) / 2 from mpmath with 40 digits, at the double nearest to x. */
  @ParameterizedTest(name = "at {0}")
  @CsvSource({
    "-37, 5.7255712225245768803e-300",
    "-30, 4.9067139271481870595e-198",
    "-12.5, 3.7325642988777133772e-36",
    "-8.3, 5.2055697448902540246e-17",
    "-5, 2.8665157187919391167e-7",
    "-2, 0.0227501319481792072",
    "-0.7, 0.24196365222307301475",
    "-0.1, 0.46017216272297101853",
    "0.3, 0.61791142218895263731",
    "1.5, 0.933192798731141934",
    "3.7, 0.99989220026652261166",
    "6, 0.99999999901341235496"
  })
  void distributionFunctionIsAccurateToTheLastPlacesInTheTails(double x, double expected) {
    assertThat(Normal.cdf(x)).isCloseTo(expected, within(1e-15 * expected));
  }

  @Test
  void tailReachesTheSubnormalNumbersAndThenZero() {
    double subnormal = Double.parseDouble("2.8854283600687843e-316");
    assertThat(Normal.cdf(-38)).isCloseTo(subnormal, within(16 * Double.MIN_VALUE));
    assertThat(Normal.cdf(-40)).isZero();
    assertThat(Normal.cdf(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Normal.cdf(Double.POSITIVE_INFINITY)).isEqualTo(1);
  }

  @Test
  void bothTailsAddUpToOne() {
    for (double x = 0; x < 9; x += 0.01) {
      assertThat(Normal.cdf(x) + Normal.cdf(-x)).isCloseTo(1, within(3e-16));
    }
  }

  @Test
  void approximationsMeetAtTheirBorders() {
    for (double x : new double[] {0.46875, 4}) {
      double below = Normal.scaledErfc(x);
      double above = Normal.scaledErfc(Math.nextUp(x));
      assertThat(above).isCloseTo(below, within(1e-15 * below));
    }
  }

  @Test
  void densityIsTheSlopeOfTheDistributionFunction() {
    double h = 1e-5;
    for (double x = -6; x <= 6; x += 0.37) {
      double slope = (Normal.cdf(x + h) - Normal.cdf(x - h)) / (2 * h);
      assertThat(Normal.density(x)).isCloseTo(slope, within(1e-10));
    }
  }

  @Test
  void exponentiallyWeightedTailNeitherOverflowsNorUnderflows() {
    double a = 1000;
    double x = -45;
    double expected = Math.exp(a - 0.5 * x * x) / Math.sqrt(2 * Math.PI) * millsRatio(-x);
    assertThat(Normal.expTimesCdf(a, x)).isCloseTo(expected, within(1e-12 * expected));
    assertThat(Normal.expTimesCdf(0.5, 0.3))
        .isCloseTo(Math.exp(0.5) * Normal.cdf(0.3), within(1e-15));
  }

  @Test
  void ratioOfDistributionFunctionToDensityIsTheMillsRatio() {
    for (double x : new double[] {20, 50, 1e4}) {
      assertThat(Normal.cdfOverDensity(-x)).isCloseTo(millsRatio(x), within(1e-14 / x));
    }
    assertThat(Normal.cdfOverDensity(1))
        .isCloseTo(Normal.cdf(1) / Normal.density(1), within(1e-15));
  }

  /** Asymptotic series of N(-x) / n(x) (Abramowitz and Stegun 26.2.12). */
  private static double millsRatio(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; k <= 12; k++) {
      term *= -(2 * k - 1) / (x * x);
      sum += term;
    }
    return sum / x;
  }
}
