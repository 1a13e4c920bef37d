package io.pathwise.prepare;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.Preparation;
import java.util.List;

/** Turns the values of a process at the grid times into what a step reads as its normals. */
final class Increments {
  private static final Preparation TEMPLATE = template();

  private final NoisePlan plan;
  private final double[] times;

  Increments(NoisePlan plan, double[] times) {
    this.plan = plan;
    this.times = times;
  }

  private static Preparation template() {
    Expr scaled =
        Preparation.input(0).minus(Preparation.input(1)).times(Preparation.number("scale"));
    return new Preparation("Increment", 2, List.of("scale"), List.of(), List.of(scaled));
  }

  /**
   * (X_(k+1) - X_k) / sqrt(t_(k+1) - t_k) for every step; gives the arrays of X back.
   *
   * @param path the arrays of X_1 .. X_n; X_0 = 0
   */
  int[] of(int[] path) {
    int[] normals = new int[path.length];
    for (int k = path.length - 1; k >= 0; k--) {
      double scale = 1 / Math.sqrt(times[k + 1] - times[k]);
      int before = k == 0 ? plan.zero() : path[k - 1];
      normals[k] = plan.call(TEMPLATE, new double[] {scale}, path[k], before)[0];
      plan.free(path[k]);
    }
    return normals;
  }
}
