package io.pathwise.sde;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A zero curve: continuously compounded rates r(t) a year to times t in years, Actual/365.
 *
 * <p>Between nodes r(t) t is linear, so forward rates are constant there (Hagan and West 2006,
 * "Interpolation methods for curve construction", section 3: raw interpolation). Before the first
 * node the zero rate is that of the first node; after the last, the forward rate is that of the
 * last interval (with a single node, the rate is flat).
 *
 * @param times the times of the nodes in years, above 0 and increasing
 * @param zeroRates the rate to each node
 */
public record ZeroCurve(double[] times, double[] zeroRates) implements Serializable {

  /**
   * Copies and checks the nodes.
   *
   * @throws IllegalArgumentException if there is no node, the numbers of times and rates differ,
   *     times are not above 0 and increasing, or a number is not finite
   */
  public ZeroCurve {
    if (times.length == 0 || times.length != zeroRates.length) {
      throw new IllegalArgumentException(
          times.length
              + " times and "
              + zeroRates.length
              + " zero rates, expected as many of each and at least one");
    }
    double before = 0;
    for (int i = 0; i < times.length; i++) {
      if (!(times[i] > before) || Double.isInfinite(times[i])) {
        throw new IllegalArgumentException(
            "time " + times[i] + " of node " + (i + 1) + ", expected years above " + before);
      }
      if (!Double.isFinite(zeroRates[i])) {
        throw new IllegalArgumentException(
            "rate " + zeroRates[i] + " of node " + (i + 1) + ", expected a finite number");
      }
      before = times[i];
    }
    times = times.clone();
    zeroRates = zeroRates.clone();
  }

  /** A curve with one rate for all times. */
  public static ZeroCurve flat(double rate) {
    return new ZeroCurve(new double[] {1}, new double[] {rate});
  }

  /** The times of the nodes, a copy. */
  @Override
  public double[] times() {
    return times.clone();
  }

  /** The rates to the nodes, a copy. */
  @Override
  public double[] zeroRates() {
    return zeroRates.clone();
  }

  /**
   * The value today of one unit paid at t: exp(-r(t) t).
   *
   * @param t years, at least 0
   */
  public double discount(double t) {
    return StrictMath.exp(-integral(t));
  }

  /**
   * The continuously compounded forward rate from t0 to t1: (r(t1) t1 - r(t0) t0) / (t1 - t0).
   *
   * @param t0 years, at least 0
   * @param t1 years, above t0
   * @throws IllegalArgumentException if t1 is not above t0
   */
  public double forward(double t0, double t1) {
    if (!(t1 > t0)) {
      throw new IllegalArgumentException(
          "forward rate from " + t0 + " to " + t1 + ", expected an end above the start");
    }
    return (integral(t1) - integral(t0)) / (t1 - t0);
  }

  /**
   * The zero rate to t.
   *
   * @param t years, at least 0
   */
  public double zeroRate(double t) {
    return t <= times[0] ? checked(t, zeroRates[0]) : integral(t) / t;
  }

  /** r(t) t: the forward rate integrated from 0 to t. */
  private double integral(double t) {
    checked(t, 0);
    int last = times.length - 1;
    if (t <= times[0] || last == 0) {
      return zeroRates[0] * t;
    }
    int found = Arrays.binarySearch(times, t);
    if (found >= 0) {
      return at(found);
    }
    int right = Math.min(-found - 1, last);
    double forward = (at(right) - at(right - 1)) / (times[right] - times[right - 1]);
    return at(right - 1) + forward * (t - times[right - 1]);
  }

  /** The number of nodes. */
  public int nodes() {
    return times.length;
  }

  /**
   * The derivative of {@link #forward} in the rate of each node it depends on, by node: the nodes
   * of the intervals in which the ends lie.
   *
   * @param t0 years, at least 0
   * @param t1 years, above t0
   */
  public SortedMap<Integer, Double> forwardWeights(double t0, double t1) {
    SortedMap<Integer, Double> weights = new TreeMap<>();
    integralWeights(t1).forEach((node, w) -> weights.merge(node, w / (t1 - t0), Double::sum));
    integralWeights(t0).forEach((node, w) -> weights.merge(node, -w / (t1 - t0), Double::sum));
    weights.values().removeIf(w -> w == 0);
    return weights;
  }

  /**
   * The derivative of {@link #discount} in the rate of each node it depends on, by node.
   *
   * @param t years, at least 0
   */
  public SortedMap<Integer, Double> discountWeights(double t) {
    double discount = discount(t);
    SortedMap<Integer, Double> weights = new TreeMap<>();
    integralWeights(t).forEach((node, w) -> weights.put(node, -discount * w));
    return weights;
  }

  /** The derivative of r(t) t in the rates of the nodes around t. */
  private SortedMap<Integer, Double> integralWeights(double t) {
    checked(t, 0);
    SortedMap<Integer, Double> weights = new TreeMap<>();
    int last = times.length - 1;
    if (t <= times[0] || last == 0) {
      weights.put(0, t);
      return weights;
    }
    int found = Arrays.binarySearch(times, t);
    if (found >= 0) {
      weights.put(found, t);
      return weights;
    }
    int right = Math.min(-found - 1, last);
    double share = (t - times[right - 1]) / (times[right] - times[right - 1]);
    weights.put(right - 1, times[right - 1] * (1 - share));
    weights.put(right, times[right] * share);
    return weights;
  }

  private double at(int node) {
    return zeroRates[node] * times[node];
  }

  private static double checked(double t, double value) {
    if (!(t >= 0)) {
      throw new IllegalArgumentException("time " + t + ", expected years of at least 0");
    }
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ZeroCurve curve
        && Arrays.equals(times, curve.times)
        && Arrays.equals(zeroRates, curve.zeroRates);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(times) + Arrays.hashCode(zeroRates);
  }

  @Override
  public String toString() {
    return "ZeroCurve[times="
        + Arrays.toString(times)
        + ", zeroRates="
        + Arrays.toString(zeroRates)
        + "]";
  }
}
