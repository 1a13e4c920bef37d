package io.pathwise.calibrate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.ParameterSpace;
import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Densities in closed form are found from the graphs of drift and diffusion. */
class ExactLikelihoodTest {
  private static final double WEEK = 1.0 / 52;

  private static Sde model(String name) {
    return Catalogue.find(name).orElseThrow().sde(Set.of());
  }

  private static Observations reverting(int steps, boolean positive) {
    Random random = new Random(11);
    double[] x = new double[steps + 1];
    x[0] = 0.05;
    for (int i = 0; i < steps; i++) {
      double deviation = positive ? 0.15 * Math.sqrt(x[i]) : 0.03;
      x[i + 1] =
          x[i] + 2 * (0.05 - x[i]) * WEEK + deviation * Math.sqrt(WEEK) * random.nextGaussian();
    }
    return new Observations(WEEK, x);
  }

  @Test
  void theOrnsteinUhlenbeckFitComesBackUnderAnyNames() {
    Observations history = reverting(1000, false);
    HistoryFit closed = OrnsteinUhlenbeckFit.of(history);
    ParameterSpace space =
        ParameterSpace.of(
            CalibrationParameter.free("a", 1, 0.01, 50),
            CalibrationParameter.free("b", 0.03, -1, 1),
            CalibrationParameter.free("sigma", 0.1, 1e-3, 1));
    HistoryFit fit = TransitionFit.of(model("vasicek"), space, history, TransitionDensity.EXACT);
    assertThat(fit.model()).isEqualTo("vasicek");
    assertThat(fit.isConverged()).isTrue();
    assertThat(fit.logLikelihood()).isCloseTo(closed.logLikelihood(), within(1e-6));
    Map<String, String> names = Map.of("a", "kappa", "b", "theta", "sigma", "sigma");
    names.forEach(
        (name, other) -> {
          double error = closed.standardErrors().get(other);
          assertThat(fit.parameters().get(name))
              .isCloseTo(closed.parameters().get(other), within(1e-3 * error));
          assertThat(fit.standardErrors().get(name)).isCloseTo(error, within(1e-3 * error));
        });
  }

  @Test
  void theSquareRootFitComesBackFromTheCatalogueAndFromAFormula() {
    Observations history = reverting(300, true);
    HistoryFit closed = CoxIngersollRossFit.of(history);
    ParameterSpace space =
        ParameterSpace.of(
            CalibrationParameter.free("a", 1, 0.01, 50),
            CalibrationParameter.free("b", 0.03, 1e-3, 1),
            CalibrationParameter.free("sigma", 0.1, 1e-3, 1));
    HistoryFit fit = TransitionFit.of(model("cir"), space, history, TransitionDensity.EXACT);
    closed
        .parameters()
        .forEach(
            (name, value) ->
                assertThat(fit.parameters().get(name))
                    .isCloseTo(value, within(1e-3 * closed.standardErrors().get(name))));
    Sde own =
        Sde.ito("own")
            .parameters("a", "b", "sigma")
            .state("r", Expr.of(0.05))
            .drift((t, r) -> Expr.param("a").times(Expr.param("b").minus(r)))
            .diagonal((t, r) -> r.sqrt().times(Expr.param("sigma")));
    assertThat(
            TransitionFit.logLikelihood(own, closed.parameters(), history, TransitionDensity.EXACT)
                .value())
        .isCloseTo(closed.logLikelihood(), within(1e-9));
  }

  @Test
  void geometricBrownianMotionIsLognormal() {
    Observations history = reverting(300, true);
    HistoryFit closed = GeometricBrownianFit.of(history);
    Sde own =
        Sde.ito("own")
            .parameters("mu", "sigma")
            .state("s", Expr.of(1))
            .drift((t, s) -> Expr.param("mu").times(s))
            .diagonal((t, s) -> Expr.param("sigma").times(s));
    ParameterSpace space =
        ParameterSpace.of(
            CalibrationParameter.free("mu", 0, -5, 5),
            CalibrationParameter.free("sigma", 0.1, 1e-3, 3));
    HistoryFit fit = TransitionFit.of(own, space, history, TransitionDensity.EXACT);
    closed
        .parameters()
        .forEach(
            (name, value) -> {
              double error = closed.standardErrors().get(name);
              assertThat(fit.parameters().get(name)).isCloseTo(value, within(1e-3 * error));
              assertThat(fit.standardErrors().get(name)).isCloseTo(error, within(1e-2 * error));
            });
  }

  @Test
  void anEquationWithoutAKnownDensityIsRefused() {
    Map<String, Double> p = Map.of("kappa", 1.0, "theta", 0.06, "sigma", 0.3, "gamma", 0.8);
    assertThatThrownBy(
            () ->
                TransitionFit.logLikelihood(
                    Histories.ckls(), p, reverting(50, true), TransitionDensity.EXACT))
        .hasMessageContaining("ckls has no known transition density")
        .hasMessageContaining("expected an affine drift with a constant diffusion");
  }

  @Test
  void whatIsNoDiffusionOfOneStateIsRefusedWithAllReasons() {
    Observations history = reverting(50, true);
    Map<String, Double> values = new HashMap<>();
    assertThatThrownBy(
            () ->
                TransitionFit.logLikelihood(
                    model("heston"), values, history, TransitionDensity.EXACT))
        .hasMessageContaining("reads the state v");
    assertThatThrownBy(
            () ->
                TransitionFit.logLikelihood(
                    model("merton"), values, history, TransitionDensity.EXACT))
        .hasMessageContaining("has jumps");
    assertThatThrownBy(
            () ->
                TransitionFit.logLikelihood(model("cir"), values, history, TransitionDensity.EXACT))
        .hasMessageContaining("the parameter a has no value")
        .hasMessageContaining("the parameter sigma has no value");
    Sde timed =
        Sde.ito("timed")
            .state("x", Expr.ONE)
            .drift((t, x) -> t.times(x))
            .diffusion(NoiseType.GENERAL, (t, x) -> x.reshape(io.pathwise.expr.Shape.matrix(1, 1)));
    assertThatThrownBy(
            () -> TransitionFit.logLikelihood(timed, values, history, TransitionDensity.EXACT))
        .hasMessageContaining("reads time");
  }

  @Test
  void parametersThatTheHistoryCannotDetermineAreNamed() {
    ParameterSpace space =
        ParameterSpace.of(
            CalibrationParameter.free("r0", 0.05, 0.01, 0.1),
            CalibrationParameter.fixed("a", 1),
            CalibrationParameter.fixed("sigma", 0.1));
    assertThatThrownBy(
            () ->
                TransitionFit.of(model("cir"), space, reverting(50, true), TransitionDensity.EXACT))
        .hasMessageContaining("r0 is free, and neither drift nor diffusion reads it")
        .hasMessageContaining("the parameter b has no value");
  }

  @Test
  void aDiffusionThatReachesZeroOnTheHistoryIsRefused() {
    Sde linear = Sde.ito("linear").state("x", Expr.ONE).drift((t, x) -> x).diagonal((t, x) -> x);
    double[] path = {1, 2, 3, 2, 1, -1, 1, 2, 3, 4, 5};
    assertThatThrownBy(
            () ->
                TransitionFit.logLikelihood(
                    linear, Map.of(), new Observations(1, path), TransitionDensity.EXACT))
        .hasMessageContaining("0.0 at 0.0, between the next and observation 5")
        .hasMessageContaining("expected above 0 over the range of the history");
  }
}
