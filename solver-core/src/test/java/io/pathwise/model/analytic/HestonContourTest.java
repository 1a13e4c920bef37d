package io.pathwise.model.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HestonContourTest {
  private static final HestonAnalytic MODEL = new HestonAnalytic(0.04, 1, 0.04, 1, -0.5);

  @Test
  void rayTurnsTowardsTheSignOfTheLogMoneyness() {
    assertThat(of(MODEL, 0.4).direction().im()).isPositive();
    assertThat(of(MODEL, -0.4).direction().im()).isNegative();
  }

  @Test
  void rayAtTheMoneyTurnsAgainstTheCorrelation() {
    assertThat(of(MODEL, 0).direction().im()).isCloseTo(0.5, within(1e-15));
    assertThat(of(new HestonAnalytic(0.04, 1, 0.04, 1, 0), 0).direction().im()).isZero();
  }

  @Test
  void turnThatCostsDecayIsSmallEnoughToKeepHalfOfIt() {
    HestonAnalytic smooth = new HestonAnalytic(0.4, 1, 0.4, 0.1, -0.9);
    Complex direction = of(smooth, -0.2).direction();
    double r = -0.9 + 0.2 / (0.8 / 0.1);
    double decay = Math.sqrt(1 - 0.81);
    assertThat(direction.im()).isNegative();
    assertThat(direction.im() / direction.re()).isCloseTo(0.5 * decay / r, within(1e-14));
  }

  @Test
  void severalStrikesShareTheSmallestTurnAndTheNearestWave() {
    HestonAnalytic smooth = new HestonAnalytic(0.4, 1, 0.4, 0.1, -0.9);
    HestonContour shared = HestonContour.of(smooth, 1, new double[] {-0.6, -0.1, -0.3}, 0.4);
    assertThat(shared.nearest()).isEqualTo(-0.1);
    assertThat(shared.direction()).isEqualTo(of(smooth, -0.1).direction());
  }

  @Test
  void firstPanelResolvesTheWaveAndTheVariance() {
    assertThat(of(MODEL, 0).firstPanel()).isCloseTo(0.5 / 0.2, within(1e-12));
    assertThat(of(MODEL, 8).firstPanel()).isCloseTo(0.5, within(1e-15));
  }

  private static HestonContour of(HestonAnalytic model, double omega) {
    return HestonContour.of(model, 1, new double[] {omega}, 0.04);
  }
}
