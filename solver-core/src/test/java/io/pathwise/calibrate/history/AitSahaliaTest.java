package io.pathwise.calibrate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expansion against densities that are known, and against itself over shorter steps. */
class AitSahaliaTest {
  private static final Map<String, Double> RATES = Map.of("a", 1.5, "b", 0.06, "sigma", 0.15);

  /** The largest error of the logarithm of the density over moves of up to 1.5 deviations. */
  private static double error(String model, double deviation, double dt, int order) {
    ScalarDiffusion diffusion = ScalarDiffusion.of(Histories.catalogue(model)).above0();
    double worst = 0;
    for (double x0 : new double[] {0.04, 0.07}) {
      for (double size : new double[] {-1.5, 0, 1}) {
        double[] path = new double[10];
        Arrays.fill(path, x0);
        double still =
            ExactLikelihood.of(diffusion, new Observations(dt, path)).logLikelihood(RATES);
        path[9] = x0 + size * deviation * Math.sqrt(dt);
        Observations history = new Observations(dt, path);
        double exact = ExactLikelihood.of(diffusion, history).logLikelihood(RATES) - still * 8 / 9;
        double expanded = new AitSahalia(diffusion, history, order).logDensities(RATES)[8];
        worst = Math.max(worst, Math.abs(expanded - exact));
      }
    }
    return worst;
  }

  @ParameterizedTest
  @CsvSource({
    "vasicek, 0.15, 1",
    "vasicek, 0.15, 2",
    "vasicek, 0.15, 3",
    "cir, 0.033, 1",
    "cir, 0.033, 2",
    "cir, 0.033, 3"
  })
  void theErrorIsOfOneOrderMoreInTime(String model, double deviation, int order) {
    double coarse = error(model, deviation, 1.0 / 12, order);
    double fine = error(model, deviation, 1.0 / 24, order);
    assertThat(Math.log(coarse / fine) / Math.log(2)).isGreaterThan(order + 0.9);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void geometricBrownianMotionIsExactAtEveryOrder(int order) {
    Map<String, Double> parameters = Map.of("mu", 0.3, "sigma", 0.4);
    Observations history = Histories.euler(5, 100, s -> 0.3 * s, s -> 0.4 * s, 40, 1.0 / 12);
    double expanded =
        TransitionFit.logLikelihood(
                Histories.geometric(), parameters, history, new TransitionDensity.AitSahalia(order))
            .value();
    double exact =
        TransitionFit.logLikelihood(
                Histories.geometric(), parameters, history, TransitionDensity.EXACT)
            .value();
    assertThat(expanded).isCloseTo(exact, within(1e-9));
  }

  /** Chapman and Kolmogorov: trapezoids over where the process is half-way. */
  private static double inconsistency(Sde sde, Map<String, Double> p, double dt, int order) {
    double x0 = 0.9;
    double x1 = 1.1;
    int n = 801;
    double width = 12 * 0.25 * Math.sqrt(dt) / n;
    double[] path = new double[3 * n];
    for (int i = 0; i < n; i++) {
      path[3 * i] = x0;
      path[3 * i + 1] = 0.5 * (x0 + x1) + (i - n / 2) * width;
      path[3 * i + 2] = x1;
    }
    ScalarDiffusion diffusion = ScalarDiffusion.of(sde).above0();
    double[] half =
        new AitSahalia(diffusion, new Observations(dt / 2, path), order).logDensities(p);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.exp(half[3 * i] + half[3 * i + 1]) * width;
    }
    double[] whole = new double[10];
    Arrays.fill(whole, x0);
    whole[1] = x1;
    return Math.abs(
        Math.log(sum)
            - new AitSahalia(diffusion, new Observations(dt, whole), order).logDensities(p)[0]);
  }

  /** A nonlinear drift and a power as diffusion, where every coefficient has all of its terms. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void twoHalfStepsAreAStep(int order) {
    Sde sde =
        Sde.ito("own")
            .parameters("a", "b", "sigma", "gamma")
            .state("x", Expr.ONE)
            .drift(
                (t, x) ->
                    Expr.param("a")
                        .over(x)
                        .plus(Expr.param("b").times(x))
                        .minus(x.square().times(x)))
            .diagonal((t, x) -> Expr.param("sigma").times(x.pow(Expr.param("gamma"))));
    Map<String, Double> p = Map.of("a", 0.5, "b", 0.8, "sigma", 0.5, "gamma", 1.3);
    double coarse = inconsistency(sde, p, 0.08, order);
    double fine = inconsistency(sde, p, 0.04, order);
    assertThat(Math.log(coarse / fine) / Math.log(2)).isGreaterThan(order + 0.7);
  }

  @Test
  void severalChannelsAddTheirSquares() {
    Map<String, Double> p = Map.of("kappa", 1.0, "theta", 0.06, "sigma", 0.25, "gamma", 1.0);
    Sde two =
        Sde.ito("two")
            .parameters("kappa", "theta", "sigma", "gamma")
            .state("r", Expr.of(0.05))
            .drift((t, r) -> Expr.param("kappa").times(Expr.param("theta").minus(r)))
            .diffusion(
                NoiseType.GENERAL,
                (t, r) ->
                    Expr.concat(
                            List.of(
                                r.get(0).times(Expr.param("sigma")).times(0.6),
                                r.get(0).times(Expr.param("sigma")).times(-0.8)))
                        .reshape(Shape.matrix(1, 2)));
    Observations history = Histories.rates(50, 1.0 / 52);
    assertThat(TransitionFit.logLikelihood(two, p, history, TransitionDensity.AIT_SAHALIA).value())
        .isCloseTo(
            TransitionFit.logLikelihood(Histories.ckls(), p, history, TransitionDensity.AIT_SAHALIA)
                .value(),
            within(1e-9));
  }

  @Test
  void otherOrdersAreRefused() {
    assertThatThrownBy(() -> new TransitionDensity.AitSahalia(4))
        .hasMessage("order = 4, expected 1, 2 or 3");
  }
}
