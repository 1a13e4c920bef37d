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
import io.pathwise.model.Catalogue;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.model.analytic.HestonAnalytic;
import io.pathwise.model.analytic.HestonSpotPrice;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.scheme.Exact;
import io.pathwise.scheme.Milstein;
import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** The value that conditional derivatives are those of, from its place among the outputs. */
  private static double estimand(Solver solver, Map<String, Double> parameters) {
    SimulationPlan plan = solver.parameters(parameters).plan();
    int output = plan.derivatives().first(0, "spot").orElseThrow().output();
    Tally tally = solver.runner().run(plan, 500);
    return new Estimates(plan.fine(), tally.fine()).value(output).mean();
  }

  @Test
  void conditionalDerivativesAreDifferencesOfTheConditionalMean() {
    Map<String, Double> parameters = EstimatorFixture.PARAMETERS;
    for (GradientMethod method :
        new GradientMethod[] {GradientMethod.STORED, GradientMethod.TANGENT}) {
      Solver solver =
          EstimatorFixture.blackScholes()
              .gradientMethod(method)
              .claim(contracts("black-scholes").digital("claim", OptionType.CALL, 105, 10, 1))
              .sensitivity(CONDITIONAL)
              .gradient("spot", "sigma", "r");
      for (String name : new String[] {"spot", "sigma", "r"}) {
        double h = name.equals("spot") ? 1e-3 : 1e-5;
        double up = estimand(solver, moved(parameters, name, h));
        double down = estimand(solver, moved(parameters, name, -h));
        double difference = (up - down) / (2 * h);
        assertThat(solver.parameters(parameters).solve(500).derivative("claim", name).mean())
            .as(name)
            .isCloseTo(difference, within(1e-6 * Math.abs(difference)));
      }
    }
  }

  @Test
  void flatCurvesGiveTheThetaOfConstantRates() {
    Solver constant =
        EstimatorFixture.blackScholes()
            .claim(contracts("black-scholes").european("claim", OptionType.CALL, 105, 1))
            .theta();
    ZeroCurve curve = ZeroCurve.flat(0.03);
    Sde sde = Catalogue.find("black-scholes").orElseThrow().sde(Set.of("r"));
    Solver curved =
        Solver.of(sde)
            .parameters(Map.of("spot", 100.0, "q", 0.01, "sigma", 0.2))
            .curves(Map.of("r", curve))
            .step(0.25)
            .seed(9)
            .claim(
                new Contracts(sde.observables().get("S"), Discounting.curve(curve::discount))
                    .european("claim", OptionType.CALL, 105, 1))
            .theta();
    double expected = constant.solve(1_000).theta("claim").mean();
    assertThat(curved.solve(1_000).theta("claim").mean())
        .isCloseTo(expected, within(1e-10 * Math.abs(expected)));
  }

  @Test
  void scoresAreCarriedOverCuts() {
    SimulationPlan plan =
        EstimatorFixture.blackScholes()
            .claim(contracts("black-scholes").digital("claim", OptionType.CALL, 105, 10, 1))
            .sensitivity(RATIO)
            .gradient("spot", "sigma")
            .plan();
    List<Shard> shards = Shard.range(0, 2, 900, 512);
    Tally whole = new Tally(plan, shards.size());
    new PlanRunner(plan, new CpuExecutor(), DeviceRequest.ANY).run(shards, whole);
    Tally legs = new Tally(plan, shards.size());
    MemoryCarry carry = new MemoryCarry();
    for (int from = 0; from < 4; from++) {
      Tally leg = new Tally(plan, shards.size());
      new PlanRunner(plan.over(new Leg(from, from + 1)), new CpuExecutor(), DeviceRequest.ANY)
          .run(shards, leg, carry, new MemoryCarry());
      legs.overlay(leg);
      carry.next();
    }
    assertThat(legs.fine().total(0)).isEqualTo(whole.fine().total(0));
  }
}
