package io.pathwise.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.calibrate.optimise.LevenbergMarquardt;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hipparchus.distribution.continuous.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Known parameters come back from the quotes they make, and lie in their intervals. */
class RecoveryTest {
  private static final LevenbergMarquardt OPTIMISER = LevenbergMarquardt.onTransforms();

  /** For refits near an optimum: done at six digits of the value. */
  private static final LevenbergMarquardt QUICK = new LevenbergMarquardt(1e-6, 1e-5, 1e-5, 2);

  private static final double[] EXPIRIES = {0.5, 1, 3};
  private static final double[] STRIKES = {55, 65, 75, 85, 95, 100, 105, 110, 120, 130, 145, 160};

  private static CalibrationProblem problem(String model, List<OptionQuote> quotes) {
    return new CalibrationProblem(
        Synthetic.pricer(model),
        quotes,
        ModelSpace.find(model).orElseThrow(),
        Residuals.VOLATILITIES,
        List.of());
  }

  private static List<OptionQuote> quotes(String model, double deviation, long seed) {
    return Synthetic.quotes(Synthetic.pricer(model), EXPIRIES, STRIKES, deviation, seed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"black-scholes", "heston", "merton", "kou", "bates", "variance-gamma"})
  void knownParametersComeBackFromTheirQuotes(String model) {
    Calibration fit = Calibration.fit(problem(model, quotes(model, 0, 1)), OPTIMISER, 200);
    assertThat(fit.sumOfSquares()).isLessThan(1e-9);
    Synthetic.TRUTHS
        .get(model)
        .forEach(
            (name, value) ->
                assertThat(fit.parameters().get(name))
                    .as(name)
                    .isCloseTo(value, within(1e-3 * Math.abs(value))));
  }

  /**
   * 200 surfaces with normal errors of 0.2 points; a 95 % interval covers 95 % of them within five
   * standard errors, 7.7 %, for each parameter: a false alarm in a million and a half.
   */
  @Test
  void intervalsOfStandardErrorsCoverTheTruthAsOftenAsTheySay() {
    int surfaces = 200;
    Map<String, Double> truth = Synthetic.TRUTHS.get("heston");
    int freedom = EXPIRIES.length * STRIKES.length - truth.size();
    double quantile = new TDistribution(freedom).inverseCumulativeProbability(0.975);
    int[] covered = new int[truth.size()];
    List<String> names = ModelSpace.find("heston").orElseThrow().freeNames();
    for (int s = 0; s < surfaces; s++) {
      CalibrationProblem problem = problem("heston", quotes("heston", 0.002, 1000 + s));
      double[] start = problem.space().coordinates(truth);
      Calibration fit = Calibration.fit(problem, QUICK, start, 30);
      Uncertainty uncertainty = fit.uncertainty();
      for (int j = 0; j < covered.length; j++) {
        double miss = Math.abs(fit.parameters().get(names.get(j)) - truth.get(names.get(j)));
        covered[j] += miss <= quantile * uncertainty.standardErrors()[j] ? 1 : 0;
      }
    }
    assertThat(Arrays.stream(covered).boxed().toList())
        .as("coverage of %s", names)
        .allSatisfy(count -> assertThat(count / (double) surfaces).isCloseTo(0.95, within(0.077)));
  }

  @Test
  void theProfileIntervalAgreesWithStandardErrorsWhereTheObjectiveIsAParabola() {
    Calibration fit =
        Calibration.fit(problem("black-scholes", quotes("black-scholes", 0.002, 5)), OPTIMISER, 50);
    ProfileInterval interval = ProfileInterval.of(fit, "sigma", 0.95, OPTIMISER, 50);
    double half = 0.5 * (interval.upper() - interval.lower());
    double square = fit.sumOfSquares() / 35 / 36;
    double quantile = new TDistribution(35).inverseCumulativeProbability(0.975);
    assertThat(half).isCloseTo(quantile * Math.sqrt(square) * 0.01, within(0.01 * half));
    assertThat(interval.lowerOpen() || interval.upperOpen()).isFalse();
  }

