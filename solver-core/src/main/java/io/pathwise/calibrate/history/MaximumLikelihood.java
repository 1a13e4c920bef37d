package io.pathwise.calibrate.history;

import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.ParameterSpace;
import io.pathwise.calibrate.optimise.Evaluation;
import io.pathwise.calibrate.optimise.LbfgsB;
import io.pathwise.calibrate.optimise.Objective;
import io.pathwise.calibrate.optimise.OptimiserState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * Maximises a likelihood of few parameters by L-BFGS-B on central differences, with standard errors
 * from the inverse of the observed information at the maximum.
 */
final class MaximumLikelihood {
  private static final double CURVATURE = 1e-3;
  private static final int ITERATIONS = 300;

  private final ParameterSpace space;
  private final ToDoubleFunction<Map<String, Double>> logLikelihood;
  private final int steps;
  private final double difference;
  private final double curvature;

  /** A likelihood that is smooth to double precision. */
  MaximumLikelihood(
      ParameterSpace space, ToDoubleFunction<Map<String, Double>> logLikelihood, int steps) {
    this(space, logLikelihood, steps, 1e-5, CURVATURE);
  }

  /**
   * A likelihood.
   *
   * @param difference the step of central differences of first order, in coordinates
   * @param curvature that of those of second order, which the standard errors come from
   */
  MaximumLikelihood(
      ParameterSpace space,
      ToDoubleFunction<Map<String, Double>> logLikelihood,
      int steps,
      double difference,
      double curvature) {
    this.space = space;
    this.logLikelihood = logLikelihood;
    this.steps = steps;
    this.difference = difference;
    this.curvature = curvature;
  }

  /** Maximises from the space's start, to a relative change of the mean log-likelihood. */
  HistoryFit fit(String model, double tolerance) {
    Objective mean = new Mean();
    OptimiserState state =
        new LbfgsB(10, tolerance, 1e-7).minimise(mean, space.start(), ITERATIONS);
    double[] best = state.best();
    Map<String, Double> values = space.values(best);
    return new HistoryFit(
        model,
        values,
        standardErrors(best),
        -state.bestValue() * steps,
        steps,
        state.status() == OptimiserState.Status.CONVERGED,
        Optional.of(
            new HistoryFit.Search(
                space,
                state.iteration(),
                state.reason().isEmpty() ? state.status().toString() : state.reason())));
  }

  /** The standard errors at coordinates; NaN along a direction without curvature. */
  Map<String, Double> standardErrors(double[] z) {
    int n = z.length;
    double h = curvature;
    RealMatrix information = MatrixUtils.createRealMatrix(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double second =
            (at(z, i, h, j, h) - at(z, i, h, j, -h) - at(z, i, -h, j, h) + at(z, i, -h, j, -h))
                / (4 * h * h);
        information.setEntry(i, j, -second);
        information.setEntry(j, i, -second);
      }
    }
    EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(information);
    double[] variances = new double[n];
    for (int k = 0; k < n; k++) {
      double value = eigen.getEigenvalue(k);
      for (int i = 0; i < n; i++) {
        double component = eigen.getV().getEntry(i, k);
        variances[i] += value > 0 ? component * component / value : Double.NaN;
      }
    }
    Map<String, Double> errors = new LinkedHashMap<>();
    List<CalibrationParameter> free = space.free();
    for (int i = 0; i < n; i++) {
      CalibrationParameter p = free.get(i);
      double[] up = z.clone();
      double[] down = z.clone();
      up[i] += 1e-5;
      down[i] -= 1e-5;
      double slope = (space.values(up).get(p.name()) - space.values(down).get(p.name())) / 2e-5;
      errors.put(p.name(), Math.abs(slope) * Math.sqrt(variances[i]));
    }
    return errors;
  }

  private double at(double[] z, int i, double di, int j, double dj) {
    double[] moved = z.clone();
    moved[i] += di;
    moved[j] += dj;
    return logLikelihood.applyAsDouble(space.values(moved));
  }

  /** Minus the mean log-likelihood of a step. */
  private final class Mean implements Objective {
    @Override
    public int dimension() {
      return space.free().size();
    }

    @Override
    public Evaluation evaluate(double[] point, boolean derivatives) {
      double value = value(point);
      if (!derivatives || !Double.isFinite(value)) {
        return Evaluation.of(value);
      }
      double[] gradient = new double[point.length];
      for (int j = 0; j < point.length; j++) {
        double[] up = point.clone();
        double[] down = point.clone();
        up[j] += difference;
        down[j] -= difference;
        gradient[j] = (value(up) - value(down)) / (2 * difference);
      }
      return Evaluation.of(value, gradient);
    }

    private double value(double[] point) {
      return -logLikelihood.applyAsDouble(space.values(point)) / steps;
    }
  }
}
