package io.pathwise.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.calibrate.optimise.LevenbergMarquardt;
import io.pathwise.scheme.EulerMaruyama;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Simulated prices and Jacobians, and fits on them. */
class MonteCarloPricerTest {
  private static final Map<String, Double> TRUTH =
      Map.of("v0", 0.05, "kappa", 2.0, "theta", 0.06, "xi", 0.2, "rho", -0.6);

  private static final MonteCarloPricer PRICER =
      MonteCarloPricer.of("heston", Synthetic.MARKET, new EulerMaruyama(), 1.0 / 64, 8192, 5);

  private static List<Vanilla> options() {
    List<Vanilla> options = new ArrayList<>();
    for (double expiry : new double[] {0.25, 1}) {
      for (double strike : new double[] {80, 90, 100, 110, 125}) {
        options.add(Vanilla.outOfTheMoney(Synthetic.MARKET, strike, expiry));
      }
    }
    return options;
  }

  /** Within five standard errors and 0.03 for the step's bias. */
  @Test
  void pricesAreTheAnalyticOnesWithinNoiseAndStepBias() {
    ModelPrices simulated = PRICER.price(TRUTH, options(), List.of());
    double[] exact =
        new AnalyticPricer("heston", Synthetic.MARKET).price(TRUTH, options(), List.of()).prices();
    for (int i = 0; i < exact.length; i++) {
      assertThat(simulated.prices()[i])
          .isCloseTo(exact[i], within(5 * simulated.standardErrors()[i] + 0.03));
    }
  }

  @Test
  void theJacobianIsThatOfCentralDifferencesOnTheSamePaths() {
    List<String> names = List.of("v0", "kappa", "theta", "xi", "rho");
    double[][] slopes = PRICER.price(TRUTH, options(), names).slopes();
    for (int p = 0; p < names.size(); p++) {
      double bump = 1e-4 * Math.abs(TRUTH.get(names.get(p)));
      double[] up = PRICER.price(moved(names.get(p), bump), options(), List.of()).prices();
      double[] down = PRICER.price(moved(names.get(p), -bump), options(), List.of()).prices();
      for (int i = 0; i < up.length; i++) {
        double difference = (up[i] - down[i]) / (2 * bump);
        assertThat(slopes[i][p])
            .as("option %s in %s", i, names.get(p))
            .isCloseTo(difference, within(5e-3 + 5e-3 * Math.abs(difference)));
      }
    }
  }

  @Test
  void theParametersOfThePathsComeBackAndFreshPathsShowTheNoise() {
    List<OptionQuote> quotes = new ArrayList<>();
    double[] prices = PRICER.price(TRUTH, options(), List.of()).prices();
    for (int i = 0; i < prices.length; i++) {
      Vanilla option = options().get(i);
      quotes.add(
          OptionQuote.ofPrice(
              "q" + i,
              option.option().type(),
              option.option().strike(),
              option.expiry(),
              prices[i]));
    }
    ParameterSpace space =
        ModelSpace.find("heston")
            .orElseThrow()
            .holding("kappa", 2)
            .startingAt(Map.of("v0", 0.08, "theta", 0.05, "xi", 0.4, "rho", -0.3));
    CalibrationProblem problem =
        new CalibrationProblem(PRICER, quotes, space, Residuals.VOLATILITIES, List.of());
    Calibration fit = Calibration.fit(problem, LevenbergMarquardt.onTransforms(), 30);
    assertThat(fit.sumOfSquares()).isLessThan(1e-4);
    TRUTH.forEach(
        (name, value) ->
            assertThat(fit.parameters().get(name))
                .as(name)
                .isCloseTo(value, within(0.02 * Math.abs(value))));
    NoiseReport report = fit.revalued(PRICER.fresh(77, 16384));
    assertThat(report.fitted()).isLessThan(1e-4);
    assertThat(report.fresh()).isGreaterThan(100 * report.fitted());
    assertThat(report.spread()).isGreaterThan(report.noise());
    assertThat(report.noise()).isBetween(0.1 * report.fresh(), 10 * report.fresh());
  }

  @Test
  void forwardAndReverseModeAgree() {
    List<String> names = List.of("v0", "kappa", "theta", "xi", "rho");
    double[][] forward = PRICER.by(GradientMethod.TANGENT).price(TRUTH, options(), names).slopes();
    double[][] reverse = PRICER.by(GradientMethod.STORED).price(TRUTH, options(), names).slopes();
    for (int i = 0; i < forward.length; i++) {
      assertThat(forward[i]).containsExactly(reverse[i], within(1e-9));
    }
  }

  @Test
  void aModelThatIsNoPriceIsRefused() {
    assertThatThrownBy(
            () ->
                MonteCarloPricer.of(
                    "vasicek", Synthetic.MARKET, new EulerMaruyama(), 0.01, 1024, 1))
        .hasMessageContaining("expected a model of a price with rates r and q");
  }

  private static Map<String, Double> moved(String name, double bump) {
    Map<String, Double> values = new java.util.HashMap<>(TRUTH);
    values.merge(name, bump, Double::sum);
    return values;
  }
}
