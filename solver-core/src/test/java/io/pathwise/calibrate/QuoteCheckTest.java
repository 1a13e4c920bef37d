package io.pathwise.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.payoff.OptionType;
import io.pathwise.sde.ZeroCurve;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every bad quote is named with its row, what came and what was expected. */
class QuoteCheckTest {
  private static final Market MARKET = Market.flat(100, 0.03, 0.01);

  private static OptionQuote vol(double strike, double expiry, double vol) {
    return OptionQuote.ofVolatility("q", OptionType.CALL, strike, expiry, vol);
  }

  private static OptionQuote price(OptionType type, double strike, double price) {
    return OptionQuote.ofPrice("q", type, strike, 1, price);
  }

  private static List<QuoteProblem> check(OptionQuote... quotes) {
    return QuoteCheck.problems(MARKET, List.of(quotes), 1e-6);
  }

  @Test
  void soundQuotesHaveNoProblem() {
    List<OptionQuote> quotes = new ArrayList<>();
    for (double expiry : new double[] {0.1, 0.5, 2}) {
      for (double strike = 60; strike <= 150; strike += 10) {
        quotes.add(vol(strike, expiry, 0.2 + 0.1 * Math.abs(strike / 100 - 1)));
      }
    }
    assertThat(QuoteCheck.problems(MARKET, quotes, 1e-6)).isEmpty();
  }

  @Test
  void volatilitiesOutOfRangeAreNamed() {
    assertThat(check(vol(100, 1, 0), vol(100, 2, -0.2), vol(100, 3, 5.1), vol(100, 4, 0.2)))
        .extracting(QuoteProblem::toString)
        .containsExactly(
            "row 1, q: volatility 0.0, expected a number above 0 and at most 5.0 (1 is 100 %)",
            "row 2, q: volatility -0.2, expected a number above 0 and at most 5.0 (1 is 100 %)",
            "row 3, q: volatility 5.1, expected a number above 0 and at most 5.0 (1 is 100 %)");
  }

  @Test
  void numbersThatAreNoneAreNamedAllAtOnce() {
    List<QuoteProblem> problems =
        check(
            OptionQuote.ofVolatility("bad", OptionType.PUT, -5, Double.NaN, 0.2).weighing(-1),
            vol(100, 1, Double.NaN));
    assertThat(problems).extracting(QuoteProblem::row).containsExactly(1, 1, 1, 2);
    assertThat(problems).extracting(QuoteProblem::rule).containsOnly(QuoteProblem.Rule.RANGE);
    assertThat(problems.get(0).toString()).startsWith("row 1, bad: strike -5.0");
  }

  @Test
  void pricesOutsideTheBoundsOfArbitrageAreNamed() {
    List<QuoteProblem> problems =
        check(
            price(OptionType.CALL, 80, 15),
            price(OptionType.CALL, 100, 101),
            price(OptionType.PUT, 50, 49.5),
            price(OptionType.PUT, 90, 3));
    assertThat(problems).extracting(QuoteProblem::row).containsExactly(1, 2, 3);
    assertThat(problems)
        .extracting(QuoteProblem::rule)
        .containsOnly(QuoteProblem.Rule.PRICE_BOUNDS);
  }

  @Test
  void aBidAboveTheAskIsNamed() {
    assertThat(check(vol(100, 1, 0.2).between(0.21, 0.19)))
        .singleElement()
        .hasToString("row 1, q: bid 0.21, value 0.2, ask 0.19, expected them in this order");
  }

  @Test
  void theSecondOfTwoEqualQuotesIsNamed() {
    OptionQuote first = OptionQuote.ofVolatility("first", OptionType.CALL, 100, 1, 0.2);
    assertThat(check(first, vol(110, 1, 0.2), vol(100, 1, 0.2)))
        .singleElement()
        .matches(p -> p.row() == 3 && p.rule() == QuoteProblem.Rule.DUPLICATE)
        .asString()
        .contains("row first has it");
  }

  @Test
  void anExpiryBeyondTheRatesIsNamed() {
    Market market =
        new Market(
            100,
            new ZeroCurve(new double[] {0.5, 1}, new double[] {0.02, 0.03}),
            ZeroCurve.flat(0));
    assertThat(QuoteCheck.problems(market, List.of(vol(100, 1, 0.2), vol(100, 1.1, 0.2)), 1e-6))
        .singleElement()
        .matches(p -> p.row() == 2 && p.rule() == QuoteProblem.Rule.MISSING_RATE);
  }

  @Test
  void aPriceAboveTheChordOfItsNeighboursIsNamed() {
    assertThat(check(vol(90, 1, 0.2), vol(100, 1, 0.3), vol(110, 1, 0.2)))
        .anyMatch(p -> p.row() == 2 && p.rule() == QuoteProblem.Rule.BUTTERFLY);
  }

  @Test
  void callPricesThatRiseWithTheStrikeAreNamed() {
    assertThat(check(vol(110, 1, 0.1), vol(120, 1, 0.3)))
        .singleElement()
        .matches(p -> p.row() == 2 && p.rule() == QuoteProblem.Rule.BUTTERFLY);
  }

  @Test
  void totalVarianceThatFallsWithTheExpiryIsNamed() {
    assertThat(check(vol(100, 0.5, 0.4), vol(80, 1, 0.2), vol(100, 1, 0.2), vol(130, 1, 0.2)))
        .singleElement()
        .matches(p -> p.row() == 1 && p.rule() == QuoteProblem.Rule.CALENDAR);
  }

  @Test
  void aSpreadAllowsWhatLiesWithinIt() {
    OptionQuote high = vol(110, 1, 0.25);
    assertThat(check(vol(100, 1, 0.2), high, vol(120, 1, 0.2))).isNotEmpty();
    assertThat(check(vol(100, 1, 0.2), high.between(0.15, 0.35), vol(120, 1, 0.2))).isEmpty();
  }

  @Test
  void theDaxSurfaceHasFiveButterfliesAtOneBasisPointOfTheForward() {
    DaxSurface dax = DaxSurface.inWeeks();
    assertThat(QuoteCheck.problems(dax.market(), dax.quotes(), 1e-4))
        .hasSize(5)
        .allMatch(p -> p.rule() == QuoteProblem.Rule.BUTTERFLY);
    assertThat(QuoteCheck.problems(dax.market(), dax.quotes(), 1e-3)).isEmpty();
  }
}
