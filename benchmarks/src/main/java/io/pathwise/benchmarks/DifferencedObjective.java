package io.pathwise.benchmarks;

import io.pathwise.calibrate.optimise.Evaluation;
import io.pathwise.calibrate.optimise.Objective;

/**
 * An objective whose Jacobian comes from forward differences, as an optimiser computes it that
 * knows residuals alone. It counts how often residuals are valued.
 */
final class DifferencedObjective implements Objective {
  private final Objective of;
  private final double relativeStep;
  private long valuations;

  DifferencedObjective(Objective of, double relativeStep) {
    this.of = of;
    this.relativeStep = relativeStep;
  }

  long valuations() {
    return valuations;
  }

  @Override
  public int dimension() {
    return of.dimension();
  }

  @Override
  public double[] lower() {
    return of.lower();
  }

  @Override
  public double[] upper() {
    return of.upper();
  }

  @Override
  public Evaluation evaluate(double[] point, boolean derivatives) {
    Evaluation here = valued(point);
    if (!derivatives || !here.isFinite()) {
      return here;
    }
    double[] residuals = here.residuals();
    double[][] jacobian = new double[residuals.length][point.length];
    for (int j = 0; j < point.length; j++) {
      double step = relativeStep * Math.max(1, Math.abs(point[j]));
      double[] moved = point.clone();
      moved[j] += step;
      double[] there = valued(moved).residuals();
      for (int i = 0; i < residuals.length; i++) {
        jacobian[i][j] = (there[i] - residuals[i]) / step;
      }
    }
    return Evaluation.ofResiduals(residuals, jacobian);
  }

  private Evaluation valued(double[] point) {
    valuations++;
    return of.evaluate(point, false);
  }
}
