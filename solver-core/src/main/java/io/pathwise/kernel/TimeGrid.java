package io.pathwise.kernel;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The union of equal steps and of the times at which something is read: output times are steps,
 * never interpolated.
 *
 * @param times n + 1 increasing times in years, from 0
 */
public record TimeGrid(double[] times) {

  /** Times closer than this, relative to a step, are one. */
  private static final double SAME = 1e-9;

  /**
   * A grid with steps of {@code step} years from 0 to the last of the times, and all the times.
   *
   * @param step positive
   * @param mandatory times in years, above or equal to 0, at least one above
   */
  public static TimeGrid of(double step, double[] mandatory) {
    TreeSet<Double> exact = new TreeSet<>();
    for (double t : mandatory) {
      if (!(t >= 0) || Double.isInfinite(t)) {
        throw new IllegalArgumentException("time " + t + ", expected a finite time >= 0");
      }
      exact.add(t);
    }
    if (exact.isEmpty() || exact.last() <= 0 || !(step > 0)) {
      throw new IllegalArgumentException(
          "a grid needs a positive step and a positive time; step " + step + ", times " + exact);
    }
    double end = exact.last();
    TreeSet<Double> all = new TreeSet<>(exact);
    all.add(0.0);
    for (long k = 1; k * step < end; k++) {
      double t = k * step;
      Double above = all.ceiling(t);
      Double below = all.floor(t);
      boolean near =
          (above != null && above - t <= SAME * step)
              || (below != null && t - below <= SAME * step);
      if (!near) {
        all.add(t);
      }
    }
    return new TimeGrid(all.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The number of steps. */
  public int steps() {
    return times.length - 1;
  }

  /**
   * The index of a time of the grid.
   *
   * @throws IllegalArgumentException if the grid does not have it
   */
  public int index(double t) {
    int found = Arrays.binarySearch(times, t);
    if (found < 0) {
      throw new IllegalArgumentException("time " + t + " is not on the grid");
    }
    return found;
  }

  /** The values of the STEP leaves that every scheme may read: t, dt and sqrtDt of each step. */
  public Map<String, double[]> stepInputs() {
    int n = steps();
    double[] t = new double[n];
    double[] dt = new double[n];
    double[] root = new double[n];
    for (int k = 0; k < n; k++) {
      t[k] = times[k];
      dt[k] = times[k + 1] - times[k];
      root[k] = Math.sqrt(dt[k]);
    }
    Map<String, double[]> inputs = new LinkedHashMap<>();
    inputs.put("t", t);
    inputs.put("dt", dt);
    inputs.put("sqrtDt", root);
    return inputs;
  }
}
