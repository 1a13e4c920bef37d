package io.pathwise.spark.calibrate;

import io.pathwise.calibrate.ParameterSpace;
import io.pathwise.calibrate.history.CoxIngersollRossFit;
import io.pathwise.calibrate.history.GeometricBrownianFit;
import io.pathwise.calibrate.history.HestonFit;
import io.pathwise.calibrate.history.HistoryFit;
import io.pathwise.calibrate.history.MertonFit;
import io.pathwise.calibrate.history.Observations;
import io.pathwise.calibrate.history.OrnsteinUhlenbeckFit;
import io.pathwise.calibrate.history.TransitionDensity;
import io.pathwise.calibrate.history.TransitionFit;
import io.pathwise.spark.job.HistorySpec;
import io.pathwise.spark.job.ModelSpec;
import io.pathwise.spark.job.PublishedFit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Estimates a model of one observed quantity. */
final class SeriesFit {
  private static final Map<String, String> RATES = Map.of("kappa", "a", "theta", "b");

  private SeriesFit() {}

  /**
   * The estimates, by the parameters' names in job files.
   *
   * @param before where the search of a formula model starts, if it starts there
   */
  static HistoryFit of(ModelSpec model, HistorySpec spec, Optional<PublishedFit> before) {
    double[] there =
        spec.series().get(0).values().stream()
            .mapToDouble(Double::doubleValue)
            .filter(value -> !Double.isNaN(value))
            .toArray();
    Observations history = new Observations(spec.step(), there);
    return switch (spec.model()) {
      case BLACK_SCHOLES -> GeometricBrownianFit.of(history);
      case ORNSTEIN_UHLENBECK -> OrnsteinUhlenbeckFit.of(history);
      case VASICEK -> ofRate(OrnsteinUhlenbeckFit.of(history));
      case CIR -> CoxIngersollRossFit.of(history);
      case MERTON -> MertonFit.of(history);
      case HESTON -> HestonFit.of(history);
      case FORMULA ->
          TransitionFit.of(model.sde(), space(spec, before), history, density(spec.likelihood()));
      case CORRELATED_GBM ->
          throw new IllegalArgumentException("a model of several series, expected one of one");
    };
  }

  private static ParameterSpace space(HistorySpec spec, Optional<PublishedFit> before) {
    return spec.warm() && before.isPresent()
        ? spec.space().startingAt(before.get().values())
        : spec.space();
  }

  private static TransitionDensity density(HistorySpec.Likelihood likelihood) {
    return switch (likelihood) {
      case EXACT -> TransitionDensity.EXACT;
      case AIT_SAHALIA -> TransitionDensity.AIT_SAHALIA;
      case SIMULATED -> TransitionDensity.SIMULATED;
      case FILTER -> throw new IllegalArgumentException("a filter has no transition density");
    };
  }

  /** An Ornstein-Uhlenbeck process in the letters of short rates. */
  private static HistoryFit ofRate(HistoryFit fit) {
    return new HistoryFit(
        "vasicek",
        renamed(fit.parameters()),
        renamed(fit.standardErrors()),
        fit.logLikelihood(),
        fit.steps(),
        fit.isConverged(),
        fit.search());
  }

  private static Map<String, Double> renamed(Map<String, Double> values) {
    Map<String, Double> renamed = new LinkedHashMap<>();
    values.forEach((name, value) -> renamed.put(RATES.getOrDefault(name, name), value));
    return renamed;
  }
}
