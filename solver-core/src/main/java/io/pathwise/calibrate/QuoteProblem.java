package io.pathwise.calibrate;

/**
 * What is wrong with a quote.
 *
 * @param row the position of the quote, 1 the first
 * @param id the quote's id
 * @param rule the rule it breaks
 * @param value what came
 * @param expected what was expected
 */
public record QuoteProblem(int row, String id, Rule rule, String value, String expected) {

  /** What a sound quote satisfies. */
  public enum Rule {
    /** Strike, expiry, weight and value are numbers of their range. */
    RANGE,
    /** A price lies within the bounds that no model can leave. */
    PRICE_BOUNDS,
    /** Bid, value and ask are in this order. */
    BID_ASK,
    /** An option is quoted once. */
    DUPLICATE,
    /** Its expiry has a rate. */
    MISSING_RATE,
    /** Prices fall with the strike of a call, no faster than discounted, and are convex in it. */
    BUTTERFLY,
    /** Total variance at one moneyness grows with the expiry. */
    CALENDAR
  }

  @Override
  public String toString() {
    return "row " + row + ", " + id + ": " + value + ", expected " + expected;
  }
}
