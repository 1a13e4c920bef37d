package io.pathwise.prepare;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.Preparation;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Brownian paths on a grid from coarse to fine: the terminal values first, then midpoints of ever
 * shorter intervals given their ends (Caflisch, Morokoff and Owen 1997; Glasserman 2003, section
 * 3.1.1), on steps of any size.
 */
final class BrownianBridge {
  private static final Preparation POINT = point();

  private BrownianBridge() {}

  private static Preparation point() {
    Expr mean =
        Preparation.input(0)
            .times(Preparation.number("left"))
            .plus(Preparation.input(1).times(Preparation.number("right")));
    Expr value = Preparation.input(2).fma(Preparation.number("deviation"), mean);
    return new Preparation(
        "Bridge", 3, List.of("left", "right", "deviation"), List.of(), List.of(value));
  }

  private record Interval(int left, int right) {}

  /**
   * The arrays of W at times 1 .. n of some channels.
   *
   * @param times t_0 = 0 .. t_n
   * @param channels how many
   * @param numbers gives the array of the next normal: for each point in its turn one a channel
   */
  static int[][] paths(NoisePlan plan, double[] times, int channels, IntSupplier numbers) {
    int n = times.length - 1;
    int[][] path = new int[channels][n + 1];
    for (int[] channel : path) {
      channel[0] = plan.zero();
      channel[n] =
          point(plan, 0, 0, Math.sqrt(times[n]), plan.zero(), plan.zero(), numbers.getAsInt());
    }
    Deque<Interval> open = new ArrayDeque<>(List.of(new Interval(0, n)));
    while (!open.isEmpty()) {
      Interval interval = open.remove();
      int l = interval.left();
      int r = interval.right();
      if (r - l < 2) {
        continue;
      }
      int m = (l + r) / 2;
      double left = (times[r] - times[m]) / (times[r] - times[l]);
      double right = (times[m] - times[l]) / (times[r] - times[l]);
      double deviation = Math.sqrt(left * (times[m] - times[l]));
      for (int[] channel : path) {
        channel[m] =
            point(plan, left, right, deviation, channel[l], channel[r], numbers.getAsInt());
      }
      open.add(new Interval(l, m));
      open.add(new Interval(m, r));
    }
    return Arrays.stream(path).map(w -> Arrays.copyOfRange(w, 1, n + 1)).toArray(int[][]::new);
  }

  private static int point(
      NoisePlan plan,
      double left,
      double right,
      double deviation,
      int leftValue,
      int rightValue,
      int normal) {
    double[] weights = {left, right, deviation};
    int value = plan.call(POINT, weights, leftValue, rightValue, normal)[0];
    plan.free(normal);
    return value;
  }
}
