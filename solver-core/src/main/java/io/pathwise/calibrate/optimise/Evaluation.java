package io.pathwise.calibrate.optimise;

/**
 * An objective at a point: its value, and where they were asked for its derivatives.
 *
 * @param value what is minimised; not finite where the objective is not defined
 * @param gradient the derivatives of the value; empty when not asked for
 * @param residuals the residuals r whose half sum of squares the value is; empty for an objective
 *     that is no sum of squares
 * @param jacobian dr_i/dx_j, a row a residual; empty when not asked for
 */
public record Evaluation(double value, double[] gradient, double[] residuals, double[][] jacobian) {

  /** Where the objective is not defined. */
  public static final Evaluation UNDEFINED =
      new Evaluation(Double.NaN, new double[0], new double[0], new double[0][]);

  /** A value alone. */
  public static Evaluation of(double value) {
    return new Evaluation(value, new double[0], new double[0], new double[0][]);
  }

  /** A value and its gradient. */
  public static Evaluation of(double value, double[] gradient) {
    return new Evaluation(value, gradient, new double[0], new double[0][]);
  }

  /** Residuals alone: the value is half the sum of their squares. */
  public static Evaluation ofResiduals(double[] residuals) {
    return new Evaluation(halfSquare(residuals), new double[0], residuals, new double[0][]);
  }

  /** Residuals and their Jacobian: the gradient is J^T r. */
  public static Evaluation ofResiduals(double[] residuals, double[][] jacobian) {
    int n = jacobian.length == 0 ? 0 : jacobian[0].length;
    double[] gradient = new double[n];
    for (int i = 0; i < residuals.length; i++) {
      for (int j = 0; j < n; j++) {
        gradient[j] = Math.fma(jacobian[i][j], residuals[i], gradient[j]);
      }
    }
    return new Evaluation(halfSquare(residuals), gradient, residuals, jacobian);
  }

  /** Whether the value, and every derivative there is, is a finite number. */
  public boolean isFinite() {
    if (!Double.isFinite(value)) {
      return false;
    }
    for (double g : gradient) {
      if (!Double.isFinite(g)) {
        return false;
      }
    }
    return true;
  }

  private static double halfSquare(double[] residuals) {
    double sum = 0;
    for (double r : residuals) {
      sum = Math.fma(r, r, sum);
    }
    return 0.5 * sum;
  }
}
