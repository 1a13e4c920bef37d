package io.pathwise.model.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.payoff.OptionType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImpliedVolatilityTest {

  /** Over standard deviations 1e-4 to 8 wherever the price is neither 0 nor its bound. */
  @Property(tries = 5000)
  void standardDeviationComesBackToFourteenDigits(
      @ForAll @Scale(6) @DoubleRange(min = -4, max = 0.9) double logDeviation,
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 30) double distance) {
    double s = Math.pow(10, logDeviation);
    double x = -Math.min(distance * s, 20);
    double price = NormalisedBlack.price(x, s);
    double bound = Math.exp(0.5 * x);
    if (price < 1e-290) {
      return;
    }
    double implied = ImpliedVolatility.standardDeviation(x, price);
    double conditioning = 2e-16 * price / (NormalisedBlack.vega(x, s) * s);
    double lost = price > 0.5 * bound ? 4 * conditioning : 0;
    assertThat(implied).isCloseTo(s, within(s * (1e-14 + lost)));
  }

  @Property(tries = 1000)
  void outOfTheMoneyVolatilitiesComeBackThroughThePrice(
      @ForAll @Scale(6) @DoubleRange(min = 0.5, max = 2) double moneyness,
      @ForAll @Scale(6) @DoubleRange(min = 0.05, max = 1) double sigma,
      @ForAll @Scale(6) @DoubleRange(min = 0.02, max = 10) double expiry) {
    BlackScholes market = new BlackScholes(100, 0.03, 0.01, sigma);
    double forward = market.forward(expiry);
    double strike = moneyness * forward;
    EuropeanOption option = new EuropeanOption(OptionType.outOfTheMoney(forward, strike), strike);
    double price = market.european(option, expiry).price();
    if (price < 1e-280) {
      return;
    }
    double implied =
        BlackScholes.impliedVolatility(
            option, price, forward, market.discountFactor(expiry), expiry);
    assertThat(implied).isCloseTo(sigma, within(1e-13 * sigma));
  }

  @ParameterizedTest
  @EnumSource(OptionType.class)
  void inTheMoneyPriceGivesTheVolatilityItsTimeValueDetermines(OptionType type) {
    BlackScholes market = new BlackScholes(100, 0.02, 0, 0.3);
    EuropeanOption option = new EuropeanOption(type, type == OptionType.CALL ? 80 : 130);
    double price = market.european(option, 2).price();
    double implied =
        BlackScholes.impliedVolatility(
            option, price, market.forward(2), market.discountFactor(2), 2);
    assertThat(implied).isCloseTo(0.3, within(1e-13));
  }

  @Test
  void priceAtIntrinsicValueHasNoVolatility() {
    assertThat(BlackScholes.impliedVolatility(EuropeanOption.call(80), 20, 100, 1, 1)).isZero();
    assertThat(BlackScholes.impliedVolatility(EuropeanOption.call(120), 0, 100, 1, 1)).isZero();
    assertThat(BlackScholes.impliedVolatility(EuropeanOption.put(130), 30 * (1 - 1e-16), 100, 1, 1))
        .isZero();
  }

  @Test
  void priceJustAboveTheBoundsHasAVolatility() {
    EuropeanOption far = EuropeanOption.call(200);
    assertThat(BlackScholes.impliedVolatility(far, 1e-250, 100, 1, 1)).isBetween(0.02, 0.03);
    assertThat(BlackScholes.impliedVolatility(far, Math.nextDown(100.0), 100, 1, 1))
        .isGreaterThan(10)
        .isFinite();
  }

  @Test
  void priceOutsideTheArbitrageBoundsIsRefusedWithTheBounds() {
    assertThatThrownBy(
            () -> BlackScholes.impliedVolatility(EuropeanOption.call(80), 19.9, 100, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "implied volatility: price = 19.9, expected a price in [20.0, 100.0), the no-arbitrage"
                + " bounds of a EuropeanOption[type=CALL, strike=80.0]");
    assertThatThrownBy(
            () -> BlackScholes.impliedVolatility(EuropeanOption.put(80), 40, 100, 0.5, 1))
        .hasMessageContaining("price = 40.0, expected a price in [0.0, 40.0)");
    assertThatThrownBy(
            () -> BlackScholes.impliedVolatility(EuropeanOption.put(80), -1e-9, 100, 0.5, 1))
        .hasMessageContaining("price = -1.0E-9");
  }

  @Test
  void everyBadArgumentIsNamed() {
    assertThatThrownBy(() -> BlackScholes.impliedVolatility(null, Double.NaN, -1, 0, -2))
        .hasMessageContaining("option = null")
        .hasMessageContaining("price = NaN")
        .hasMessageContaining("forward = -1.0")
        .hasMessageContaining("discountFactor = 0.0")
        .hasMessageContaining("expiry = -2.0");
  }
}
