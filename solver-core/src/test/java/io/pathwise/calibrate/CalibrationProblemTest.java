package io.pathwise.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.calibrate.optimise.Evaluation;
import io.pathwise.payoff.OptionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Residuals and their Jacobian. */
class CalibrationProblemTest {
  private static final Market MARKET = Market.flat(100, 0.03, 0.01);
  private static final Map<String, Double> TRUTH =
      Map.of("v0", 0.04, "kappa", 2.0, "theta", 0.06, "xi", 0.7, "rho", -0.6);

  private static final ParameterSpace SPACE = ModelSpace.find("heston").orElseThrow();

  /** Quotes on every weighting's terms: volatilities with bid and ask. */
  private static List<OptionQuote> quotes() {
    List<OptionQuote> quotes = new ArrayList<>();
    for (double expiry : new double[] {0.25, 1, 3}) {
      for (double strike : new double[] {80, 95, 100, 110, 130}) {
        double vol = 0.22 + 0.05 * (1 - strike / 100);
        quotes.add(
            OptionQuote.ofVolatility("q" + strike, OptionType.CALL, strike, expiry, vol)
                .between(vol - 0.004, vol + 0.006)
                .weighing(strike / 100));
      }
    }
    return quotes;
  }

  private static List<Penalty> penalties() {
    return List.of(
        new FellerPenalty(10),
        new YesterdayPenalty(Map.of("v0", 0.05, "rho", -0.5), Map.of("v0", 0.01, "rho", 0.1), 2),
        new SmoothnessPenalty(List.of("v0", "theta", "xi"), 3));
  }

  static Stream<Residuals> everyKindOfResidual() {
    return Stream.of(Residuals.Measure.values())
        .flatMap(m -> Stream.of(Residuals.Weighting.values()).map(w -> new Residuals(m, w)));
  }

  @ParameterizedTest
  @MethodSource("everyKindOfResidual")
  void theJacobianIsThatOfCentralDifferences(Residuals residuals) {
    CalibrationProblem problem =
        new CalibrationProblem(
            new AnalyticPricer("heston", MARKET), quotes(), SPACE, residuals, penalties());
    double[] point = SPACE.start();
    Evaluation at = problem.evaluate(point, true);
    for (int j = 0; j < point.length; j++) {
      double[] up = point.clone();
      double[] down = point.clone();
      up[j] += 1e-5;
      down[j] -= 1e-5;
      double[] high = problem.evaluate(up, false).residuals();
      double[] low = problem.evaluate(down, false).residuals();
      for (int i = 0; i < high.length; i++) {
        double difference = (high[i] - low[i]) / 2e-5;
        assertThat(at.jacobian()[i][j])
            .as("residual %s in %s", i, SPACE.freeNames().get(j))
            .isCloseTo(difference, within(1e-5 * Math.max(1, Math.abs(difference))));
      }
    }
  }

  @Test
  void quotesOfTheModelItselfLeaveNoResidual() {
    AnalyticPricer pricer = new AnalyticPricer("heston", MARKET);
    CalibrationProblem problem =
        new CalibrationProblem(pricer, synthetic(pricer), SPACE, Residuals.VOLATILITIES, List.of());
    assertThat(problem.evaluate(SPACE.coordinates(TRUTH), false).value()).isLessThan(1e-15);
    assertThat(problem.fits(TRUTH))
        .allSatisfy(
            f -> assertThat(f.modelVolatility()).isCloseTo(f.marketVolatility(), within(1e-9)));
  }

  @Test
  void aPriceQuoteOfEitherTypeHasTheSameResidual() {
    AnalyticPricer pricer = new AnalyticPricer("heston", MARKET);
    double forward = MARKET.forward(1);
    double call = 9;
    double put = call - MARKET.discount(1) * (forward - 105);
    List<OptionQuote> both =
        List.of(
            OptionQuote.ofPrice("call", OptionType.CALL, 105, 1, call),
            OptionQuote.ofPrice("put", OptionType.PUT, 105, 1, put));
    double[] residuals =
        new CalibrationProblem(pricer, both, SPACE, Residuals.VOLATILITIES, List.of())
            .evaluate(SPACE.start(), false)
            .residuals();
    assertThat(residuals[0]).isCloseTo(residuals[1], within(1e-9));
  }

  @Test
  void vegaWeightedPricesAreVolatilitiesNearTheQuote() {
    AnalyticPricer pricer = new AnalyticPricer("heston", MARKET);
    List<OptionQuote> quotes = synthetic(pricer);
    double[] near = SPACE.coordinates(TRUTH);
    near[0] += 1e-4;
    Residuals byVega = new Residuals(Residuals.Measure.PRICE, Residuals.Weighting.VEGA);
    double[] prices =
        new CalibrationProblem(pricer, quotes, SPACE, byVega, List.of())
            .evaluate(near, false)
            .residuals();
    double[] volatilities =
        new CalibrationProblem(pricer, quotes, SPACE, Residuals.VOLATILITIES, List.of())
            .evaluate(near, false)
            .residuals();
    for (int i = 0; i < prices.length; i++) {
      assertThat(prices[i]).isCloseTo(volatilities[i], within(1e-6));
    }
  }

  @Test
  void everyProblemIsNamedAtOnce() {
    List<OptionQuote> quotes =
        List.of(
            OptionQuote.ofVolatility("bad", OptionType.CALL, 100, 1, -1),
            OptionQuote.ofVolatility("good", OptionType.CALL, 100, 1, 0.2));
    ParameterSpace space =
        ParameterSpace.of(
            CalibrationParameter.free("v0", 0.04, 0, 1), CalibrationParameter.fixed("beta", 1));
    Residuals byBidAsk = new Residuals(Residuals.Measure.IMPLIED_VOL, Residuals.Weighting.BID_ASK);
    assertThatThrownBy(
            () ->
                new CalibrationProblem(
                    new AnalyticPricer("heston", MARKET),
                    quotes,
                    space,
                    byBidAsk,
                    List.of(new FellerPenalty(1))))
        .hasMessageContaining("row 1, bad: volatility -1.0")
        .hasMessageContaining("parameter kappa is neither free nor fixed")
        .hasMessageContaining("parameter beta, expected one of")
        .hasMessageContaining("penalty on xi")
        .hasMessageContaining("good has no ask above a bid");
  }

  @Test
  void aModelWithoutAnalyticPricesIsRefusedByName() {
    assertThatThrownBy(() -> new AnalyticPricer("sabr", MARKET))
        .hasMessageContaining("analytic prices of sabr, expected one of [black-scholes, heston");
  }

  /** Quotes of the model at {@link #TRUTH}, as prices of calls. */
  private static List<OptionQuote> synthetic(Pricer pricer) {
    List<OptionQuote> quotes = new ArrayList<>();
    for (double expiry : new double[] {0.25, 1, 3}) {
      for (double strike : new double[] {80, 95, 100, 110, 130}) {
        Vanilla call =
            new Vanilla(
                new io.pathwise.model.analytic.EuropeanOption(OptionType.CALL, strike), expiry);
        double price = pricer.price(TRUTH, List.of(call), List.of()).prices()[0];
        quotes.add(OptionQuote.ofPrice("q", OptionType.CALL, strike, expiry, price));
      }
    }
    return quotes;
  }
}
