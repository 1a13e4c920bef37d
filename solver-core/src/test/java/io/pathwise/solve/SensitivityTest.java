package io.pathwise.solve;

import static io.pathwise.solve.EstimatorFixture.MARKET;
import static io.pathwise.solve.EstimatorFixture.PARAMETERS;
import static io.pathwise.solve.EstimatorFixture.blackScholes;
import static io.pathwise.solve.EstimatorFixture.contracts;
import static io.pathwise.solve.EstimatorFixture.errors;
import static io.pathwise.solve.EstimatorFixture.sde;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.adjoint.SensitivityMethod;
import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.model.analytic.BlackScholes;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.OptionType;
import io.pathwise.payoff.Output;
import io.pathwise.payoff.Watch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Estimates of Greeks against the formula of Black and Scholes, whose derivatives are taken by
 * differences of fourth order. Bounds are four standard errors at fixed seeds.
 */
class SensitivityTest {
  private static final SensitivityMethod CONDITIONAL = new SensitivityMethod.Conditional();
  private static final SensitivityMethod RATIO = new SensitivityMethod.LikelihoodRatio();
  private static final Contracts CONTRACTS = contracts("black-scholes");
  private static final double STRIKE = 105;
  private static final int PATHS = 40_000;

  /** A price as a function of spot, rate, yield, volatility and expiry. */
  private interface Formula {
    double price(BlackScholes market, double expiry);
  }

  private static double call(BlackScholes market, double expiry) {
    return market.european(EuropeanOption.call(STRIKE), expiry).price();
  }

  private static double digital(BlackScholes market, double expiry) {
    return market.digital(EuropeanOption.call(STRIKE), 10, expiry).price();
  }

  private static double at(Formula formula, Map<String, Double> x) {
    return formula.price(
        new BlackScholes(x.get("spot"), x.get("r"), x.get("q"), x.get("sigma")), x.get("T"));
  }

  private static double slope(ToDoubleFunction<Double> f, double h) {
    return (8 * (f.applyAsDouble(h) - f.applyAsDouble(-h))
            - (f.applyAsDouble(2 * h) - f.applyAsDouble(-2 * h)))
        / (12 * h);
  }

  private static Map<String, Double> moved(Map<String, Double> x, String name, double by) {
    Map<String, Double> moved = new HashMap<>(x);
    moved.merge(name, by, Double::sum);
    return moved;
  }

  private static double step(String name) {
    return name.equals("spot") ? 0.2 : 1e-3;
  }

  private static Map<String, Double> point() {
    Map<String, Double> point = new HashMap<>(PARAMETERS);
    point.put("T", 1.0);
    return point;
  }

  private static double first(Formula formula, String name) {
    return slope(h -> at(formula, moved(point(), name, h)), step(name));
  }

  private static double second(Formula formula, String name, String other) {
    return slope(
        g -> slope(h -> at(formula, moved(moved(point(), name, h), other, g)), step(name)),
        step(other));
  }

  private static Solver call() {
    return blackScholes().claim(CONTRACTS.european("claim", OptionType.CALL, STRIKE, 1));
  }

  private static Solver digital() {
    return blackScholes().claim(CONTRACTS.digital("claim", OptionType.CALL, STRIKE, 10, 1));
  }

  private static void assertFirst(Solution solution, Formula formula) {
    for (String name : List.of("spot", "sigma", "r", "q")) {
      assertThat(errors(solution.derivative("claim", name), first(formula, name)))
          .as(name)
          .isLessThan(4);
    }
    assertThat(errors(solution.theta("claim"), -first(formula, "T"))).as("theta").isLessThan(4);
  }

  private static void assertSecond(Solution solution, Formula formula) {
    for (String other : List.of("spot", "sigma", "r")) {
      assertThat(errors(solution.second("claim", "spot", other), second(formula, "spot", other)))
          .as(other)
          .isLessThan(4);
    }
    assertThat(
            errors(solution.second("claim", "sigma", "sigma"), second(formula, "sigma", "sigma")))
        .as("volga")
        .isLessThan(4);
  }

