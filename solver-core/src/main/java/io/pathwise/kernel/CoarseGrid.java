package io.pathwise.kernel;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;

/**
 * A grid with pairs of steps joined into one, on the same Brownian path: the companion at twice the
 * step that shows the bias of the step size. Steps 2g and 2g + 1 join unless something is read
 * between them.
 *
 * <p>A coarse step reads the normals of both fine steps of its pair, dW = a z0 + b z1: a joined one
 * with the roots of both step sizes, a single one with 0 for the other.
 *
 * @param grid the joined grid
 * @param fineStep for each coarse step, the number of its (first) fine step
 * @param firstRoot for each coarse step, a
 * @param secondRoot for each coarse step, b
 */
public record CoarseGrid(TimeGrid grid, int[] fineStep, double[] firstRoot, double[] secondRoot) {
  /** The STEP leaf of a. */
  public static final String FIRST_ROOT = "sqrtDt0";

  /** The STEP leaf of b. */
  public static final String SECOND_ROOT = "sqrtDt1";

  /**
   * Joins what can be joined.
   *
   * @param read the indices of the fine grid at which something is read
   */
  public static CoarseGrid of(TimeGrid fine, BitSet read) {
    int n = fine.steps();
    double[] t = fine.times();
    double[] times = new double[n + 1];
    int[] fineStep = new int[n];
    double[] a = new double[n];
    double[] b = new double[n];
    int coarse = 0;
    for (int k = 0; k < n; coarse++) {
      boolean joined = k % 2 == 0 && k + 1 < n && !read.get(k + 1);
      fineStep[coarse] = k;
      double root = Math.sqrt(t[k + 1] - t[k]);
      a[coarse] = k % 2 == 0 ? root : 0;
      b[coarse] = k % 2 != 0 ? root : joined ? Math.sqrt(t[k + 2] - t[k + 1]) : 0;
      k += joined ? 2 : 1;
      times[coarse + 1] = t[k];
    }
    return new CoarseGrid(
        new TimeGrid(Arrays.copyOf(times, coarse + 1)),
        Arrays.copyOf(fineStep, coarse),
        Arrays.copyOf(a, coarse),
        Arrays.copyOf(b, coarse));
  }

  /** The values of the STEP leaves that a coarse step may read. */
  public Map<String, double[]> stepInputs() {
    Map<String, double[]> inputs = grid.stepInputs();
    inputs.put(FIRST_ROOT, firstRoot);
    inputs.put(SECOND_ROOT, secondRoot);
    return inputs;
  }
}
