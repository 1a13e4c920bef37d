package io.pathwise.model.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HestonContourTest {
  private static final HestonAnalytic MODEL = new HestonAnalytic(0.04, 1, 0.04, 1, -0.5);
  private static final HestonAnalytic SMOOTH = new HestonAnalytic(0.4, 1, 0.4, 0.1, -0.9);

  @Test
  void farStrikeTurnsTowardsTheSignOfItsLogMoneyness() {
    assertThat(of(MODEL, 0.4).direction().im()).isCloseTo(0.5, within(1e-15));
    assertThat(of(MODEL, -0.4).direction().im()).isCloseTo(-0.5, within(1e-15));
  }

  @Test
  void strikeNearTheForwardTurnsAgainstItsOscillation() {
    assertThat(of(MODEL, 0).direction().im()).isCloseTo(0.5, within(1e-15));
    assertThat(of(SMOOTH, -0.1).direction().im()).isCloseTo(0.5, within(1e-15));
    assertThat(of(new HestonAnalytic(0.04, 1, 0.04, 1, 0), 0).direction().im()).isZero();
  }

  @Test
  void turnThatCostsDecayIsSmallEnoughToKeepHalfOfIt() {
    Complex direction = of(SMOOTH, -0.3).direction();
    double r = -0.9 + 0.3 / (0.8 / 0.1);
    double decay = Math.sqrt(1 - 0.81);
    assertThat(direction.im()).isNegative();
    assertThat(direction.im() / direction.re()).isCloseTo(0.5 * decay / r, within(1e-14));
  }

  @Test
  void severalStrikesShareTheSmallestTurnAndTheLargestWave() {
    HestonContour shared = HestonContour.of(SMOOTH, 1, new double[] {-0.6, -0.25, -0.3}, 0.04);
    assertThat(shared.reference()).isEqualTo(-0.25);
    assertThat(shared.direction()).isEqualTo(of(SMOOTH, -0.25).direction());
    HestonContour mixed = HestonContour.of(SMOOTH, 1, new double[] {0.1, -0.15, 0.5}, 0.04);
    assertThat(mixed.reference()).isEqualTo(-0.15);
    assertThat(mixed.direction().im()).isPositive();
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