  private static Solver all(Solver solver, SensitivityMethod method) {
    return solver
        .sensitivity(method)
        .gradient("spot", "sigma", "r", "q")
        .theta()
        .secondOrder("spot", "spot", "sigma", "r")
        .secondOrder("sigma", "sigma");
  }

  @ParameterizedTest
  @EnumSource(
      value = GradientMethod.class,
      names = {"STORED", "TANGENT"})
  void conditionalMeansGiveAllGreeksOfACall(GradientMethod method) {
    Solution solution = all(call().gradientMethod(method), CONDITIONAL).solve(PATHS);
    assertFirst(solution, SensitivityTest::call);
    assertSecond(solution, SensitivityTest::call);
    assertThat(errors(solution.value("claim"), call(MARKET, 1))).isLessThan(4);
    assertThat(solution.derivatives().claims().get(0).method()).isEqualTo("conditional");
  }

  @ParameterizedTest
  @EnumSource(
      value = GradientMethod.class,
      names = {"STORED", "TANGENT"})
  void conditionalMeansGiveAllGreeksOfADigital(GradientMethod method) {
    Solution solution = all(digital().gradientMethod(method), CONDITIONAL).solve(PATHS);
    assertFirst(solution, SensitivityTest::digital);
    assertSecond(solution, SensitivityTest::digital);
  }

  @ParameterizedTest
  @EnumSource(
      value = GradientMethod.class,
      names = {"STORED", "TANGENT"})
  void likelihoodRatiosGiveAllGreeksOfACall(GradientMethod method) {
    Solution solution = all(call().gradientMethod(method), RATIO).solve(PATHS);
    assertFirst(solution, SensitivityTest::call);
    assertSecond(solution, SensitivityTest::call);
    assertThat(solution.derivatives().claims().get(0).method()).isEqualTo("likelihood-ratio");
  }

  @Test
  void likelihoodRatiosGiveTheFirstGreeksOfADigital() {
    Solution solution =
        digital().sensitivity(RATIO).gradient("spot", "sigma", "r", "q").theta().solve(PATHS);
    assertFirst(solution, SensitivityTest::digital);
  }

  @ParameterizedTest
  @EnumSource(
      value = GradientMethod.class,
      names = {"STORED", "TANGENT"})
  void likelihoodRatiosGiveTheSecondGreeksOfADigital(GradientMethod method) {
    Solution solution =
        digital()
            .step(1)
            .gradientMethod(method)
            .sensitivity(RATIO)
            .secondOrder("spot", "spot", "sigma", "r")
            .secondOrder("sigma", "sigma")
            .solve(PATHS);
    assertSecond(solution, SensitivityTest::digital);
    Solution steps =
        digital().sensitivity(RATIO).secondOrder("sigma", "sigma", "spot").solve(PATHS);
    assertThat(
            errors(
                steps.second("claim", "sigma", "sigma"),
                second(SensitivityTest::digital, "sigma", "sigma")))
        .isLessThan(4);
    assertThat(
            errors(
                steps.second("claim", "sigma", "spot"),
                second(SensitivityTest::digital, "sigma", "spot")))
        .isLessThan(4);
  }

  @Test
  void pathwiseThetaAndFirstGreeksOfACall() {
    assertFirst(
        call().gradient("spot", "sigma", "r", "q").theta().solve(PATHS), SensitivityTest::call);
  }

  /** The bias of 1 % in the strike, of some 1e-4 relative, lies within the bound. */
  @Test
  void smoothingGivesTheGreeksOfADigitalUpToItsBias() {
    Solution solution = all(digital(), new SensitivityMethod.Smoothing(0.01)).solve(PATHS);
    assertFirst(solution, SensitivityTest::digital);
    assertSecond(solution, SensitivityTest::digital);
    assertThat(solution.derivatives().claims().get(0).note()).contains("width = 0.01");
  }

