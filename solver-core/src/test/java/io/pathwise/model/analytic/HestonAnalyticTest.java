package io.pathwise.model.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.payoff.OptionType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HestonAnalyticTest {
  private static final HestonAnalytic MODEL = new HestonAnalytic(0.1, 1.6, 0.07, 0.5, -0.75);

  @Property(tries = 150)
  void priceIsThatOfPlainQuadratureOnTheRealLine(
      @ForAll @Scale(6) @DoubleRange(min = 0.5, max = 2) double strike,
      @ForAll @Scale(6) @DoubleRange(min = 0.1, max = 10) double expiry,
      @ForAll @Scale(6) @DoubleRange(min = 0.02, max = 0.4) double v0,
      @ForAll @Scale(6) @DoubleRange(min = 0.05, max = 8) double kappa,
      @ForAll @Scale(6) @DoubleRange(min = 0.01, max = 0.4) double theta,
      @ForAll @Scale(6) @DoubleRange(min = 0.05, max = 1.5) double xi,
      @ForAll @Scale(6) @DoubleRange(min = -0.95, max = 0.95) double rho) {
    HestonAnalytic model = new HestonAnalytic(v0, kappa, theta, xi, rho);
    double price = model.price(EuropeanOption.call(strike), 1, 1, expiry).price();
    assertThat(price).isCloseTo(PlainHeston.call(model, strike, expiry), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.01", "0.9, 0.01", "1, 0.01", "1.1, 0.25", "2, 0.25", "1, 3", "0.6, 10"})
  void derivativesAreTheSlopesOfThePrice(double moneyness, double expiry) {
    EuropeanOption option = EuropeanOption.put(100 * moneyness);
    HestonPrice price = MODEL.price(option, 100, 0.95, expiry);
    near(price.v0(), slope(0.1, x -> value(option, expiry, x, 1.6, 0.07, 0.5, -0.75)));
    near(price.kappa(), slope(1.6, x -> value(option, expiry, 0.1, x, 0.07, 0.5, -0.75)));
    near(price.theta(), slope(0.07, x -> value(option, expiry, 0.1, 1.6, x, 0.5, -0.75)));
    near(price.xi(), slope(0.5, x -> value(option, expiry, 0.1, 1.6, 0.07, x, -0.75)));
    near(price.rho(), slope(-0.75, x -> value(option, expiry, 0.1, 1.6, 0.07, 0.5, x)));
    near(price.delta(), slope(100, x -> MODEL.price(option, x, 0.95, expiry).price()));
    near(price.gamma(), slope(100, x -> MODEL.price(option, x, 0.95, expiry).delta()));
  }

  @ParameterizedTest
  @EnumSource(OptionType.class)
  void spotDerivativesAreTheSlopesOfThePrice(OptionType type) {
    EuropeanOption option = new EuropeanOption(type, 105);
    HestonSpotPrice price = MODEL.priceAtSpot(option, 100, 0.03, 0.01, 0.7);
    near(price.delta(), slope(100, s -> MODEL.priceAtSpot(option, s, 0.03, 0.01, 0.7).price()));
    near(price.gamma(), slope(100, s -> MODEL.priceAtSpot(option, s, 0.03, 0.01, 0.7).delta()));
    near(price.r(), slope(0.03, r -> MODEL.priceAtSpot(option, 100, r, 0.01, 0.7).price()));
    near(price.q(), slope(0.01, q -> MODEL.priceAtSpot(option, 100, 0.03, q, 0.7).price()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {50, 99.999999, 100, 100.000001, 200})
  void callLessPutIsTheForwardContractWithItsDerivatives(double strike) {
    HestonPrice call = MODEL.price(EuropeanOption.call(strike), 100, 0.9, 2);
    HestonPrice put = MODEL.price(EuropeanOption.put(strike), 100, 0.9, 2);
    assertThat(call.price() - put.price()).isCloseTo(0.9 * (100 - strike), within(1e-12));
    assertThat(call.delta() - put.delta()).isCloseTo(0.9, within(1e-14));
    assertThat(call.gamma()).isEqualTo(put.gamma());
    assertThat(call.v0()).isEqualTo(put.v0());
    assertThat(call.rho()).isEqualTo(put.rho());
  }

  @ParameterizedTest
  @CsvSource({"0.01, 1", "1, 0.8", "1, 1.3", "10, 1", "10, 2"})
  void withoutVolatilityOfVarianceItIsBlackScholesWithTheAveragedVariance(
      double expiry, double strike) {
    HestonAnalytic model = new HestonAnalytic(0.09, 2, 0.04, 0, -0.6);
    double variance = 0.04 * expiry + 0.05 * (1 - Math.exp(-2 * expiry)) / 2;
    EuropeanOption option = EuropeanOption.call(strike);
    double black = BlackScholes.black(option, 1, Math.sqrt(variance));
    assertThat(model.expectedTotalVariance(expiry)).isCloseTo(variance, within(1e-15));
    HestonPrice price = model.price(option, 1, 1, expiry);
    assertThat(price.price()).isCloseTo(black, within(1e-15));
    assertThat(price.rho()).isZero();
    EuropeanValue flat =
        new BlackScholes(1, 0, 0, Math.sqrt(variance / expiry)).european(option, expiry);
    double vegaInTotalVariance = flat.vega() / (2 * Math.sqrt(variance * expiry));
    assertThat(price.v0())
        .isCloseTo(vegaInTotalVariance * (1 - Math.exp(-2 * expiry)) / 2, within(1e-13));
  }

  @Test
  void priceIsContinuousAsVolatilityOfVarianceVanishes() {
    EuropeanOption option = EuropeanOption.call(1.1);
    HestonPrice limit = new HestonAnalytic(0.09, 2, 0.04, 0, -0.6).price(option, 1, 1, 1);
    for (double xi : new double[] {1e-2, 1e-4, 1e-6, 1e-8, 1e-12}) {
      HestonPrice price = new HestonAnalytic(0.09, 2, 0.04, xi, -0.6).price(option, 1, 1, 1);
      assertThat(price.price()).isCloseTo(limit.price() + limit.xi() * xi, within(xi * xi + 1e-15));
      assertThat(price.xi()).isCloseTo(limit.xi(), within(2 * xi + 1e-13));
      assertThat(price.kappa()).isCloseTo(limit.kappa(), within(2 * xi + 1e-13));
    }
  }

  @Test
  void manyStrikesAtOnceArePricedAsOneByOne() {
    List<EuropeanOption> options = new ArrayList<>();
    for (double strike = 40; strike <= 220; strike += 7.5) {
      options.add(new EuropeanOption(strike % 2 == 0 ? OptionType.CALL : OptionType.PUT, strike));
    }
    for (double expiry : new double[] {0.01, 0.5, 10}) {
      List<HestonPrice> together = MODEL.prices(options, 100, 0.9, expiry);
      for (int i = 0; i < options.size(); i++) {
        HestonPrice alone = MODEL.price(options.get(i), 100, 0.9, expiry);
        assertThat(together.get(i).price()).isCloseTo(alone.price(), within(1e-12));
        assertThat(together.get(i).xi()).isCloseTo(alone.xi(), within(1e-11));
        assertThat(together.get(i).gamma()).isCloseTo(alone.gamma(), within(1e-12));
      }
    }
    assertThat(MODEL.prices(List.of(), 100, 1, 1)).isEmpty();
  }

  @Test
  void priceScalesWithForwardAndDiscountFactor() {
    HestonPrice unit = MODEL.price(EuropeanOption.call(1.2), 1, 1, 0.5);
    HestonPrice scaled = MODEL.price(EuropeanOption.call(1200), 1000, 0.5, 0.5);
    assertThat(scaled.price()).isCloseTo(500 * unit.price(), within(1e-12));
    assertThat(scaled.delta()).isCloseTo(0.5 * unit.delta(), within(1e-14));
    assertThat(scaled.gamma()).isCloseTo(0.0005 * unit.gamma(), within(1e-16));
    assertThat(scaled.kappa()).isCloseTo(500 * unit.kappa(), within(1e-12));
  }

  @Property(tries = 300)
  void outOfTheMoneyPriceStaysInsideItsBoundsForAnyParameters(
      @ForAll @Scale(6) @DoubleRange(min = 0.5, max = 2) double strike,
      @ForAll @Scale(6) @DoubleRange(min = 0.01, max = 10) double expiry,
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 1) double v0,
      @ForAll @Scale(6) @DoubleRange(min = 0.01, max = 20) double kappa,
      @ForAll @Scale(6) @DoubleRange(min = 0.001, max = 1) double theta,
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 5) double xi,
      @ForAll @Scale(6) @DoubleRange(min = -0.999, max = 0.999) double rho) {
    HestonAnalytic model = new HestonAnalytic(v0, kappa, theta, xi, rho);
    EuropeanOption option = new EuropeanOption(OptionType.outOfTheMoney(1, strike), strike);
    HestonPrice price = model.price(option, 1, 1, expiry);
    assertThat(price.price()).isBetween(-1e-13, Math.min(1, strike));
    assertThat(Math.abs(price.delta())).isBetween(0.0, 1.0);
    assertThat(price.gamma()).isGreaterThan(-1e-9);
  }

  @Test
  void perfectCorrelationAndZeroSpeedAreAdmitted() {
    EuropeanOption option = EuropeanOption.put(0.9);
    double limit = new HestonAnalytic(0.04, 1, 0.04, 0.3, -1).price(option, 1, 1, 1).price();
    double near = new HestonAnalytic(0.04, 1, 0.04, 0.3, -1 + 1e-9).price(option, 1, 1, 1).price();
    assertThat(near).isCloseTo(limit, within(1e-9));
    double still = new HestonAnalytic(0.04, 0, 0.04, 0.3, -0.5).price(option, 1, 1, 1).price();
    double slow = new HestonAnalytic(0.04, 1e-9, 0.04, 0.3, -0.5).price(option, 1, 1, 1).price();
    assertThat(slow).isCloseTo(still, within(1e-9));
  }

  @Test
  void perfectCorrelationNearTheMoneyIsContinuousInTheStrike() {
    HestonAnalytic perfect = new HestonAnalytic(0.0037, 0.054, 0.258, 1.13, 1);
    for (double strike : new double[] {0.9977, 0.9987, 1 - 1e-6}) {
      double below = perfect.price(EuropeanOption.call(strike - 1e-5), 1, 1, 0.025).price();
      double above = perfect.price(EuropeanOption.call(strike + 1e-5), 1, 1, 0.025).price();
      double middle = perfect.price(EuropeanOption.call(strike), 1, 1, 0.025).price();
      assertThat(0.5 * (below + above)).isCloseTo(middle, within(1e-8)).isGreaterThan(middle);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.8, 0.1", "1, 0.1", "1.2, 0.1", "0.6, 2", "1.7, 2"})
  void impliedVolatilityGivesThePriceBack(double strike, double expiry) {
    double volatility = MODEL.impliedVolatility(strike, 1, expiry);
    for (OptionType type : OptionType.values()) {
      EuropeanOption option = new EuropeanOption(type, strike);
      double black = BlackScholes.black(option, 1, volatility * Math.sqrt(expiry));
      assertThat(black).isCloseTo(MODEL.price(option, 1, 1, expiry).price(), within(1e-14));
    }
  }

  @Test
  void negativeCorrelationSkewsTheSmileDownwards() {
    assertThat(MODEL.impliedVolatility(0.8, 1, 0.5))
        .isGreaterThan(MODEL.impliedVolatility(1, 1, 0.5))
        .isGreaterThan(MODEL.impliedVolatility(1.2, 1, 0.5));
  }

  @Test
  void derivativesAreFoundByTheParametersUsualName() {
    HestonSpotPrice price = MODEL.priceAtSpot(EuropeanOption.call(100), 100, 0.03, 0.01, 1);
    assertThat(price.derivative("spot")).isEqualTo(price.delta());
    assertThat(price.derivative("r")).isEqualTo(price.r());
    assertThat(price.derivative("q")).isEqualTo(price.q());
    assertThat(price.derivative("v0")).isEqualTo(price.v0());
    assertThat(price.derivative("kappa")).isEqualTo(price.kappa());
    assertThat(price.derivative("theta")).isEqualTo(price.theta());
    assertThat(price.derivative("xi")).isEqualTo(price.xi());
    assertThat(price.derivative("rho")).isEqualTo(price.rho());
    assertThatThrownBy(() -> price.derivative("sigma"))
        .hasMessage("parameter = sigma, expected one of spot, v0, r, q, kappa, theta, xi, rho");
  }

  @Test
  void everyBadParameterIsNamedAtOnce() {
    assertThatThrownBy(() -> new HestonAnalytic(-1, Double.NaN, -2, -3, 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Heston: v0 = -1.0, expected a finite number >= 0; kappa = NaN, expected a finite number"
                + " >= 0; theta = -2.0, expected a finite number >= 0; xi = -3.0, expected a finite"
                + " number >= 0; rho = 1.5, expected a number in [-1.0, 1.0]");
    assertThatThrownBy(() -> new HestonAnalytic(0, 1, 0, 0.5, 0))
        .hasMessage("Heston: v0 + kappa theta = 0.0, expected a number > 0");
    assertThatThrownBy(() -> new HestonAnalytic(0.1, 0, 0.1, 0, 0))
        .hasMessage("Heston: kappa + xi = 0.0, expected a number > 0");
  }

  @Test
  void badMarketArgumentsAreNamed() {
    EuropeanOption call = EuropeanOption.call(1);
    assertThatThrownBy(() -> MODEL.price(call, 0, -1, Double.NaN))
        .hasMessageContaining("forward = 0.0")
        .hasMessageContaining("discountFactor = -1.0")
        .hasMessageContaining("expiry = NaN");
    assertThatThrownBy(() -> MODEL.priceAtSpot(call, -1, Double.NaN, 0, 0))
        .hasMessageContaining("spot = -1.0")
        .hasMessageContaining("r = NaN")
        .hasMessageContaining("expiry = 0.0");
    assertThatThrownBy(() -> MODEL.expectedTotalVariance(0)).hasMessageContaining("expiry = 0.0");
  }

  private static double value(
      EuropeanOption option,
      double expiry,
      double v0,
      double kappa,
      double theta,
      double xi,
      double rho) {
    return new HestonAnalytic(v0, kappa, theta, xi, rho).price(option, 100, 0.95, expiry).price();
  }

  /** Fourth-order central difference. */
  private static double slope(double at, DoubleUnaryOperator f) {
    double h = 2e-4 * Math.abs(at);
    return (8 * (f.applyAsDouble(at + h) - f.applyAsDouble(at - h))
            - (f.applyAsDouble(at + 2 * h) - f.applyAsDouble(at - 2 * h)))
        / (12 * h);
  }

  private static void near(double actual, double difference) {
    assertThat(actual).isCloseTo(difference, within(1e-8 * Math.max(1, Math.abs(difference))));
  }
}
