package io.pathwise.calibrate.optimise;

import java.util.Arrays;
import java.util.Map;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * L-BFGS-B: a quasi-Newton method with a limited memory and a box (Byrd, Lu, Nocedal and Zhu 1995,
 * "A limited memory algorithm for bound constrained optimization"). The quadratic model's matrix is
 * that of the paper, theta I updated with the last pairs by BFGS, but formed in full: for up to a
 * few hundred coordinates.
 *
 * @param pairs how many curvature pairs are remembered
 * @param valueTolerance done when the relative decrease of an iteration is below
 * @param gradientTolerance done when the projected gradient's largest component is below
 */
public record LbfgsB(int pairs, double valueTolerance, double gradientTolerance)
    implements Optimiser {

  /** 10 pairs, tolerances of 1e-12 and 1e-8. */
  public LbfgsB() {
    this(10, 1e-12, 1e-8);
  }

  /** The same that ends where the value changes less, relatively. */
  public LbfgsB to(double tolerance) {
    return new LbfgsB(pairs, tolerance, gradientTolerance);
  }

  @Override
  public String name() {
    return "l-bfgs-b";
  }

  @Override
  public OptimiserState start(Objective objective, double[] point) {
    Starts.require(objective, point, name());
    Evaluation first = Starts.evaluate(objective, point, name());
    return OptimiserState.initial(
        name(),
        point,
        first.value(),
        Map.of("gradient", first.gradient(), "s", new double[0], "y", new double[0]));
  }

  @Override
  public OptimiserState next(OptimiserState state, Objective objective) {
    if (state.isFinished()) {
      return state;
    }
    double[] x = state.point();
    double[] gradient = state.memory("gradient");
    double[] s = state.memory("s");
    double[] y = state.memory("y");
    double[] lower = objective.lower();
    double[] upper = objective.upper();
    if (projected(x, gradient, lower, upper) <= gradientTolerance) {
      return state.finished(
          OptimiserState.Status.CONVERGED, "the projected gradient is below its tolerance");
    }
    double[] step = new CauchyPoint(x, gradient, lower, upper, hessian(s, y, x.length)).step();
    if (!(WolfeSearch.dot(gradient, step) < 0)) {
      return s.length == 0
          ? state.finished(OptimiserState.Status.STALLED, "there is no way down")
          : next(forgetful(state), objective);
    }
    WolfeSearch search =
        new WolfeSearch(objective, x, Evaluation.of(state.value(), gradient), step);
    double first = s.length == 0 ? Math.min(1, 1 / norm(step)) : 1;
    WolfeSearch.Found found = search.search(first, room(x, step, lower, upper));
    if (found.step() == 0) {
      OptimiserState stuck = state.advanced(x, state.value(), search.evaluations(), state.memory());
      return s.length == 0
          ? stuck.finished(OptimiserState.Status.STALLED, "no step along the descent decreases")
          : forgetful(stuck);
    }
    double[] newGradient = found.evaluation().gradient();
    double[] ds = minus(found.point(), x);
    double[] dy = minus(newGradient, gradient);
    boolean curved = WolfeSearch.dot(ds, dy) > 2.2e-16 * WolfeSearch.dot(dy, dy);
    OptimiserState moved =
        state.advanced(
            found.point(),
            found.evaluation().value(),
            search.evaluations(),
            Map.of(
                "gradient", newGradient,
                "s", curved ? appended(s, ds) : s,
                "y", curved ? appended(y, dy) : y));
    double decrease = state.value() - moved.value();
    double scale = Math.max(Math.abs(state.value()), Math.abs(moved.value()));
    return decrease <= valueTolerance * scale
        ? moved.finished(OptimiserState.Status.CONVERGED, "the value no longer decreases")
        : moved;
  }

  /** The same state without its curvature pairs. */
  private OptimiserState forgetful(OptimiserState state) {
    return new OptimiserState(
        name(),
        state.iteration(),
        state.evaluations(),
        state.point(),
        state.value(),
        state.best(),
        state.bestValue(),
        state.status(),
        state.reason(),
        state.path(),
        Map.of("gradient", state.memory("gradient"), "s", new double[0], "y", new double[0]));
  }

  private static RealMatrix hessian(double[] s, double[] y, int n) {
    int count = s.length / n;
    double theta = 1;
    if (count > 0) {
      double[] last = Arrays.copyOfRange(y, n * (count - 1), n * count);
      double[] step = Arrays.copyOfRange(s, n * (count - 1), n * count);
      theta = WolfeSearch.dot(last, last) / WolfeSearch.dot(step, last);
    }
    RealMatrix matrix = MatrixUtils.createRealIdentityMatrix(n).scalarMultiply(theta);
    for (int k = 0; k < count; k++) {
      double[] sk = Arrays.copyOfRange(s, n * k, n * (k + 1));
      double[] yk = Arrays.copyOfRange(y, n * k, n * (k + 1));
      double[] bs = matrix.operate(sk);
      double curvature = WolfeSearch.dot(bs, sk);
      double gain = WolfeSearch.dot(yk, sk);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          matrix.addToEntry(i, j, yk[i] * yk[j] / gain - bs[i] * bs[j] / curvature);
        }
      }
    }
    return matrix;
  }

  private double[] appended(double[] rows, double[] row) {
    int drop = Math.max(0, rows.length + row.length - pairs * row.length);
    double[] longer = Arrays.copyOfRange(rows, drop, rows.length + row.length);
    System.arraycopy(row, 0, longer, longer.length - row.length, row.length);
    return longer;
  }

  /** The largest component of P(x - g) - x. */
  private static double projected(double[] x, double[] g, double[] lower, double[] upper) {
    double largest = 0;
    for (int j = 0; j < x.length; j++) {
      double moved = Math.max(lower[j], Math.min(upper[j], x[j] - g[j]));
      largest = Math.max(largest, Math.abs(moved - x[j]));
    }
    return largest;
  }

  /** The longest multiple of a step that stays in the box. */
  private static double room(double[] x, double[] step, double[] lower, double[] upper) {
    double longest = 1e10;
    for (int j = 0; j < x.length; j++) {
      if (step[j] != 0) {
        longest = Math.min(longest, ((step[j] > 0 ? upper[j] : lower[j]) - x[j]) / step[j]);
      }
    }
    return Math.max(longest, 1);
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = a.clone();
    for (int j = 0; j < a.length; j++) {
      difference[j] -= b[j];
    }
    return difference;
  }

  private static double norm(double[] vector) {
    return Math.sqrt(WolfeSearch.dot(vector, vector));
  }
}
