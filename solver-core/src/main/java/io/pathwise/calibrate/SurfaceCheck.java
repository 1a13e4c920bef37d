package io.pathwise.calibrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Static arbitrage between quotes (Carr and Madan 2005, "A note on sufficient conditions for no
 * arbitrage"; Gatheral and Jacquier 2014, section 2): within an expiry call prices fall with the
 * strike with a slope between -D and 0 and are convex; between expiries total variance at one
 * moneyness K / F grows. Where the later expiry has no strike at a moneyness its total variance is
 * interpolated linearly in ln(K / F), which errs upwards on a convex smile, so that a violation it
 * finds is one.
 */
final class SurfaceCheck {
  private final Market market;
  private final double tolerance;
  private final List<QuoteProblem> problems = new ArrayList<>();

  SurfaceCheck(Market market, double tolerance) {
    this.market = market;
    this.tolerance = tolerance;
  }

  private record Node(
      int row,
      String id,
      double strike,
      double moneyness,
      double call,
      double variance,
      double slack) {}

  /** The problems of quotes that are sound by themselves, by row. */
  List<QuoteProblem> problems(Map<Integer, MarketQuote> quotes) {
    Map<Double, List<Node>> expiries = new TreeMap<>();
    new TreeMap<>(quotes)
        .forEach(
            (row, quote) ->
                expiries
                    .computeIfAbsent(quote.vanilla().expiry(), expiry -> new ArrayList<>())
                    .add(node(row, quote)));
    List<Node> before = List.of();
    double earlier = 0;
    for (Map.Entry<Double, List<Node>> expiry : expiries.entrySet()) {
      List<Node> nodes = expiry.getValue();
      nodes.sort(Comparator.comparingDouble(Node::strike).thenComparingInt(Node::row));
      checkStrikes(nodes);
      checkCalendar(before, earlier, nodes, expiry.getKey());
      before = nodes;
      earlier = expiry.getKey();
    }
    return problems;
  }

  /** The call's price relative to the discounted forward, whatever was quoted. */
  private Node node(int row, MarketQuote quote) {
    double expiry = quote.vanilla().expiry();
    double strike = quote.vanilla().option().strike();
    double forward = market.forward(expiry);
    double scale = market.discount(expiry) * forward;
    boolean isPut = quote.vanilla().option().type().sign() < 0;
    double call = quote.price() / scale + (isPut ? 1 - strike / forward : 0);
    double half = 0.5 * quote.spread().orElse(0) * quote.vega() / scale;
    return new Node(
        row,
        quote.id(),
        strike / forward,
        StrictMath.log(strike / forward),
        call,
        quote.volatility() * quote.volatility() * expiry,
        tolerance + half);
  }

  private void checkStrikes(List<Node> nodes) {
    for (int i = 1; i < nodes.size(); i++) {
      Node left = nodes.get(i - 1);
      Node right = nodes.get(i);
      double width = right.strike - left.strike;
      double slack = left.slack + right.slack;
      double rise = right.call - left.call;
      if (rise > slack || rise < -width - slack) {
        add(
            right,
            QuoteProblem.Rule.BUTTERFLY,
            "call price changes by " + rise + " of the forward from row " + left.id,
            "a change in [" + -width + ", 0], the bounds of arbitrage of a spread");
      }
      if (i + 1 < nodes.size()) {
        checkButterfly(left, right, nodes.get(i + 1));
      }
    }
  }

  private void checkButterfly(Node left, Node middle, Node right) {
    double span = right.strike - left.strike;
    if (!(span > 0)) {
      return;
    }
    double share = (middle.strike - left.strike) / span;
    double chord = (1 - share) * left.call + share * right.call;
    double slack = middle.slack + (1 - share) * left.slack + share * right.slack;
    if (middle.call > chord + slack) {
      add(
          middle,
          QuoteProblem.Rule.BUTTERFLY,
          "call price " + middle.call + " of the forward",
          "at most " + chord + ", the chord of rows " + left.id + " and " + right.id);
    }
  }

  private void checkCalendar(List<Node> before, double earlier, List<Node> after, double later) {
    for (Node node : before) {
      for (int i = 1; i < after.size(); i++) {
        Node left = after.get(i - 1);
        Node right = after.get(i);
        if (node.moneyness < left.moneyness || node.moneyness > right.moneyness) {
          continue;
        }
        double width = right.moneyness - left.moneyness;
        double share = width > 0 ? (node.moneyness - left.moneyness) / width : 0;
        double variance = (1 - share) * left.variance + share * right.variance;
        double slope = density(node.moneyness, node.variance) / (2 * Math.sqrt(node.variance));
        double slack = node.slack + (1 - share) * left.slack + share * right.slack;
        if ((node.variance - variance) * slope > slack) {
          add(
              node,
              QuoteProblem.Rule.CALENDAR,
              "total variance " + node.variance + " at " + earlier + " years",
              "at most "
                  + variance
                  + ", that of rows "
                  + left.id
                  + " and "
                  + right.id
                  + " at "
                  + later
                  + " years");
        }
        break;
      }
    }
  }

  /** n(d1): the slope of the normalised call price in the total standard deviation. */
  private static double density(double moneyness, double variance) {
    double deviation = Math.sqrt(variance);
    double d1 = -moneyness / deviation + 0.5 * deviation;
    return StrictMath.exp(-0.5 * d1 * d1) / Math.sqrt(2 * Math.PI);
  }

  private void add(Node node, QuoteProblem.Rule rule, String value, String expected) {
    problems.add(new QuoteProblem(node.row, node.id, rule, value, expected));
  }
}