  @Test
  void antitheticPairsAndWeightedPathsKeepTheGreeks() {
    for (SensitivityMethod method : List.of(CONDITIONAL, RATIO)) {
      for (Estimator estimator :
          List.of(new Estimator.Antithetic(), new Estimator.Importance(List.of(0.4)))) {
        Solution solution =
            call()
                .estimator(estimator)
                .pilotPaths(512)
                .sensitivity(method)
                .gradient("spot", "sigma")
                .secondOrder("spot", "spot")
                .solve(PATHS);
        assertThat(
                errors(
                    solution.derivative("claim", "sigma"), first(SensitivityTest::call, "sigma")))
            .isLessThan(4);
        assertThat(
                errors(
                    solution.second("claim", "spot", "spot"),
                    second(SensitivityTest::call, "spot", "spot")))
            .isLessThan(4);
      }
    }
  }

  @Test
  void likelihoodRatiosGiveDeltaAndVegaOfAMonitoredBarrier() {
    Solver solver =
        blackScholes()
            .claim(CONTRACTS.barrier("claim", OptionType.CALL, 95, 1, BarrierType.DOWN_OUT, 90, 4));
    Solution ratio = solver.sensitivity(RATIO).gradient("spot", "sigma").solve(PATHS);
    Map<String, Double> differences = new HashMap<>();
    for (String name : List.of("spot", "sigma")) {
      double h = name.equals("spot") ? 2 : 0.02;
      double[] values = new double[2];
      for (int side = 0; side < 2; side++) {
        values[side] =
            blackScholes()
                .claim(
                    CONTRACTS.barrier("claim", OptionType.CALL, 95, 1, BarrierType.DOWN_OUT, 90, 4))
                .parameters(moved(PARAMETERS, name, side == 0 ? h : -h))
                .solve(100_000)
                .value("claim")
                .mean();
      }
      differences.put(name, (values[0] - values[1]) / (2 * h));
    }
    // the differences' own error and bias are below one standard error of the ratio's
    differences.forEach(
        (name, difference) ->
            assertThat(errors(ratio.derivative("claim", name), difference)).as(name).isLessThan(5));
    Solution smooth =
        blackScholes()
            .claim(CONTRACTS.barrier("claim", OptionType.CALL, 95, 1, BarrierType.DOWN_OUT, 90, 4))
            .sensitivity(new SensitivityMethod.Smoothing(0.01))
            .gradient("spot", "sigma")
            .solve(PATHS);
    differences.forEach(
        (name, difference) ->
            assertThat(smooth.derivative("claim", name).mean())
                .as(name)
                .isCloseTo(
                    difference,
                    within(
                        0.05 * Math.abs(difference)
                            + 5 * smooth.derivative("claim", name).standardError())));
  }

  @Test
  void anIndicatorBeforeTheLastStepHasNoConditionalMean() {
    Expr price = sde("black-scholes").observables().get("S");
    Functional above =
        new Functional("above", 0, price.above(Expr.of(100)).plus(Functional.VALUE.times(0)));
    Claim claim =
        new Claim(
            "claim",
            "started",
            price.minus(STRIKE).max(0).times(Output.slot(0)),
            false,
            1,
            List.of(new Watch(above, List.of(0.5), List.of(Map.of()))),
            Map.of(),
            false);
    assertThatThrownBy(
            () -> blackScholes().claim(claim).sensitivity(CONDITIONAL).gradient("spot").plan())
        .hasMessageContaining("a functional it reads jumps before the last step");
    Solution smooth =
        blackScholes()
            .claim(claim)
            .sensitivity(new SensitivityMethod.Smoothing(0.01))
            .gradient("spot")
            .solve(PATHS);
    Solution ratio = blackScholes().claim(claim).sensitivity(RATIO).gradient("spot").solve(PATHS);
    Moments expected = ratio.derivative("claim", "spot");
    assertThat(smooth.derivative("claim", "spot").mean())
        .isCloseTo(
            expected.mean(),
            within(
                4
                    * (expected.standardError()
                        + smooth.derivative("claim", "spot").standardError())));
  }

