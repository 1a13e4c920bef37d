package io.pathwise.spark.calibrate;

import io.pathwise.calibrate.Calibration;
import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.NoiseReport;
import io.pathwise.calibrate.OptionQuote;
import io.pathwise.calibrate.QuoteFit;
import io.pathwise.calibrate.Uncertainty;
import io.pathwise.calibrate.optimise.OptimiserState;
import io.pathwise.spark.job.CalibrationSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A fit as rows of its tables.
 *
 * @param parameters rows of {@code calibration}
 * @param residuals rows of {@code calibration_residual}
 * @param course rows of {@code training}: the path of the objective, a start an epoch, and what the
 *     uncertainty says besides standard errors
 * @param noise rows of {@code convergence}: the objective on fresh paths
 * @param end why the optimiser stopped, in words
 */
record FitRows(
    List<Parameter> parameters,
    List<Residual> residuals,
    List<Course> course,
    List<Noise> noise,
    String end) {

  /** The metric of the objective's path. */
  static final String OBJECTIVE = "objective";

  /** The metric of the condition number of the scaled Jacobian. */
  static final String CONDITION = "condition_number";

  /** What the metrics of correlations begin with; the names of two parameters follow. */
  static final String CORRELATION = "correlation/";

  /** A row of {@code calibration}. */
  record Parameter(
      String model,
      String parameter,
      double value,
      Double stdErr,
      Double lower,
      Double upper,
      boolean atBound,
      int starts,
      int iterations,
      double objective,
      boolean converged) {}

  /** A row of {@code calibration_residual}. */
  record Residual(
      String instrument,
      double market,
      double model,
      double residual,
      double weight,
      double strike,
      double expiry,
      Double stdErr) {}

  /** A row of {@code training}. */
  record Course(int epoch, long step, String metric, double value) {}

  /** A row of {@code convergence}. */
  record Noise(String estimator, long paths, double dt, double value) {}

  /** The same with more rows of {@code training}. */
  FitRows with(List<Course> more) {
    List<Course> all = new ArrayList<>(course);
    all.addAll(more);
    return new FitRows(parameters, residuals, all, noise, end);
  }

  /** Whether the optimiser met a criterion of convergence. */
  boolean isConverged() {
    return parameters.get(0).converged();
  }

  /** The sum of squares at the optimum. */
  double objective() {
    return parameters.get(0).objective();
  }

  /**
   * The rows of the best of several starts.
   *
   * @param started what became of each
   * @param winner the number of the best one
   */
  static FitRows of(Calibration fit, List<Started> started, int winner, Optional<Fresh> fresh) {
    Uncertainty uncertainty = fit.uncertainty();
    OptimiserState state = fit.state();
    List<Parameter> parameters = new ArrayList<>();
    for (CalibrationParameter p : fit.problem().space().parameters()) {
      double value = fit.parameters().get(p.name());
      double error = p.isFree() ? uncertainty.standardError(p.name()) : Double.NaN;
      parameters.add(
          new Parameter(
              fit.problem().pricer().model(),
              p.name(),
              value,
              Double.isFinite(error) ? error : null,
              p.isFree() ? p.lower() : null,
              p.isFree() ? p.upper() : null,
              p.isAtBound(value),
              started.size(),
              state.iteration(),
              fit.sumOfSquares(),
              fit.isConverged()));
    }
    return new FitRows(
        parameters,
        residuals(fit),
        course(started, uncertainty, winner),
        fresh.map(Fresh::rows).orElse(List.of()),
        state.reason().isEmpty() ? state.status().toString() : state.reason());
  }

  /**
   * The optimum on fresh paths.
   *
   * @param paths how many
   * @param dt the step size
   */
  record Fresh(NoiseReport report, CalibrationSpec.Fresh stage, long paths, double dt) {
    List<Noise> rows() {
      return List.of(
          new Noise("objective/fitted", paths, dt, report.fitted()),
          new Noise("objective/fresh", stage.paths(), dt, report.fresh()),
          new Noise("objective/noise", stage.paths(), dt, report.noise()));
    }
  }

  private static List<Residual> residuals(Calibration fit) {
    List<Residual> rows = new ArrayList<>();
    List<OptionQuote> quotes = fit.problem().quotes();
    List<QuoteFit> fits = fit.fits();
    for (int i = 0; i < fits.size(); i++) {
      QuoteFit at = fits.get(i);
      OptionQuote quote = quotes.get(i);
      boolean volatilities = quote.kind() == OptionQuote.Kind.IMPLIED_VOL;
      double residual =
          volatilities
              ? at.modelVolatility() - at.marketVolatility()
              : at.modelPrice() - at.marketPrice();
      Double error = !volatilities && at.standardError() > 0 ? at.standardError() : null;
      if (volatilities && at.residualError() > 0 && at.weight() > 0) {
        error = at.residualError() / Math.sqrt(at.weight());
      }
      rows.add(
          new Residual(
              quote.id(),
              quote.value(),
              quote.value() + residual,
              residual,
              at.weight(),
              quote.strike(),
              quote.expiry(),
              error));
    }
    return rows;
  }

  private static List<Course> course(List<Started> started, Uncertainty uncertainty, int winner) {
    List<Course> rows = new ArrayList<>();
    for (int start = 0; start < started.size(); start++) {
      if (started.get(start).state().isPresent()) {
        for (OptimiserState.Progress step : started.get(start).state().get().path()) {
          rows.add(new Course(start, step.iteration(), OBJECTIVE, 2 * step.best()));
        }
      }
    }
    rows.add(new Course(winner, 0, CONDITION, uncertainty.conditionNumber()));
    List<String> names = uncertainty.parameters();
    for (int a = 0; a < names.size(); a++) {
      for (int b = a + 1; b < names.size(); b++) {
        double correlation = uncertainty.correlations()[a][b];
        if (Double.isFinite(correlation)) {
          String metric = CORRELATION + names.get(a) + "/" + names.get(b);
          rows.add(new Course(winner, 0, metric, correlation));
        }
      }
    }
    return rows;
  }
}
