package io.pathwise.spark.calibrate;

import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.history.HistoryFit;
import io.pathwise.calibrate.history.IndexHistory;
import io.pathwise.model.CorrelatedGbm;
import io.pathwise.spark.job.HistorySpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Estimates from a history as rows of tables. {@code training} has the likelihood and, for the page
 * about the run, the series itself: of each at most 400 observations.
 */
final class EstimateRows {
  /** The metric of the log-likelihood at its maximum. */
  static final String LOG_LIKELIHOOD = "log-likelihood";

  /** The metric of the time between observations in years. */
  static final String STEP = "years-per-step";

  /** The metric of the number of observations. */
  static final String OBSERVATIONS = "observations";

  /** The metric of what was changed to make the correlations a matrix of correlations. */
  static final String DISTANCE = "nearest-correlation/distance";

  /** What the metrics of observations begin with; the name of a series follows. */
  static final String SERIES = "series/";

  /** How parameters are ordered; those that are not here come first, by name. */
  private static final List<String> ORDER =
      List.of("mu", "kappa", "a", "theta", "b", "sigma", "xi", "rho", "lambda", "mu-j", "sigma-j");

  private static final int MOST_POINTS = 400;

  private final String model;
  private final double logLikelihood;
  private final Optional<HistoryFit.Search> search;
  private final boolean converged;
  private final List<FitRows.Parameter> parameters = new ArrayList<>();
  private final List<FitRows.Course> course = new ArrayList<>();

  private EstimateRows(
      HistorySpec spec,
      String model,
      double logLikelihood,
      Optional<HistoryFit.Search> search,
      boolean converged) {
    this.model = model;
    this.logLikelihood = logLikelihood;
    this.search = search;
    this.converged = converged;
    add(LOG_LIKELIHOOD, logLikelihood);
    add(OBSERVATIONS, spec.observations());
    add(STEP, spec.step());
    spec.series().forEach(this::points);
  }

  private void points(HistorySpec.Series series) {
    List<Double> values = series.values();
    int stride = (values.size() + MOST_POINTS - 1) / MOST_POINTS;
    for (int i = (values.size() - 1) % stride; i < values.size(); i += stride) {
      if (!values.get(i).isNaN()) {
        course.add(new FitRows.Course(0, i, SERIES + series.name(), values.get(i)));
      }
    }
  }

  private void add(String metric, double value) {
    course.add(new FitRows.Course(0, 0, metric, value));
  }

  /** The rows of one series. */
  static FitRows of(HistorySpec spec, String model, HistoryFit fit) {
    EstimateRows rows =
        new EstimateRows(spec, model, fit.logLikelihood(), fit.search(), fit.isConverged());
    String initial = spec.model().initial();
    if (!initial.isEmpty()) {
      rows.row(initial, spec.series().get(0).last(), null);
    }
    for (String name : names(fit)) {
      rows.row(name, fit.parameters().get(name), fit.standardErrors().get(name));
    }
    return rows.rows();
  }

  /** The names of the estimates in the usual order; of formulas in their own. */
  private static List<String> names(HistoryFit fit) {
    Comparator<String> usual = Comparator.comparingInt(ORDER::indexOf);
    return fit.parameters().keySet().stream()
        .sorted(usual.thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private void row(String name, double value, Double error) {
    Optional<CalibrationParameter> bounds =
        search.stream()
            .flatMap(found -> found.space().free().stream())
            .filter(parameter -> parameter.name().equals(name))
            .findFirst();
    parameters.add(
        new FitRows.Parameter(
            model,
            name,
            value,
            error != null && Double.isFinite(error) ? error : null,
            bounds.map(CalibrationParameter::lower).orElse(null),
            bounds.map(CalibrationParameter::upper).orElse(null),
            bounds.map(parameter -> parameter.isAtBound(value)).orElse(false),
            1,
            search.map(HistoryFit.Search::iterations).orElse(0),
            -logLikelihood,
            converged));
  }

  /** The rows of several series. */
  static FitRows of(HistorySpec spec, IndexHistory indices) {
    EstimateRows rows =
        new EstimateRows(
            spec, CorrelatedGbm.FAMILY.name(), indices.logLikelihood(), Optional.empty(), true);
    if (indices.distance() > 0) {
      rows.add(DISTANCE, indices.distance());
    }
    List<String> names = indices.names();
    for (int i = 0; i < names.size(); i++) {
      String asset = names.get(i);
      Map<String, Double> values = indices.fits().get(i).parameters();
      Map<String, Double> errors = indices.fits().get(i).standardErrors();
      rows.row(CorrelatedGbm.spot(asset), spec.series().get(i).last(), null);
      rows.row(CorrelatedGbm.drift(asset), values.get("mu"), errors.get("mu"));
      rows.row(CorrelatedGbm.volatility(asset), values.get("sigma"), errors.get("sigma"));
    }
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        rows.row(
            CorrelatedGbm.correlation(names.get(i), names.get(j)),
            indices.correlation()[i][j],
            indices.standardErrors()[i][j]);
      }
    }
    return rows.rows();
  }

  private FitRows rows() {
    return new FitRows(
        parameters,
        List.of(),
        course,
        List.of(),
        search.map(HistoryFit.Search::end).orElse("in closed form"));
  }
}
