package io.pathwise.solve;

import static io.pathwise.solve.EstimatorFixture.MARKET;
import static io.pathwise.solve.EstimatorFixture.blackScholes;
import static io.pathwise.solve.EstimatorFixture.contracts;
import static io.pathwise.solve.EstimatorFixture.errors;
import static io.pathwise.solve.EstimatorFixture.heston;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.estimate.Moments;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.model.analytic.HestonAnalytic;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.OptionType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Statistical bounds are five standard errors: a false alarm once in 1.7 million seeds. */
class ImportanceSamplingTest {
  private static final Contracts CONTRACTS = contracts("black-scholes");

  private static Solver deep() {
    return blackScholes()
        .claim(CONTRACTS.european("call", OptionType.CALL, 180, 1))
        .claim(CONTRACTS.digital("digital", OptionType.PUT, 60, 1, 1));
  }

  @Test
  void aDeepOutOfTheMoneyCallHasMoreThanTwentyTimesLessVariance() {
    double truth = MARKET.european(EuropeanOption.call(180), 1).price();
    Solution solution =
        deep().estimator(new Estimator.ImportanceFor("call")).gradient("sigma").solve(40_000);
    Moments value = solution.value("call");
    assertThat(errors(value, truth)).isLessThan(5);
    assertThat(
            errors(
                solution.derivative("call", "sigma"),
                MARKET.european(EuropeanOption.call(180), 1).vega()))
        .isLessThan(5);
    Moments plain = deep().solve(1_000_000).value("call");
    double ratio = plain.variance() / value.variance();
    assertThat(ratio).isGreaterThan(20);
    assertThat(solution.prepared().varianceRatios().get("call") / ratio)
        .as("what the pilot promised")
        .isBetween(0.5, 2.0);
    assertThat(((Estimator.Importance) solution.prepared().estimator()).theta().get(0))
        .as("a drift towards the strike, 2.9 standard deviations away")
        .isBetween(2.5, 4.0);
  }

  @Test
  void aDigitalThatHardlyAnyPathReachesIsPricedToo() {
    double truth = MARKET.digital(EuropeanOption.put(60), 1, 1).price();
    Moments value =
        deep().estimator(new Estimator.ImportanceFor("digital")).solve(40_000).value("digital");
    assertThat(errors(value, truth)).isLessThan(5);
    double plain = truth * (MARKET.discountFactor(1) - truth);
    assertThat(plain / value.variance()).isGreaterThan(20);
    assertThat(value.standardError() / truth).isLessThan(0.02);
  }

  @Test
  void theMeanOfTheWeightIsOneAndGivenDriftsAreUnbiased() {
    for (double theta : new double[] {-0.7, 0.4, 1.5}) {
      Solution solution =
          blackScholes()
              .claim(CONTRACTS.european("call", OptionType.CALL, 100, 1))
              .claim(CONTRACTS.asian("asian", OptionType.PUT, Averaging.GEOMETRIC, 100, 1, 4))
              .claim(io.pathwise.payoff.Claim.value("one", io.pathwise.expr.Expr.ONE, 0.5))
              .estimator(new Estimator.Importance(List.of(theta)))
              .solve(40_000);
      assertThat(errors(solution.value("one"), 1)).isLessThan(5);
      assertThat(solution.value("one").variance())
          .as("exp(theta^2 t) - 1")
          .isCloseTo(Math.expm1(theta * theta * 0.5), within(0.25 * Math.exp(theta * theta)));
      assertThat(
              errors(solution.value("call"), MARKET.european(EuropeanOption.call(100), 1).price()))
          .isLessThan(5);
      assertThat(
              errors(
                  solution.value("asian"),
                  MARKET.geometricAsian(EuropeanOption.put(100), 4, 1).price()))
          .isLessThan(5);
    }
  }

  /** Two channels, of which the second matters through the correlation alone. */
  @Test
  void aDriftOfSeveralChannelsIsFoundUnderHeston() {
    Contracts contracts = contracts("heston");
    Solver solver = heston().step(0.02).claim(contracts.european("put", OptionType.PUT, 50, 1));
    Moments plain = solver.solve(100_000).value("put");
    Solution solution = solver.estimator(new Estimator.ImportanceFor("put")).solve(20_000);
    Moments value = solution.value("put");
    double truth =
        new HestonAnalytic(0.04, 1.5, 0.06, 0.5, -0.7)
            .priceAtSpot(EuropeanOption.put(50), 100, 0.03, 0.01, 1)
            .price();
    assertThat(plain.variance() / value.variance()).isGreaterThan(5);
    assertThat(Math.abs(value.mean() - plain.mean()))
        .isLessThan(5 * Math.hypot(plain.standardError(), value.standardError()));
    assertThat(value.mean())
        .as("but for the bias of the step")
        .isCloseTo(truth, within(0.1 * truth));
  }

  @Test
  void theCompanionAtTwiceTheStepIsWeightedToo() {
    Solution solution =
        blackScholes()
            .claim(CONTRACTS.european("call", OptionType.CALL, 150, 1))
            .estimator(new Estimator.Importance(List.of(2.0)))
            .companion()
            .solve(20_000);
    Moments twice = solution.atTwiceTheStep("call").orElseThrow();
    assertThat(twice.mean())
        .as("log S is exact at any step")
        .isCloseTo(solution.value("call").mean(), within(1e-11));
  }

  @Test
  void derivativesAreThoseOfFiniteDifferencesOnTheSameNoise() {
    Contracts contracts = contracts("heston");
    Solver solver =
        heston()
            .parameters(EstimatorFixture.CALM)
            .claim(contracts.asian("asian", OptionType.CALL, Averaging.ARITHMETIC, 60, 1, 5))
            .pilotPaths(512)
            .estimator(new Estimator.Importance(List.of(0.3, -0.2)));
    EstimatorFixture.assertDerivatives(
        solver, EstimatorFixture.CALM, "asian", "spot", "xi", "rho", "kappa");
  }

  /** Fifty estimates spread as their standard errors say: chi-squared, 5 standard errors. */
  @Test
  void standardErrorsAreHonestOverFiftySeeds() {
    double truth = MARKET.european(EuropeanOption.call(180), 1).price();
    double squares = 0;
    for (int seed = 1; seed <= 50; seed++) {
      Moments call =
          deep()
              .estimator(new Estimator.Importance(List.of(3.2)))
              .pilotPaths(512)
              .seed(seed)
              .solve(4_096)
              .value("call");
      squares += Math.pow(errors(call, truth), 2);
    }
    assertThat(squares / 50).isCloseTo(1, within(5 * Math.sqrt(2.0 / 50)));
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThatThrownBy(
            () -> deep().estimator(new Estimator.Importance(List.of(1.0, 2.0))).solve(1_000))
        .hasMessageContaining("theta = [1.0, 2.0], expected one number a channel, 1");
    assertThatThrownBy(() -> deep().estimator(new Estimator.ImportanceFor("put")).solve(1_000))
        .hasMessageContaining("a drift for claim put, expected one of [");
    assertThatThrownBy(
            () -> deep().estimator(new Estimator.ImportanceFor("call")).observe("S", 1).solve(9))
        .hasMessageContaining("observations with importance sampling");
    assertThatThrownBy(
            () ->
                blackScholes()
                    .claim(CONTRACTS.digital("never", OptionType.PUT, 1e-9, 1, 1))
                    .estimator(new Estimator.ImportanceFor("never"))
                    .solve(1_000))
        .hasMessageContaining("is 0 on every straight path within 8.0 standard deviations");
  }
}
