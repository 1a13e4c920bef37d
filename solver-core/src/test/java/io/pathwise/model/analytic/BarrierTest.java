package io.pathwise.model.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.OptionType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarrierTest {
  private static final BlackScholes MARKET = new BlackScholes(100, 0.08, 0.04, 0.25);

  /**
   * The payoff integrated by mpmath against the density of surviving paths, which the reflection
   * principle gives: n((x - nu T) / s) - exp(2 nu h / sigma^2) n((x - 2h - nu T) / s), all over s,
   * where s = sigma sqrt(T), h = ln(H / S), nu = r - q - sigma^2 / 2; T = 0.5.
   */
  @ParameterizedTest(name = "{0} {1} strike {2}")
  @CsvSource({
    "DOWN_OUT, CALL,  85, 90,  13.145328007700043",
    "DOWN_OUT, CALL, 100, 90,  6.7797996837769818",
    "DOWN_OUT, CALL, 120, 90,  1.7178084373567455",
    "DOWN_OUT, PUT,   85, 90,  0",
    "DOWN_OUT, PUT,  100, 90,  0.22013910424559354",
    "DOWN_OUT, PUT,  120, 90,  3.9390377620502297",
    "UP_OUT,   CALL,  85, 115, 4.4133873134666134",
    "UP_OUT,   CALL, 100, 115, 0.6285461661408899",
    "UP_OUT,   CALL, 120, 115, 0",
    "UP_OUT,   PUT,   85, 115, 1.2087155328057705",
    "UP_OUT,   PUT,  100, 115, 5.5292429529394437",
    "UP_OUT,   PUT,  120, 115, 15.707854876744416"
  })
  void outOptionsMatchTheIntegralOverSurvivingPaths(
      BarrierType kind, OptionType type, double strike, double barrier, double expected) {
    double price = MARKET.barrier(kind, new EuropeanOption(type, strike), barrier, 0.5);
    assertThat(price).isCloseTo(expected, within(1e-12));
  }

  @Property(tries = 500)
  void inAndOutTogetherAreTheEuropeanOption(
      @ForAll OptionType type,
      @ForAll boolean down,
      @ForAll @Scale(6) @DoubleRange(min = 0.5, max = 2) double moneyness,
      @ForAll @Scale(6) @DoubleRange(min = 0.01, max = 0.7) double distance,
      @ForAll @Scale(6) @DoubleRange(min = 0.02, max = 0.8) double sigma,
      @ForAll @Scale(6) @DoubleRange(min = -0.1, max = 0.1) double r,
      @ForAll @Scale(6) @DoubleRange(min = 0.01, max = 5) double expiry) {
    BlackScholes market = new BlackScholes(1, r, 0.02, sigma);
    EuropeanOption option = new EuropeanOption(type, moneyness);
    double barrier = down ? 1 - distance : 1 + distance;
    double in =
        market.barrier(down ? BarrierType.DOWN_IN : BarrierType.UP_IN, option, barrier, expiry);
    double out =
        market.barrier(down ? BarrierType.DOWN_OUT : BarrierType.UP_OUT, option, barrier, expiry);
    double european = market.european(option, expiry).price();
    assertThat(in + out).isCloseTo(european, within(1e-12));
    assertThat(in).isBetween(0.0, european + 1e-13);
    assertThat(out).isBetween(0.0, european + 1e-13);
  }

  @Test
  void strikeAtTheBarrierIsTheCommonLimitOfBothSides() {
    for (BarrierType kind : BarrierType.values()) {
      double barrier = kind.isDown() ? 90 : 115;
      for (OptionType type : OptionType.values()) {
        double below = MARKET.barrier(kind, new EuropeanOption(type, barrier - 1e-9), barrier, 0.5);
        double above = MARKET.barrier(kind, new EuropeanOption(type, barrier + 1e-9), barrier, 0.5);
        assertThat(above).isCloseTo(below, within(1e-8));
      }
    }
  }

  @Test
  void farBarrierIsNeverReached() {
    EuropeanOption call = EuropeanOption.call(100);
    double european = MARKET.european(call, 0.5).price();
    assertThat(MARKET.barrier(BarrierType.DOWN_OUT, call, 1, 0.5))
        .isCloseTo(european, within(1e-12));
    assertThat(MARKET.barrier(BarrierType.UP_OUT, call, 1e4, 0.5))
        .isCloseTo(european, within(1e-12));
    assertThat(MARKET.barrier(BarrierType.UP_IN, call, 1e4, 0.5)).isCloseTo(0, within(1e-12));
  }

  @Test
  void barrierAtOrBehindTheSpotIsReachedAtOnce() {
    EuropeanOption put = EuropeanOption.put(105);
    double european = MARKET.european(put, 0.5).price();
    assertThat(MARKET.barrier(BarrierType.DOWN_OUT, put, 100, 0.5)).isZero();
    assertThat(MARKET.barrier(BarrierType.UP_OUT, put, 99, 0.5)).isZero();
    assertThat(MARKET.barrier(BarrierType.DOWN_IN, put, 101, 0.5)).isEqualTo(european);
    assertThat(MARKET.barrier(BarrierType.UP_IN, put, 100, 0.5)).isEqualTo(european);
  }

  @Test
  void priceGoesToZeroAsTheSpotNearsAnOutBarrier() {
    EuropeanOption call = EuropeanOption.call(95);
    assertThat(MARKET.barrier(BarrierType.DOWN_OUT, call, 100 - 1e-8, 0.5))
        .isCloseTo(0, within(1e-7));
  }

  @Test
  void smallVolatilityDoesNotOverflowTheReflectionWeight() {
    BlackScholes calm = new BlackScholes(100, -0.05, 0, 0.01);
    double out = calm.barrier(BarrierType.DOWN_OUT, EuropeanOption.call(80), 60, 1);
    assertThat(out).isCloseTo(calm.european(EuropeanOption.call(80), 1).price(), within(1e-12));
  }

  @Test
  void badArgumentsAreAllNamed() {
    assertThatThrownBy(() -> MARKET.barrier(null, EuropeanOption.call(1), -2, 0))
        .hasMessage(
            "barrier option: kind = null, expected a value; barrier = -2.0, expected a finite number"
                + " > 0; expiry = 0.0, expected a finite number > 0");
  }
}
