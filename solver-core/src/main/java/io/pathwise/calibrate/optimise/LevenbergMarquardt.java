package io.pathwise.calibrate.optimise;

import java.util.Arrays;
import java.util.Map;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealVector;

/**
 * Levenberg-Marquardt for sums of squares: steps h that solve (J^T J + mu D^2) h = -J^T r, D the
 * largest norms of the columns of J met so far (Marquardt 1963; More 1978, "The Levenberg-Marquardt
 * algorithm: implementation and theory"), with Nielsen's damping (1999, "Damping parameter in
 * Marquardt's method"): mu falls smoothly with the gain ratio and grows ever faster while steps
 * fail. An iteration is one trial step, taken or not. The least squares problem of a step is solved
 * by QR on the stacked matrix, so that the condition of J is not squared.
 *
 * <p>For unbounded coordinates: bounds come in by transforms of the coordinates.
 *
 * @param valueTolerance done when actual and predicted relative decrease are both below
 * @param stepTolerance done when a step is below this, relative to the point
 * @param gradientTolerance done when the cosine of residuals and every column of J is below
 * @param largestStep the most that a coordinate moves in an iteration; longer steps are shortened
 */
public record LevenbergMarquardt(
    double valueTolerance, double stepTolerance, double gradientTolerance, double largestStep)
    implements Optimiser {
  private static final double INITIAL_DAMPING = 1e-3;
  private static final double LARGEST_DAMPING = 1e30;

  /** Tolerances for smooth objectives: 1e-12, 1e-10, 1e-10; steps of any length. */
  public LevenbergMarquardt() {
    this(1e-12, 1e-10, 1e-10, Double.POSITIVE_INFINITY);
  }

  /**
   * The same for coordinates that are logarithms or logits of parameters: no step moves one by more
   * than 2. Longer ones saturate a logit, where the objective is flat and there is no way back.
   */
  public static LevenbergMarquardt onTransforms() {
    return new LevenbergMarquardt(1e-12, 1e-10, 1e-10, 2);
  }

  /** The same that ends where the value changes less, relatively. */
  public LevenbergMarquardt to(double tolerance) {
    return new LevenbergMarquardt(tolerance, stepTolerance, gradientTolerance, largestStep);
  }

  @Override
  public String name() {
    return "levenberg-marquardt";
  }

  @Override
  public OptimiserState start(Objective objective, double[] point) {
    Starts.require(objective, point, name());
    if (!objective.isUnbounded()) {
      throw new IllegalArgumentException(
          name() + " of an objective with bounds, expected them in the parameters' transforms");
    }
    Evaluation first = Starts.evaluate(objective, point, name());
    if (first.residuals().length == 0) {
      throw new IllegalArgumentException(
          name() + " of an objective that is no sum of squares, expected residuals");
    }
    double[] scale = new double[point.length];
    return OptimiserState.initial(
        name(), point, first.value(), memory(first, INITIAL_DAMPING, 2, grown(scale, first)));
  }

  @Override
  public OptimiserState next(OptimiserState state, Objective objective) {
    if (state.isFinished()) {
      return state;
    }
    double[] residuals = state.memory("residuals");
    double[] jacobian = state.memory("jacobian");
    double[] scale = state.memory("scale");
    double mu = state.memory("damping")[0];
    double nu = state.memory("damping")[1];
    int n = state.point().length;
    double[] step = bounded(step(residuals, jacobian, scale, mu, n));
    double[] trial = new double[n];
    for (int j = 0; j < n; j++) {
      trial[j] = state.point()[j] + step[j];
    }
    Evaluation there = objective.evaluate(trial, true);
    double predicted = predicted(residuals, jacobian, step);
    double actual = state.value() - there.value();
    boolean taken = there.isFinite() && actual > 0;
    boolean small =
        norm(step, scale) <= stepTolerance * (norm(state.point(), scale) + stepTolerance);
    if (!taken) {
      OptimiserState kept =
          state.advanced(
              state.point(),
              state.value(),
              1,
              Map.of(
                  "residuals", residuals,
                  "jacobian", jacobian,
                  "scale", scale,
                  "damping", new double[] {mu * nu, 2 * nu}));
      if (small || predicted <= valueTolerance * state.value()) {
        return kept.finished(
            OptimiserState.Status.CONVERGED, "no smaller step decreases the value");
      }
      return mu * nu > LARGEST_DAMPING
          ? kept.finished(OptimiserState.Status.STALLED, "the damping grew beyond all bounds")
          : kept;
    }
    double bend = 2 * (actual / predicted) - 1;
    double damping = mu * Math.max(1.0 / 3, 1 - bend * bend * bend);
    double[] larger = grown(scale, there);
    OptimiserState moved =
        state.advanced(trial, there.value(), 1, memory(there, damping, 2, larger));
    if (actual <= valueTolerance * state.value() && predicted <= valueTolerance * state.value()) {
      return moved.finished(OptimiserState.Status.CONVERGED, "the value no longer decreases");
    }
    if (small) {
      return moved.finished(OptimiserState.Status.CONVERGED, "the step is below its tolerance");
    }
    return cosine(there) <= gradientTolerance
        ? moved.finished(OptimiserState.Status.CONVERGED, "the gradient is below its tolerance")
        : moved;
  }

  /** A step shortened to the largest that a coordinate may make. */
  private double[] bounded(double[] step) {
    double largest = Arrays.stream(step).map(Math::abs).max().orElse(0);
    double factor = largest > largestStep ? largestStep / largest : 1;
    return Arrays.stream(step).map(x -> factor * x).toArray();
  }

  private static double[] step(
      double[] residuals, double[] jacobian, double[] scale, double mu, int n) {
    int m = residuals.length;
    double[][] stacked = new double[m + n][n];
    double[] right = new double[m + n];
    for (int i = 0; i < m; i++) {
      System.arraycopy(jacobian, n * i, stacked[i], 0, n);
      right[i] = -residuals[i];
    }
    for (int j = 0; j < n; j++) {
      stacked[m + j][j] = Math.sqrt(mu) * (scale[j] > 0 ? scale[j] : 1);
    }
    RealVector solution =
        new QRDecomposition(MatrixUtils.createRealMatrix(stacked))
            .getSolver()
            .solve(MatrixUtils.createRealVector(right));
    return solution.toArray();
  }

  /** The decrease of the linear model: (|r|^2 - |r + J h|^2) / 2, without the damping's term. */
  private static double predicted(double[] residuals, double[] jacobian, double[] step) {
    int n = step.length;
    double linear = 0;
    double square = 0;
    for (int i = 0; i < residuals.length; i++) {
      double change = 0;
      for (int j = 0; j < n; j++) {
        change = Math.fma(jacobian[n * i + j], step[j], change);
      }
      linear = Math.fma(-change, residuals[i], linear);
      square = Math.fma(change, change, square);
    }
    return linear - 0.5 * square;
  }

  /** The largest column norms of the Jacobian so far. */
  private static double[] grown(double[] scale, Evaluation at) {
    double[] larger = scale.clone();
    for (int j = 0; j < scale.length; j++) {
      larger[j] = Math.max(larger[j], columnNorm(at.jacobian(), j));
    }
    return larger;
  }

  private static double columnNorm(double[][] jacobian, int j) {
    double sum = 0;
    for (double[] row : jacobian) {
      sum = Math.fma(row[j], row[j], sum);
    }
    return Math.sqrt(sum);
  }

  /** The largest cosine of the residuals and a column of the Jacobian. */
  private static double cosine(Evaluation at) {
    double length = Math.sqrt(2 * at.value());
    double largest = 0;
    for (int j = 0; j < at.gradient().length; j++) {
      double column = columnNorm(at.jacobian(), j);
      if (column > 0 && length > 0) {
        largest = Math.max(largest, Math.abs(at.gradient()[j]) / (column * length));
      }
    }
    return largest;
  }

  private static double norm(double[] vector, double[] scale) {
    double sum = 0;
    for (int j = 0; j < vector.length; j++) {
      double x = vector[j] * scale[j];
      sum = Math.fma(x, x, sum);
    }
    return Math.sqrt(sum);
  }

  private static Map<String, double[]> memory(Evaluation at, double mu, double nu, double[] scale) {
    return Map.of(
        "residuals",
        at.residuals(),
        "jacobian",
        flat(at.jacobian()),
        "scale",
        scale,
        "damping",
        new double[] {mu, nu});
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }
}
