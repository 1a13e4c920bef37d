package io.pathwise.calibrate.optimise;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * The minimum of a quadratic model over a box as L-BFGS-B takes it: the first local minimum along
 * the projected steepest descent, then the minimum over the coordinates that are free there, cut
 * back into the box (Byrd, Lu, Nocedal and Zhu 1995, sections 4 and 5, direct primal method).
 */
final class CauchyPoint {
  private final double[] point;
  private final double[] gradient;
  private final double[] lower;
  private final double[] upper;
  private final RealMatrix hessian;

  CauchyPoint(
      double[] point, double[] gradient, double[] lower, double[] upper, RealMatrix hessian) {
    this.point = point;
    this.gradient = gradient;
    this.lower = lower;
    this.upper = upper;
    this.hessian = hessian;
  }

  /** The step from the point to the model's minimum. */
  double[] step() {
    int n = point.length;
    double[] breaks = new double[n];
    double[] d = new double[n];
    for (int j = 0; j < n; j++) {
      double bound = gradient[j] < 0 ? upper[j] : lower[j];
      breaks[j] = gradient[j] == 0 ? Double.POSITIVE_INFINITY : (point[j] - bound) / gradient[j];
      d[j] = breaks[j] > 0 ? -gradient[j] : 0;
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> breaks[j]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] z = new double[n];
    boolean[] fixed = new boolean[n];
    double reached = 0;
    double left = length(d, z);
    for (int j : order) {
      if (breaks[j] <= 0) {
        fixed[j] = true;
        continue;
      }
      if (Double.isInfinite(breaks[j]) || left < breaks[j] - reached) {
        break;
      }
      add(z, breaks[j] - reached, d);
      z[j] = (gradient[j] < 0 ? upper[j] : lower[j]) - point[j];
      d[j] = 0;
      fixed[j] = true;
      reached = breaks[j];
      left = length(d, z);
    }
    add(z, left, d);
    return refined(z, fixed);
  }

  /** How far the model decreases along d from z. */
  private double length(double[] d, double[] z) {
    double[] bd = hessian.operate(d);
    double slope = WolfeSearch.dot(gradient, d) + WolfeSearch.dot(bd, z);
    double curvature = WolfeSearch.dot(bd, d);
    return slope < 0 && curvature > 0 ? -slope / curvature : 0;
  }

  private double[] refined(double[] z, boolean[] fixed) {
    int[] free = IntStream.range(0, z.length).filter(j -> !fixed[j]).toArray();
    if (free.length == 0) {
      return z;
    }
    double[] bz = hessian.operate(z);
    double[] right = Arrays.stream(free).mapToDouble(j -> -(gradient[j] + bz[j])).toArray();
    double[] inner =
        new LUDecomposition(hessian.getSubMatrix(free, free))
            .getSolver()
            .solve(new ArrayRealVector(right, false))
            .toArray();
    double cut = 1;
    for (int i = 0; i < free.length; i++) {
      double at = point[free[i]] + z[free[i]];
      double room = (inner[i] > 0 ? upper[free[i]] : lower[free[i]]) - at;
      if (inner[i] != 0) {
        cut = Math.max(0, Math.min(cut, room / inner[i]));
      }
    }
    double[] step = z.clone();
    for (int i = 0; i < free.length; i++) {
      step[free[i]] += cut * inner[i];
    }
    return step;
  }

  private static void add(double[] z, double factor, double[] d) {
    for (int j = 0; j < z.length; j++) {
      z[j] = Math.fma(factor, d[j], z[j]);
    }
  }
}
