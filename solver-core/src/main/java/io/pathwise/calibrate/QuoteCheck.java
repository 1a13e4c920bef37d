package io.pathwise.calibrate;

import io.pathwise.sde.ZeroCurve;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Names every quote that cannot be right, each with its row, what came and what was expected.
 *
 * <p>A quote is first checked by itself, then against the others: the first of two that are equal
 * stands, and the sound ones are searched for static arbitrage ({@link SurfaceCheck}). Which of
 * three quotes that cannot be right together is the wrong one, no rule can tell: the middle one is
 * named.
 */
public final class QuoteCheck {
  private static final double LARGEST_VOLATILITY = 5;

  private final Market market;
  private final double tolerance;
  private final List<QuoteProblem> problems = new ArrayList<>();

  private QuoteCheck(Market market, double tolerance) {
    this.market = market;
    this.tolerance = tolerance;
  }

  /**
   * The problems of quotes, in the order of their rows.
   *
   * @param tolerance how far from arbitrage-free a quote may be: a price relative to the forward,
   *     beyond half of its own bid-ask spread; 1e-4 suits quotes of volatilities in four digits
   */
  public static List<QuoteProblem> problems(
      Market market, List<OptionQuote> quotes, double tolerance) {
    QuoteCheck check = new QuoteCheck(market, tolerance);
    check.check(quotes);
    return check.problems.stream().sorted(Comparator.comparingInt(QuoteProblem::row)).toList();
  }

  private void check(List<OptionQuote> quotes) {
    Map<String, Integer> seen = new HashMap<>();
    Map<Integer, MarketQuote> sound = new HashMap<>();
    for (int i = 0; i < quotes.size(); i++) {
      OptionQuote quote = quotes.get(i);
      int row = i + 1;
      int before = problems.size();
      checkRange(row, quote);
      if (problems.size() > before) {
        continue;
      }
      String key = quote.type() + " " + quote.strike() + " " + quote.expiry();
      Integer first = seen.putIfAbsent(key, row);
      if (first != null) {
        add(
            row,
            quote,
            QuoteProblem.Rule.DUPLICATE,
            spelled(quote) + " of strike " + quote.strike() + " and expiry " + quote.expiry(),
            "one quote; row " + quotes.get(first - 1).id() + " has it");
      }
      checkRate(row, quote, "rate", market.rates());
      checkRate(row, quote, "dividend yield", market.dividends());
      checkValue(row, quote);
      if (problems.size() == before) {
        sound.put(row, MarketQuote.of(quote, market));
      }
    }
    problems.addAll(new SurfaceCheck(market, tolerance).problems(sound));
  }

  private void checkRange(int row, OptionQuote quote) {
    positive(row, quote, "strike", quote.strike());
    positive(row, quote, "expiry", quote.expiry());
    if (!(quote.weight() >= 0) || Double.isInfinite(quote.weight())) {
      add(
          row,
          quote,
          QuoteProblem.Rule.RANGE,
          "weight " + quote.weight(),
          "a finite number of at least 0");
    }
    if (!Double.isFinite(quote.value())) {
      add(row, quote, QuoteProblem.Rule.RANGE, "value " + quote.value(), "a finite number");
    }
    double bid = quote.bid().orElse(quote.value());
    double ask = quote.ask().orElse(quote.value());
    if (Double.isFinite(quote.value()) && !(bid <= quote.value() && quote.value() <= ask)) {
      add(
          row,
          quote,
          QuoteProblem.Rule.BID_ASK,
          "bid " + bid + ", value " + quote.value() + ", ask " + ask,
          "them in this order");
    }
  }

  private void positive(int row, OptionQuote quote, String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      add(row, quote, QuoteProblem.Rule.RANGE, name + " " + value, "a finite number above 0");
    }
  }

  private void checkRate(int row, OptionQuote quote, String name, ZeroCurve curve) {
    double[] times = curve.times();
    double last = times[times.length - 1];
    if (times.length > 1 && quote.expiry() > last * (1 + 1e-9)) {
      add(
          row,
          quote,
          QuoteProblem.Rule.MISSING_RATE,
          "expiry " + quote.expiry() + " without a " + name,
          "an expiry of at most " + last + ", the last of the curve");
    }
  }

  private void checkValue(int row, OptionQuote quote) {
    if (quote.kind() == OptionQuote.Kind.IMPLIED_VOL) {
      if (!(quote.value() > 0 && quote.value() <= LARGEST_VOLATILITY)) {
        add(
            row,
            quote,
            QuoteProblem.Rule.RANGE,
            "volatility " + quote.value(),
            "a number above 0 and at most " + LARGEST_VOLATILITY + " (1 is 100 %)");
      }
      return;
    }
    double forward = market.forward(quote.expiry());
    double discount = market.discount(quote.expiry());
    int sign = quote.type().sign();
    double least = discount * Math.max(sign * (forward - quote.strike()), 0);
    double most = discount * (sign > 0 ? forward : quote.strike());
    if (!(quote.value() > least && quote.value() < most)) {
      add(
          row,
          quote,
          QuoteProblem.Rule.PRICE_BOUNDS,
          spelled(quote) + " price " + quote.value(),
          "a price between " + least + " and " + most + ", the bounds of arbitrage");
    }
  }

  private static String spelled(OptionQuote quote) {
    return quote.type().name().toLowerCase(Locale.ROOT);
  }

  private void add(
      int row, OptionQuote quote, QuoteProblem.Rule rule, String value, String expected) {
    problems.add(new QuoteProblem(row, quote.id(), rule, value, expected));
  }
}
