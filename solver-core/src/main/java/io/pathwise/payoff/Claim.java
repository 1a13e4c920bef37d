package io.pathwise.payoff;

import io.pathwise.expr.Expr;
import java.util.List;
import java.util.Map;

/**
 * A number that every path delivers at one time: a payoff, or an observed state.
 *
 * @param id names the claim
 * @param template names the template in generated source; claims with the same value share code
 * @param value reads the state, {@link Output#slot the watches}, parameters, {@code t} and the
 *     inputs (STEP leaves)
 * @param smooth whether the value is continuous in the path, so that its pathwise derivative is
 *     unbiased (Glasserman 2003, section 7.2)
 * @param time when it is read, years
 * @param watches the functionals it reads, slot by slot
 * @param inputs the values of its inputs by name
 * @param captured whether its per-path values are handed out
 */
public record Claim(
    String id,
    String template,
    Expr value,
    boolean smooth,
    double time,
    List<Watch> watches,
    Map<String, Double> inputs,
    boolean captured) {

  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException if the time is not finite and above 0, or a watch ends later
   */
  public Claim {
    watches = List.copyOf(watches);
    inputs = Map.copyOf(inputs);
    if (!(time > 0) || Double.isInfinite(time)) {
      throw new IllegalArgumentException(id + ": time " + time + ", expected years above 0");
    }
    for (Watch watch : watches) {
      if (!watch.times().isEmpty() && watch.times().get(watch.times().size() - 1) > time) {
        throw new IllegalArgumentException(
            id + ": " + watch.functional().name() + " is watched after the claim pays at " + time);
      }
    }
  }

  /** A function of the state at one time, each path's value handed out. */
  public static Claim observation(String id, String name, Expr value, double time) {
    return new Claim(id, name, value, true, time, List.of(), Map.of(), true);
  }

  /** A function of the state at one time. */
  public static Claim value(String id, Expr value, double time) {
    return new Claim(id, id, value, true, time, List.of(), Map.of(), false);
  }
}
