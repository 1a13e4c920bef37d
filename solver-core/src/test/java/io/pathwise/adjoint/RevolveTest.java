package io.pathwise.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RevolveTest {
  private static final int STEPS = 60;
  private static final int PLACES = 8;

  /** The fewest steps forward by trying every split. */
  private static long[][] fewest() {
    long[][] fewest = new long[STEPS + 1][PLACES + 1];
    for (int l = 2; l <= STEPS; l++) {
      fewest[l][0] = Integer.MAX_VALUE;
      for (int c = 1; c <= PLACES; c++) {
        fewest[l][c] = Integer.MAX_VALUE;
        for (int m = 1; m < l; m++) {
          fewest[l][c] = Math.min(fewest[l][c], m + fewest[l - m][c - 1] + fewest[m][c]);
        }
      }
    }
    return fewest;
  }

  @Test
  void theNumberOfStepsIsTheFewest() {
    long[][] fewest = fewest();
    for (int l = 1; l <= STEPS; l++) {
      for (int c = 1; c <= PLACES; c++) {
        assertThat(Revolve.advances(l, c)).as("%d steps, %d places", l, c).isEqualTo(fewest[l][c]);
      }
    }
  }

  @Test
  void everySplitIsOneOfTheBest() {
    for (int l = 2; l <= STEPS; l++) {
      for (int c = 1; c <= PLACES; c++) {
        int m = (int) Revolve.split(l, c);
        long rest = l - m == 1 ? 0 : Revolve.advances(l - m, c - 1);
        assertThat(m + rest + Revolve.advances(m, c))
            .as("%d steps, %d places", l, c)
            .isEqualTo(Revolve.advances(l, c));
      }
    }
  }

  /** Griewank and Walther's own example: 10 steps with 3 snapshots, the first state among them. */
  @Test
  void tenStepsWithThreePlacesTakeFifteen() {
    assertThat(Revolve.advances(10, 3)).isEqualTo(15);
  }

  /** 27! / (20! 7!) = 888,030 steps are reached with 7 repeats each, so it takes 8. */
  @Test
  void aMillionStepsWithTwentyPlacesAreTakenAboutSevenTimesEach() {
    assertThat(Revolve.advances(1_000_000, 20)).isEqualTo(8 * 1_000_000 - 1_184_040);
  }

  @Test
  void noPlaceForSeveralStepsIsRefused() {
    assertThatThrownBy(() -> Revolve.split(2, 0))
        .hasMessage("2 steps with 0 places, expected 1 step or 1 place at least");
    assertThatThrownBy(() -> Revolve.split(1, 2))
        .hasMessage("a split of 1 steps, expected 2 or more");
  }
}