  @Test
  void theProfileIntervalOfHestonHoldsTheFitAndSaysWhereItIsOpen() {
    Calibration fit = Calibration.fit(problem("heston", quotes("heston", 0.002, 6)), OPTIMISER, 50);
    ProfileInterval kappa = ProfileInterval.of(fit, "kappa", 0.95, QUICK, 50);
    assertThat(fit.parameters().get("kappa")).isBetween(kappa.lower(), kappa.upper());
    assertThat(kappa.upper() - kappa.lower())
        .isBetween(
            2 * fit.uncertainty().standardError("kappa"),
            8 * fit.uncertainty().standardError("kappa"));
    assertThatThrownBy(() -> ProfileInterval.of(fit, "sigma", 0.95, OPTIMISER, 50))
        .hasMessageContaining("profile of sigma, expected one of [v0, kappa");
  }

  @Test
  void theBootstrapAgreesWithTheSandwich() {
    Calibration fit = Calibration.fit(problem("heston", quotes("heston", 0.002, 7)), OPTIMISER, 50);
    Bootstrap bootstrap = Bootstrap.of(fit, 40, 3, QUICK, 30);
    for (String name : List.of("v0", "theta", "rho")) {
      double ratio = bootstrap.standardError(name) / fit.uncertainty().standardError(name);
      assertThat(ratio).as(name).isBetween(0.6, 1.7);
      double[] interval = bootstrap.interval(name, 0.95);
      assertThat(interval[1] - interval[0])
          .isBetween(2.5 * bootstrap.standardError(name), 6 * bootstrap.standardError(name));
    }
    assertThat(Bootstrap.replicate(fit, 17, 3, QUICK, 30))
        .containsExactly(bootstrap.replicates()[17]);
  }

  @Test
  void aCombinationThatQuotesDoNotDetermineIsNamedByItsParameters() {
    List<OptionQuote> oneExpiry =
        Synthetic.quotes(
            Synthetic.pricer("heston"), new double[] {1}, new double[] {95, 100, 105}, 0, 1);
    CalibrationProblem problem = problem("heston", oneExpiry);
    Map<String, Double> truth = Synthetic.TRUTHS.get("heston");
    Calibration fit = Calibration.fit(problem, OPTIMISER, problem.space().coordinates(truth), 20);
    Uncertainty uncertainty = fit.uncertainty();
    assertThat(uncertainty.conditionNumber()).isGreaterThan(1e3);
    assertThat(uncertainty.undetermined()).isNotEmpty();
    assertThat(uncertainty.undetermined().get(0).shares().keySet()).isSubsetOf(truth.keySet());
    assertThat(uncertainty.undetermined().get(0).toString()).matches("[+-]0\\.\\d\\d \\w+.*");
  }

  @Test
  void yesterdaysParametersDecideWhatQuotesLeaveOpen() {
    Map<String, Double> truth = Synthetic.TRUTHS.get("heston");
    List<OptionQuote> oneExpiry =
        Synthetic.quotes(
            Synthetic.pricer("heston"), new double[] {1}, new double[] {90, 100, 110}, 0, 1);
    Map<String, Double> yesterday = new java.util.HashMap<>(truth);
    yesterday.put("kappa", 3.0);
    Map<String, Double> errors =
        Map.of("v0", 0.01, "kappa", 0.1, "theta", 0.01, "xi", 0.1, "rho", 0.1);
    CalibrationProblem problem =
        new CalibrationProblem(
            Synthetic.pricer("heston"),
            oneExpiry,
            ModelSpace.find("heston").orElseThrow(),
            Residuals.VOLATILITIES,
            List.of(new YesterdayPenalty(yesterday, errors, 0.01)));
    Calibration fit = Calibration.fit(problem, OPTIMISER, 100);
    assertThat(fit.parameters().get("kappa")).isCloseTo(3, within(0.2));
  }

  @Test
  void fellersPenaltyKeepsTheVarianceOffZero() {
    CalibrationProblem free = problem("heston", quotes("heston", 0, 1));
    CalibrationProblem penalised =
        new CalibrationProblem(
            free.pricer(),
            free.quotes(),
            free.space(),
            Residuals.VOLATILITIES,
            List.of(new FellerPenalty(1e5)));
    assertThat(feller(Calibration.fit(free, OPTIMISER, 100))).isNegative();
    assertThat(feller(Calibration.fit(penalised, OPTIMISER, 100))).isGreaterThan(-0.01);
  }

  private static double feller(Calibration fit) {
    double xi = fit.parameters().get("xi");
    return 2 * fit.parameters().get("kappa") * fit.parameters().get("theta") - xi * xi;
  }
}
