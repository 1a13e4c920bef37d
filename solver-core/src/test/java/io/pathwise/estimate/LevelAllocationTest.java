package io.pathwise.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LevelAllocationTest {
  /** Means 3 2^-l, variances 5 4^-l, costs 6 2^l: alpha 1, beta 2, gamma 1. */
  private static List<LevelStatistics> levels(int count) {
    List<LevelStatistics> levels = new ArrayList<>();
    for (int l = 0; l < count; l++) {
      double half = Math.scalb(1.0, -l);
      levels.add(
          new LevelStatistics(
              l, 1000, l == 0 ? 10 : -3 * half, 5 * half * half, 3, 10, 5, 6 / half));
    }
    return levels;
  }

  @Test
  void theRatesOfExactPowersComeBack() {
    MultilevelRates rates = MultilevelRates.of(levels(6));
    assertThat(rates.alpha()).isCloseTo(1, within(1e-12));
    assertThat(rates.beta()).isCloseTo(2, within(1e-12));
    assertThat(rates.gamma()).isCloseTo(1, within(1e-12));
    assertThatThrownBy(() -> MultilevelRates.of(levels(2)))
        .hasMessage("2 levels, expected at least 3");
  }

  @Test
  void theBiasIsTheGeometricSeriesBehindTheLastLevel() {
    double series = 3 * Math.scalb(1.0, -3);
    assertThat(LevelAllocation.View.of(levels(4)).bias()).isCloseTo(series, within(1e-12));
  }

  @Test
  void thePathsMeetTheVarianceAtTheLeastCost() {
    LevelAllocation allocation = new LevelAllocation(0.1);
    LevelAllocation.View view = LevelAllocation.View.of(levels(4));
    long[] paths = allocation.paths(view);
    double variance = 0;
    for (int l = 0; l < paths.length; l++) {
      variance += view.variances()[l] / paths[l];
    }
    assertThat(variance).isLessThanOrEqualTo(0.0075).isGreaterThan(0.0074);
    assertThat((double) paths[0] / paths[1])
        .as("sqrt(V_0 C_1 / (C_0 V_1))")
        .isCloseTo(Math.sqrt(8), within(0.05));
    assertThat(allocation.admits(0.05)).isTrue();
    assertThat(allocation.admits(0.0501)).isFalse();
  }

  @Test
  void aLevelThatShowedNothingIsNotBelieved() {
    List<LevelStatistics> levels = levels(4);
    levels.set(3, new LevelStatistics(3, 1000, 0, 0, Double.NaN, 10, 5, 48));
    LevelAllocation.View view = LevelAllocation.View.of(levels);
    assertThat(view.variances()[3]).isGreaterThan(0);
    assertThat(view.means()[3]).isGreaterThan(0);
  }

  @Test
  void aFurtherLevelFollowsTheRates() {
    LevelAllocation.View view = LevelAllocation.View.of(levels(4)).further(96);
    assertThat(view.variances()[4]).isCloseTo(5 * Math.scalb(1.0, -8), within(1e-12));
    assertThat(view.means()[4]).isCloseTo(3 * Math.scalb(1.0, -4), within(1e-12));
    assertThat(view.costs()[4]).isEqualTo(96);
  }

  @Test
  void momentsComeFromPowersAboutACentre() {
    double[] samples = new Random(5).doubles(5_000).map(u -> 20 + u * u).toArray();
    double centre = 20.1;
    double[] powers = new double[4];
    for (double sample : samples) {
      for (int p = 0; p < 4; p++) {
        powers[p] += Math.pow(sample - centre, p + 1);
      }
    }
    double mean = java.util.Arrays.stream(samples).average().orElseThrow();
    double second = 0;
    double fourth = 0;
    for (double sample : samples) {
      second += Math.pow(sample - mean, 2) / samples.length;
      fourth += Math.pow(sample - mean, 4) / samples.length;
    }
    LevelStatistics level =
        LevelStatistics.of(2, 5_000, centre, powers, new Moments(5_000, 1, 2, 0.02), 6);
    assertThat(level.mean()).isCloseTo(mean, within(1e-12));
    assertThat(level.variance()).isCloseTo(second * 5_000 / 4_999, within(1e-12));
    assertThat(level.kurtosis()).isCloseTo(fourth / (second * second), within(1e-9));
    assertThat(level.fineMean()).isEqualTo(1);
  }

  @Test
  void consistencyIsTheTelescopingSumOverItsErrors() {
    LevelStatistics below = new LevelStatistics(0, 100, 10, 4, 3, 10, 4, 1);
    LevelStatistics level = new LevelStatistics(1, 400, 0.5, 1, 3, 11, 4, 3);
    assertThat(level.consistency(below)).isCloseTo(0.5 / (3 * (0.2 + 0.1 + 0.05)), within(1e-12));
    assertThat(LevelStatistics.consistencies(List.of(below, level)))
        .containsExactly(0.0, level.consistency(below));
  }
}
