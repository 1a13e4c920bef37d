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
    double[] sorted = mandatory.clone();
    Arrays.sort(sorted);
    for (double t : sorted) {
      if (!(t >= 0) || Double.isInfinite(t)) {
        throw new IllegalArgumentException("time " + t + ", expected a finite time >= 0");
      }
    }
    if (sorted.length == 0 || sorted[sorted.length - 1] <= 0 || !(step > 0)) {
      throw new IllegalArgumentException(
          "a grid needs a positive step and a positive time; step "
              + step
              + ", times "
              + Arrays.toString(sorted));
    }
    TreeSet<Double> all = new TreeSet<>();
    all.add(0.0);
    for (double t : sorted) {
      addUnlessNear(all, t, step);
    }
    double end = all.last();
    for (long k = 1; k * step < end; k++) {
      addUnlessNear(all, k * step, step);
    }
    return new TimeGrid(all.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static void addUnlessNear(TreeSet<Double> times, double t, double step) {
    Double above = times.ceiling(t);
    Double below = times.floor(t);
    boolean near =
        (above != null && above - t <= SAME * step) || (below != null && t - below <= SAME * step);
    if (!near) {
      times.add(t);
    }
  }

  /** The number of steps. */
  public int steps() {
    return times.length - 1;
  }

  /**
   * The index of a time of the grid, up to rounding.
   *
   * @throws IllegalArgumentException if the grid does not have it
   */
  public int index(double t) {
    int found = Arrays.binarySearch(times, t);
    if (found >= 0) {
      return found;
    }
    int above = Math.min(-found - 1, times.length - 1);
    int below = Math.max(above - 1, 0);
    int nearest = Math.abs(times[above] - t) < Math.abs(t - times[below]) ? above : below;
    if (Math.abs(times[nearest] - t) > SAME * Math.max(1, Math.abs(t))) {
      throw new IllegalArgumentException("time " + t + " is not on the grid");
    }
    return nearest;
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
