package io.pathwise.calibrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * How well quotes determine the free parameters, from the Jacobian J of the residuals r at a fit.
 *
 * <p>The covariance is the sandwich (J^T J)^+ J^T diag(r_i^2 / (1 - h_i)^2) J (J^T J)^+, which
 * holds whatever the residuals' variances are (Huber 1967; White 1980); h_i is the leverage of row
 * i, the diagonal of J (J^T J)^+ J^T (MacKinnon and White 1985, the jackknife form known as HC3).
 * Penalties are rows of the bread J^T J and not of the meat. What is small in J counts relative to
 * each parameter's own size.
 *
 * @param parameters the free parameters
 * @param standardErrors theirs, in their order
 * @param correlations of their estimates
 * @param conditionNumber the largest over the smallest singular value of J with its columns scaled
 *     by the parameters' values
 * @param undetermined the combinations of parameters that the quotes hardly determine
 */
public record Uncertainty(
    List<String> parameters,
    double[] standardErrors,
    double[][] correlations,
    double conditionNumber,
    List<Combination> undetermined) {

  /** A relative singular value below this marks a direction that the quotes do not determine. */
  private static final double UNDETERMINED = 1e-3;

  /** A quote that alone decides a direction has no freedom left; its residual is then 0 too. */
  private static final double LEAST_FREEDOM = 1e-6;

  /** Singular values below this are zero to rounding and left out of the inverse. */
  private static final double RANK = 1e-13;

  /**
   * A direction in the parameters' relative changes along which the residuals hardly move.
   *
   * @param relativeSingularValue its singular value over the largest
   * @param shares the components of the unit vector, largest first, those below 0.1 left out
   */
  public record Combination(double relativeSingularValue, Map<String, Double> shares) {
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      shares.forEach(
          (name, share) ->
              text.append(text.isEmpty() ? "" : " ")
                  .append(String.format(Locale.ROOT, "%+.2f %s", share, name)));
      return text.toString();
    }
  }

  static Uncertainty of(CalibrationProblem problem, Map<String, Double> values) {
    CalibrationProblem.Rows rows = problem.rows(values, true);
    List<String> names = problem.space().freeNames();
    double[] scale =
        names.stream().mapToDouble(n -> values.get(n) == 0 ? 1 : Math.abs(values.get(n))).toArray();
    return of(names, scale, rows.residuals(), rows.jacobian(), problem.quotes().size());
  }

  /**
   * From residuals and their Jacobian.
   *
   * @param scale what a parameter's changes are measured against
   * @param quotes how many of the first rows are quotes; the rest are penalties
   */
  static Uncertainty of(
      List<String> names, double[] scale, double[] residuals, double[][] jacobian, int quotes) {
    int p = names.size();
    double[][] scaled = new double[Math.max(jacobian.length, p)][p];
    for (int i = 0; i < jacobian.length; i++) {
      for (int j = 0; j < p; j++) {
        scaled[i][j] = jacobian[i][j] * scale[j];
      }
    }
    SingularValueDecomposition svd =
        new SingularValueDecomposition(MatrixUtils.createRealMatrix(scaled));
    double[] singular = svd.getSingularValues();
    RealMatrix v = svd.getV();
    RealMatrix inverse = MatrixUtils.createRealMatrix(p, p);
    for (int k = 0; k < p; k++) {
      if (singular[k] > RANK * singular[0]) {
        RealMatrix direction = v.getColumnMatrix(k);
        double square = singular[k] * singular[k];
        inverse = inverse.add(direction.multiplyTransposed(direction).scalarMultiply(1 / square));
      }
    }
    RealMatrix meat = MatrixUtils.createRealMatrix(p, p);
    for (int i = 0; i < quotes; i++) {
      RealVector row = new ArrayRealVector(scaled[i]);
      double leverage = row.dotProduct(inverse.operate(row));
      double residual = residuals[i] / Math.max(1 - leverage, LEAST_FREEDOM);
      for (int a = 0; a < p; a++) {
        for (int b = 0; b < p; b++) {
          meat.addToEntry(a, b, residual * residual * scaled[i][a] * scaled[i][b]);
        }
      }
    }
    RealMatrix covariance = inverse.multiply(meat).multiply(inverse);
    double[] errors = new double[p];
    double[][] correlations = new double[p][p];
    for (int a = 0; a < p; a++) {
      errors[a] = scale[a] * Math.sqrt(covariance.getEntry(a, a));
      for (int b = 0; b < p; b++) {
        double product = covariance.getEntry(a, a) * covariance.getEntry(b, b);
        correlations[a][b] = a == b ? 1 : covariance.getEntry(a, b) / Math.sqrt(product);
      }
    }
    return new Uncertainty(
        names,
        errors,
        correlations,
        singular[0] / singular[p - 1],
        combinations(names, singular, v));
  }

  private static List<Combination> combinations(
      List<String> names, double[] singular, RealMatrix v) {
    List<Combination> combinations = new ArrayList<>();
    for (int k = singular.length - 1; k >= 0; k--) {
      if (singular[k] < UNDETERMINED * singular[0]) {
        int column = k;
        Map<String, Double> shares = new LinkedHashMap<>();
        IntStream.range(0, names.size())
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -Math.abs(v.getEntry(j, column))))
            .filter(j -> Math.abs(v.getEntry(j, column)) >= 0.1)
            .forEach(j -> shares.put(names.get(j), v.getEntry(j, column)));
        combinations.add(new Combination(singular[k] / singular[0], shares));
      }
    }
    return combinations;
  }

  /** The standard error of a parameter. */
  public double standardError(String parameter) {
    return standardErrors[parameters.indexOf(parameter)];
  }
}
