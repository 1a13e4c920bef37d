package io.pathwise.calibrate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.ParameterSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** Estimates by approximate densities against the exact ones, and against known parameters. */
class TransitionFitTest {
  private static final double WEEK = 1.0 / 52;

  private static final ParameterSpace RATES =
      ParameterSpace.of(
          CalibrationParameter.free("a", 1, 0.01, 50),
          CalibrationParameter.free("b", 0.03, 1e-3, 1),
          CalibrationParameter.free("sigma", 0.1, 1e-3, 1));

  private static void assertAgree(
      HistoryFit fit, HistoryFit exact, double ofStandardError, double ofErrors) {
    assertThat(fit.isConverged()).isTrue();
    exact
        .parameters()
        .forEach(
            (name, value) -> {
              double error = exact.standardErrors().get(name);
              assertThat(fit.parameters().get(name))
                  .as(name)
                  .isCloseTo(value, within(ofStandardError * error));
              assertThat(fit.standardErrors().get(name))
                  .as("standard error of " + name)
                  .isCloseTo(error, within(ofErrors * error));
            });
  }

  @Test
  void theExpansionGivesTheEstimatesOfTheExactDensityOfTheSquareRootProcess() {
    Observations history = Histories.rates(1000, WEEK);
    HistoryFit exact =
        TransitionFit.of(Histories.catalogue("cir"), RATES, history, TransitionDensity.EXACT);
    HistoryFit fit =
        TransitionFit.of(Histories.catalogue("cir"), RATES, history, TransitionDensity.AIT_SAHALIA);
    assertAgree(fit, exact, 1e-2, 1e-2);
  }

  @Test
  void theExpansionGivesTheEstimatesOfTheExactDensityOfVasicek() {
    Observations history = Histories.euler(6, 0.05, r -> 2 * (0.05 - r), r -> 0.02, 1000, WEEK);
    assertAgree(
        TransitionFit.of(
            Histories.catalogue("vasicek"), RATES, history, TransitionDensity.AIT_SAHALIA),
        TransitionFit.of(Histories.catalogue("vasicek"), RATES, history, TransitionDensity.EXACT),
        1e-2,
        1e-2);
  }

  @Test
  void simulationHasTheBiasOfEulersStepsWhichHalvesWithThem() {
    Observations history = Histories.rates(500, WEEK);
    HistoryFit exact =
        TransitionFit.of(Histories.catalogue("cir"), RATES, history, TransitionDensity.EXACT);
    double[] bias = new double[2];
    for (int k = 0; k < 2; k++) {
      HistoryFit fit =
          TransitionFit.of(
              Histories.catalogue("cir"),
              RATES,
              history,
              new TransitionDensity.Simulated(8 << k, 16, 1));
      assertAgree(fit, exact, 0.2 / (1 << k), 0.02);
      bias[k] = fit.parameters().get("sigma") - exact.parameters().get("sigma");
    }
    assertThat(bias[1] / bias[0]).isCloseTo(0.5, within(0.05));
  }

  private static final ParameterSpace CKLS =
      ParameterSpace.of(
          CalibrationParameter.free("kappa", 1, 0.05, 20),
          CalibrationParameter.free("theta", 0.1, 0.01, 0.5),
          CalibrationParameter.free("sigma", 0.5, 0.01, 10),
          CalibrationParameter.free("gamma", 0.5, 0, 2));

  /** Within 4 standard errors: a false alarm in 4,000 for the four of them. */
  @Test
  void theElasticityOfVolatilityComesBack() {
    Map<String, Double> truth = Map.of("kappa", 2.0, "theta", 0.06, "sigma", 1.2, "gamma", 1.4);
    Observations history =
        Histories.euler(9, 0.05, r -> 2 * (0.06 - r), r -> 1.2 * Math.pow(r, 1.4), 1500, WEEK);
    HistoryFit fit =
        TransitionFit.of(Histories.ckls(), CKLS, history, TransitionDensity.AIT_SAHALIA);
    assertThat(fit.isConverged()).isTrue();
    truth.forEach(
        (name, value) ->
            assertThat(fit.parameters().get(name))
                .as(name)
                .isCloseTo(value, within(4 * fit.standardErrors().get(name))));
    HistoryFit simulated =
        TransitionFit.of(
            Histories.ckls(), CKLS, history, new TransitionDensity.Simulated(4, 16, 1));
    assertAgree(simulated, fit, 0.2, 0.05);
  }

  @Test
  void aStartFarFromTheHistoryIsNamed() {
    Observations history = Histories.rates(50, WEEK);
    ParameterSpace far =
        ParameterSpace.of(
            CalibrationParameter.fixed("kappa", 1),
            CalibrationParameter.free("theta", 0.06, 0.01, 1),
            CalibrationParameter.fixed("sigma", 1e-200),
            CalibrationParameter.fixed("gamma", 1));
    assertThatThrownBy(
            () -> TransitionFit.of(Histories.ckls(), far, history, TransitionDensity.AIT_SAHALIA))
        .hasMessageContaining("the log-likelihood is -Infinity at the start {kappa=1.0")
        .hasMessageContaining("expected a finite number");
  }

  @Test
  void theBitsDoNotDependOnTheNumberOfThreads() throws Exception {
    Observations history = Histories.rates(600, WEEK);
    Map<String, Double> p = Map.of("a", 1.5, "b", 0.06, "sigma", 0.15);
    for (TransitionDensity method :
        List.of(TransitionDensity.AIT_SAHALIA, TransitionDensity.SIMULATED)) {
      List<Double> values = new ArrayList<>();
      for (int threads : new int[] {1, 3}) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        values.add(
            pool.submit(
                    () ->
                        TransitionFit.logLikelihood(Histories.catalogue("cir"), p, history, method)
                            .value())
                .get());
        pool.shutdown();
      }
      assertThat(values.get(1)).isEqualTo(values.get(0));
    }
  }
}
