package io.pathwise.spark.job;

/**
 * The numbers a key accepts.
 *
 * @param low the least number
 * @param open whether the least number itself is left out
 * @param high the largest number
 * @param unit what the number counts, such as "years", or nothing
 */
record Range(double low, boolean open, double high, String unit) {

  /** All finite numbers. */
  static final Range FINITE = new Range(-Double.MAX_VALUE, false, Double.MAX_VALUE, "");

  /** Finite numbers above a bound. */
  static Range above(double low, String unit) {
    return new Range(low, true, Double.MAX_VALUE, unit);
  }

  /** Numbers from one bound to another, both admitted. */
  static Range between(double low, double high) {
    return new Range(low, false, high, "");
  }

  /** Whether the number is in the range; NaN and the infinities never are. */
  boolean admits(double x) {
    return Double.isFinite(x) && (open ? x > low : x >= low) && x <= high;
  }

  /** "a number above 0 years" */
  String expected() {
    String number = unit.isEmpty() ? "a number" : "a number of " + unit;
    boolean bounded = high < Double.MAX_VALUE;
    if (low == -Double.MAX_VALUE) {
      return bounded ? number + " of at most " + plain(high) : "a finite number";
    }
    String from = open ? " above " + plain(low) : " of at least " + plain(low);
    if (!bounded) {
      return number + from;
    }
    return number
        + (open
            ? from + " and at most " + plain(high)
            : " from " + plain(low) + " to " + plain(high));
  }

  /** A number without a needless ".0". */
  static String plain(double x) {
    return x == Math.rint(x) && Math.abs(x) < 1e15 ? Long.toString((long) x) : Double.toString(x);
  }
}
