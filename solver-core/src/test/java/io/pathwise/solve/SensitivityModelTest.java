package io.pathwise.solve;

import static io.pathwise.solve.EstimatorFixture.CALM;
import static io.pathwise.solve.EstimatorFixture.HESTON;
import static io.pathwise.solve.EstimatorFixture.contracts;
import static io.pathwise.solve.EstimatorFixture.errors;
import static io.pathwise.solve.EstimatorFixture.heston;
import static io.pathwise.solve.EstimatorFixture.sde;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.adjoint.SensitivityMethod;
import io.pathwise.expr.Expr;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.model.analytic.HestonAnalytic;
import io.pathwise.model.analytic.HestonSpotPrice;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.OptionType;
import io.pathwise.scheme.Exact;
import io.pathwise.scheme.Milstein;
import io.pathwise.sde.Sde;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What models allow and what they refuse, and second derivatives against differences of first. */
class SensitivityModelTest {
  private static final SensitivityMethod CONDITIONAL = new SensitivityMethod.Conditional();
  private static final SensitivityMethod RATIO = new SensitivityMethod.LikelihoodRatio();

  private static Map<String, Double> moved(Map<String, Double> x, String name, double by) {
    Map<String, Double> moved = new HashMap<>(x);
    moved.merge(name, by, Double::sum);
    return moved;
  }

  /** A second derivative against the central difference of first ones on the same noise. */
  private static void assertSecond(
      Solver solver, Map<String, Double> parameters, String first, String second, double h) {
    double[] values = new double[2];
    for (int side = 0; side < 2; side++) {
      values[side] =
          solver
              .parameters(moved(parameters, second, side == 0 ? h : -h))
              .solve(500)
              .derivative("claim", first)
              .mean();
    }
    double difference = (values[0] - values[1]) / (2 * h);
    assertThat(solver.parameters(parameters).solve(500).second("claim", first, second).mean())
        .as("%s and %s", first, second)
        .isCloseTo(difference, within(1e-6 * Math.abs(difference)));
  }

  private static Solver smooth() {
    Expr price = sde("heston").observables().get("S");
    return heston().parameters(CALM).claim(Claim.value("claim", price.times(0.01).square(), 1));
  }

  @Test
  void pathsAreDifferentiatedTwiceWhereNoKinkMovesWithBoth() {
    for (GradientMethod method :
        new GradientMethod[] {GradientMethod.STORED, GradientMethod.TANGENT}) {
      Solver solver =
          smooth().gradientMethod(method).gradient("spot").secondOrder("spot", "spot", "v0", "xi");
      assertSecond(solver, CALM, "spot", "spot", 1e-3);
      assertSecond(solver, CALM, "spot", "v0", 1e-6);
      assertSecond(solver, CALM, "spot", "xi", 1e-5);
    }
  }

  @Test
  void theTruncationOfAVarianceIsAKink() {
    assertThatThrownBy(() -> smooth().secondOrder("v0", "xi").plan())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("second in v0 and xi: the step has a kink (max)");
  }

  @Test
  void aDigitalOnAVarianceThatVanishesHasNoConditionalMean() {
    assertThatThrownBy(
            () ->
                heston()
                    .claim(contracts("heston").digital("d", OptionType.CALL, 100, 1, 1))
                    .sensitivity(CONDITIONAL)
                    .gradient("spot")
                    .plan())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the scale of its price in the last normal vanishes where");
  }

  /** Steps of a fiftieth of a year: their bias is a small part of the standard error. */
  @Test
  void gammaAndVannaOfHestonByLikelihoodRatioInTheSpot() {
    Solution solution =
        heston()
            .step(0.02)
            .claim(contracts("heston").european("claim", OptionType.CALL, 100, 0.5))
            .sensitivity(RATIO)
            .secondOrder("spot", "spot", "v0")
            .solve(20_000);
    double gamma = analytic(100, 0.04).gamma();
    double h = 0.1;
    double vanna = (analytic(100 + h, 0.04).v0() - analytic(100 - h, 0.04).v0()) / (2 * h);
    assertThat(errors(solution.second("claim", "spot", "spot"), gamma)).isLessThan(4);
    assertThat(errors(solution.second("claim", "spot", "v0"), vanna)).isLessThan(4);
  }

  private static HestonSpotPrice analytic(double spot, double variance) {
    return new HestonAnalytic(variance, 1.5, 0.06, 0.5, -0.7)
        .priceAtSpot(EuropeanOption.call(100), spot, 0.03, 0.01, 0.5);
  }

  @Test
  void aVarianceWithoutADensityHasNoScoreInItsParameters() {
    Solution solution =
        heston()
            .claim(contracts("heston").european("claim", OptionType.CALL, 100, 0.5))
            .sensitivity(RATIO)
            .gradient("spot", "kappa")
            .solve(500);
    assertThat(solution.derivatives().claims().get(0).method()).isEqualTo("pathwise");
    assertThat(solution.derivatives().claims().get(0).note())
        .contains("not likelihood-ratio: the step has no density in kappa");
    assertThat(HESTON).containsKey("kappa");
  }

  @Test
  void jumpsBesideTheLastNormalKeepTheConditionalMean() {
    Map<String, Double> parameters =
        Map.of(
            "spot", 100.0, "r", 0.03, "q", 0.01, "sigma", 0.2, "lambda", 0.5, "mu-j", -0.1,
            "sigma-j", 0.15);
    Sde merton = sde("merton");
    Solver solver =
        Solver.of(merton)
            .parameters(parameters)
            .step(0.25)
            .seed(4)
            .threads(1)
            .claim(contracts("merton").digital("claim", OptionType.PUT, 95, 10, 1))
            .sensitivity(CONDITIONAL)
            .gradient("spot", "sigma")
            .secondOrder("spot", "spot", "sigma");
    assertSecond(solver, parameters, "spot", "spot", 1e-3);
    assertSecond(solver, parameters, "spot", "sigma", 1e-5);
  }

  @Test
  void anEquationThatIsSolvedInTheStepHasNoSecondDerivative() {
    Sde cir = sde("cir");
    assertThatThrownBy(
            () ->
                Solver.of(cir)
                    .parameters(Map.of("r0", 0.03, "a", 0.8, "b", 0.05, "sigma", 0.2309))
                    .scheme(new Exact())
                    .claim(Claim.value("claim", Sde.state(2).get(0), 1))
                    .secondOrder("sigma", "sigma")
                    .plan())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("second derivatives are not exact");
  }

  @Test
  void aStepThatIsNotAffineHasNoScore() {
    Sde gbm =
        Sde.ito("gbm")
            .parameters("mu", "sigma", "spot")
            .state("S", Expr.param("spot"))
            .drift((t, y) -> y.times(Expr.param("mu")))
            .diagonal((t, y) -> y.times(Expr.param("sigma")));
    Solver solver =
        Solver.of(gbm)
            .parameters(Map.of("mu", 0.1, "sigma", 0.2, "spot", 1.0))
            .scheme(new Milstein())
            .step(0.25)
            .claim(Claim.value("claim", gbm.observables().get("S"), 1))
            .secondOrder("spot", "spot")
            .sensitivity(RATIO);
    assertThatThrownBy(solver::plan)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not affine in its Brownian normals");
  }
}
