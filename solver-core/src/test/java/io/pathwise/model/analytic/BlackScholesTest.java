package io.pathwise.model.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.OptionType;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BlackScholesTest {
  private static final BlackScholes MARKET = new BlackScholes(100, 0.03, 0.01, 0.25);
  private static final double EXPIRY = 0.75;

  /** S 100, K 110, T 0.75, r 3 %, q 1 %, sigma 25 %; mpmath's N and its derivatives, 40 digits. */
  @Test
  void callAndItsSensitivitiesMatchAHighPrecisionComputation() {
    EuropeanValue value = MARKET.european(EuropeanOption.call(110), EXPIRY);
    matches(
        value,
        new EuropeanValue(
            5.367470983554337,
            0.393435349380412,
            0.017668450749071998,
            33.128345154509994,
            -6.147237428339192,
            25.482047965865146,
            0.733224308381282,
            16.68017252612648));
  }

  @Test
  void putAndItsSensitivitiesMatchAHighPrecisionComputation() {
    EuropeanValue value = MARKET.european(EuropeanOption.put(110), EXPIRY);
    matches(
        value,
        new EuropeanValue(
            13.667301592907494,
            -0.5990927054387264,
            0.017668450749071998,
            33.128345154509994,
            -3.913186400420321,
            -55.182429102585104,
            0.733224308381282,
            16.68017252612648));
  }

  /**
   * Hull, "Options, Futures, and Other Derivatives", example of chapter "The Black-Scholes model".
   */
  @Test
  void textbookExampleIsReproduced() {
    BlackScholes hull = new BlackScholes(42, 0.1, 0, 0.2);
    assertThat(hull.european(EuropeanOption.call(40), 0.5).price()).isCloseTo(4.76, within(5e-3));
    assertThat(hull.european(EuropeanOption.put(40), 0.5).price()).isCloseTo(0.81, within(5e-3));
  }

  /** mpmath, 40 digits. */
  @Test
  void tinyPricesKeepTheirRelativeAccuracy() {
    double put =
        new BlackScholes(100, 0.02, 0, 0.15).european(EuropeanOption.put(40), 0.25).price();
    assertThat(put).isCloseTo(2.1007170050517627e-35, within(1e-12 * 2.1e-35));
    double call =
        new BlackScholes(100, 0, 0, 0.02).european(EuropeanOption.call(101), 0.01).price();
    assertThat(call).isCloseTo(1.2272611257308757e-08, within(1e-12 * 1.2e-8));
    double atTheMoney =
        new BlackScholes(100, 0, 0, 1e-4).european(EuropeanOption.call(100), 0.01).price();
    assertThat(atTheMoney).isCloseTo(0.0003989422803997704, within(1e-14 * 4e-4));
  }

  @ParameterizedTest
  @CsvSource({"50", "90", "101.5", "110", "300"})
  void callLessPutIsTheForwardContract(double strike) {
    EuropeanValue call = MARKET.european(EuropeanOption.call(strike), EXPIRY);
    EuropeanValue put = MARKET.european(EuropeanOption.put(strike), EXPIRY);
    ValueAndDelta forward = MARKET.forwardContract(strike, EXPIRY);
    assertThat(call.price() - put.price()).isCloseTo(forward.price(), within(1e-12));
    assertThat(call.delta() - put.delta()).isCloseTo(forward.delta(), within(1e-15));
    assertThat(call.gamma()).isEqualTo(put.gamma());
  }

  @ParameterizedTest
  @EnumSource(OptionType.class)
  void valueObeysTheBlackScholesEquation(OptionType type) {
    for (double strike : new double[] {60, 100, 140}) {
      EuropeanValue v = MARKET.european(new EuropeanOption(type, strike), EXPIRY);
      double s = MARKET.spot();
      double residual =
          v.theta()
              + 0.5 * MARKET.sigma() * MARKET.sigma() * s * s * v.gamma()
              + (MARKET.r() - MARKET.q()) * s * v.delta()
              - MARKET.r() * v.price();
      assertThat(residual).isCloseTo(0, within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource(OptionType.class)
  void digitalIsTheStrikeDerivativeOfTheEuropean(OptionType type) {
    double h = 1e-3;
    double strike = 95;
    double up = MARKET.european(new EuropeanOption(type, strike + h), EXPIRY).price();
    double down = MARKET.european(new EuropeanOption(type, strike - h), EXPIRY).price();
    ValueAndDelta digital = MARKET.digital(new EuropeanOption(type, strike), 7, EXPIRY);
    assertThat(digital.price()).isCloseTo(-type.sign() * 7 * (up - down) / (2 * h), within(1e-8));
    double slope = slope(m -> m.digital(new EuropeanOption(type, strike), 7, EXPIRY).price());
    assertThat(digital.delta()).isCloseTo(slope, within(1e-8));
  }

  @Test
  void digitalCallAndPutTogetherPayForCertain() {
    double call = MARKET.digital(EuropeanOption.call(120), 3, EXPIRY).price();
    double put = MARKET.digital(EuropeanOption.put(120), 3, EXPIRY).price();
    assertThat(call + put).isCloseTo(3 * MARKET.discountFactor(EXPIRY), within(1e-15));
  }

  @ParameterizedTest
  @EnumSource(OptionType.class)
  void geometricAsianOfOneFixingIsTheEuropean(OptionType type) {
    EuropeanOption option = new EuropeanOption(type, 97);
    ValueAndDelta asian = MARKET.geometricAsian(option, 1, EXPIRY);
    EuropeanValue european = MARKET.european(option, EXPIRY);
    assertThat(asian.price()).isCloseTo(european.price(), within(1e-12));
    assertThat(asian.delta()).isCloseTo(european.delta(), within(1e-14));
  }

  @Test
  void geometricAsianOfManyFixingsTendsToTheContinuousAverage() {
    double sigma = MARKET.sigma();
    double carry = 0.5 * (MARKET.r() - MARKET.q() - sigma * sigma / 6);
    double deviation = sigma * Math.sqrt(EXPIRY / 3);
    EuropeanOption option = EuropeanOption.call(100);
    double continuous =
        MARKET.discountFactor(EXPIRY)
            * BlackScholes.black(option, 100 * Math.exp(carry * EXPIRY), deviation);
    double discrete = MARKET.geometricAsian(option, 1_000_000, EXPIRY).price();
    assertThat(discrete).isCloseTo(continuous, within(1e-4));
  }

  @ParameterizedTest
  @EnumSource(OptionType.class)
  void geometricAsianDeltaIsTheSlopeOfItsPrice(OptionType type) {
    EuropeanOption option = new EuropeanOption(type, 104);
    assertThat(MARKET.geometricAsian(option, 12, EXPIRY).delta())
        .isCloseTo(slope(m -> m.geometricAsian(option, 12, EXPIRY).price()), within(1e-8));
  }

  @Test
  void discreteMonitoringMovesTheBarrierAwayFromTheSpot() {
    double factor = Math.exp(0.5825971579390107 * 0.25 * Math.sqrt(EXPIRY / 50));
    assertThat(MARKET.equivalentContinuousBarrier(BarrierType.UP_OUT, 120, 50, EXPIRY))
        .isCloseTo(120 * factor, within(1e-12));
    assertThat(MARKET.equivalentContinuousBarrier(BarrierType.DOWN_IN, 80, 50, EXPIRY))
        .isCloseTo(80 / factor, within(1e-12));
  }

  /**
   * The setting of Broadie, Glasserman and Kou (1997), section 2: down-and-out call, S = K = 100,
   * sigma 0.3, r 0.1, T 0.2, 50 dates. Expected values: the density of surviving paths carried from
   * date to date by quadrature with 3,000 Gauss-Legendre points.
   */
  @ParameterizedTest
  @CsvSource({"85, 6.32224", "88, 6.24217", "91, 5.97707", "95, 4.90679"})
  void shiftedBarrierReproducesTheDiscretelyMonitoredPrice(double barrier, double expected) {
    BlackScholes market = new BlackScholes(100, 0.1, 0, 0.3);
    double shifted = market.equivalentContinuousBarrier(BarrierType.DOWN_OUT, barrier, 50, 0.2);
    double price = market.barrier(BarrierType.DOWN_OUT, EuropeanOption.call(100), shifted, 0.2);
    assertThat(price).isCloseTo(expected, within(2e-3));
  }

  @Test
  void everyBadParameterIsNamedAtOnce() {
    assertThatThrownBy(() -> new BlackScholes(-1, Double.NaN, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Black-Scholes: spot = -1.0, expected a finite number > 0; r = NaN, expected a finite"
                + " number; sigma = 0.0, expected a finite number > 0");
  }

  @Test
  void badArgumentsNameValueAndExpectation() {
    EuropeanOption call = EuropeanOption.call(100);
    assertThatThrownBy(() -> MARKET.european(call, 0))
        .hasMessageContaining("expiry = 0.0, expected a finite number > 0");
    assertThatThrownBy(() -> MARKET.geometricAsian(call, 0, 1))
        .hasMessageContaining("fixings = 0, expected an integer >= 1");
    assertThatThrownBy(() -> MARKET.digital(call, Double.NaN, -1))
        .hasMessageContaining("payout = NaN")
        .hasMessageContaining("expiry = -1.0");
    assertThatThrownBy(() -> MARKET.forwardContract(Double.NaN, 1))
        .hasMessageContaining("strike = NaN, expected a finite number");
    assertThatThrownBy(() -> EuropeanOption.call(-5))
        .hasMessage("option: strike = -5.0, expected a finite number > 0");
    assertThatThrownBy(() -> new EuropeanOption(null, 5))
        .hasMessage("option: type = null, expected a value");
    assertThatThrownBy(() -> MARKET.equivalentContinuousBarrier(null, 0, 0, 0))
        .hasMessageContaining("kind = null")
        .hasMessageContaining("barrier = 0.0")
        .hasMessageContaining("monitoring = 0")
        .hasMessageContaining("expiry = 0.0");
  }

  private static double slope(ToDoubleFunction<BlackScholes> price) {
    double h = 1e-2;
    return (price.applyAsDouble(at(100 - 2 * h))
            - 8 * price.applyAsDouble(at(100 - h))
            + 8 * price.applyAsDouble(at(100 + h))
            - price.applyAsDouble(at(100 + 2 * h)))
        / (12 * h);
  }

  private static BlackScholes at(double spot) {
    return new BlackScholes(spot, MARKET.r(), MARKET.q(), MARKET.sigma());
  }

  private static void matches(EuropeanValue actual, EuropeanValue expected) {
    assertThat(actual.price()).isCloseTo(expected.price(), within(1e-13));
    assertThat(actual.delta()).isCloseTo(expected.delta(), within(1e-14));
    assertThat(actual.gamma()).isCloseTo(expected.gamma(), within(1e-15));
    assertThat(actual.vega()).isCloseTo(expected.vega(), within(1e-12));
    assertThat(actual.theta()).isCloseTo(expected.theta(), within(1e-12));
    assertThat(actual.rho()).isCloseTo(expected.rho(), within(1e-12));
    assertThat(actual.vanna()).isCloseTo(expected.vanna(), within(1e-13));
    assertThat(actual.volga()).isCloseTo(expected.volga(), within(1e-12));
  }
}