  @Test
  void aJumpHasNoPathwiseDerivative() {
    assertThatThrownBy(() -> digital().gradient("spot").plan())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("claim claim has no derivative by sensitivity method pathwise")
        .hasMessageContaining("its value jumps")
        .hasMessageContaining("conditional, likelihood-ratio, smoothing");
  }

  @Test
  void aJumpBesideSmoothClaimsIsLeftOutAndSaysSoWhenAsked() {
    Solution solution =
        digital()
            .claim(CONTRACTS.european("call", OptionType.CALL, STRIKE, 1))
            .gradient("spot")
            .solve(1_000);
    assertThat(solution.derivative("call", "spot").mean()).isPositive();
    assertThatThrownBy(() -> solution.derivative("claim", "spot"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its value jumps")
        .hasMessageContaining("conditional, likelihood-ratio, smoothing");
  }

  @Test
  void aKinkHasNoPathwiseSecondDerivative() {
    assertThatThrownBy(() -> call().secondOrder("spot", "spot").plan())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has a kink")
        .hasMessageContaining("conditional, likelihood-ratio, smoothing");
  }

  @Test
  void aSmoothClaimIsDifferentiatedTwiceByPath() {
    for (GradientMethod method : List.of(GradientMethod.STORED, GradientMethod.TANGENT)) {
      Solver solver =
          blackScholes()
              .gradientMethod(method)
              .claim(
                  Claim.value(
                      "claim", sde("black-scholes").observables().get("S").log().square(), 1))
              .gradient("spot", "sigma")
              .secondOrder("spot", "spot", "sigma");
      Solution solution = solver.solve(2_000);
      for (String other : List.of("spot", "sigma")) {
        double h = 1e-4;
        double up =
            solver
                .parameters(moved(PARAMETERS, other, h))
                .solve(2_000)
                .derivative("claim", "spot")
                .mean();
        double down =
            solver
                .parameters(moved(PARAMETERS, other, -h))
                .solve(2_000)
                .derivative("claim", "spot")
                .mean();
        double difference = (up - down) / (2 * h);
        assertThat(solution.second("claim", other, "spot").mean())
            .isCloseTo(difference, within(1e-6 * Math.abs(difference)));
        solver.parameters(PARAMETERS);
      }
    }
  }

  @Test
  void secondDerivativesOfConditionalMeansAreDifferencesOfFirstOnes() {
    Solver solver = all(digital(), CONDITIONAL);
    Solution solution = solver.solve(1_000);
    for (String other : List.of("spot", "sigma", "r")) {
      double h = other.equals("spot") ? 1e-3 : 1e-5;
      double up =
          solver
              .parameters(moved(PARAMETERS, other, h))
              .solve(1_000)
              .derivative("claim", "spot")
              .mean();
      double down =
          solver
              .parameters(moved(PARAMETERS, other, -h))
              .solve(1_000)
              .derivative("claim", "spot")
              .mean();
      solver.parameters(PARAMETERS);
      double difference = (up - down) / (2 * h);
      assertThat(solution.second("claim", "spot", other).mean())
          .as(other)
          .isCloseTo(difference, within(1e-6 * Math.abs(difference)));
    }
  }

  @Test
  void anAverageIsPathwiseWhereItHasNoConditionalMean() {
    Solution solution =
        blackScholes()
            .claim(CONTRACTS.asian("claim", OptionType.CALL, Averaging.ARITHMETIC, 100, 1, 4))
            .sensitivity(CONDITIONAL)
            .gradient("spot")
            .solve(1_000);
    assertThat(solution.derivatives().claims().get(0).method()).isEqualTo("pathwise");
    assertThat(solution.derivatives().claims().get(0).note())
        .contains("mean takes in the last step too");
  }
}
