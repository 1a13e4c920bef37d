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
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.OptionType;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Statistical bounds are five standard errors: a false alarm once in 1.7 million seeds. */
class AntitheticTest {
  private static final Estimator ANTITHETIC = new Estimator.Antithetic();

  private static Solver calls() {
    Contracts contracts = contracts("black-scholes");
    return blackScholes()
        .claim(contracts.european("call", OptionType.CALL, 105, 1))
        .claim(contracts.digital("digital", OptionType.PUT, 95, 10, 0.5))
        .claim(contracts.asian("asian", OptionType.CALL, Averaging.GEOMETRIC, 100, 1, 4));
  }

  @Test
  void pairsAreUnbiasedWithHonestErrors() {
    Solution pairs = calls().estimator(ANTITHETIC).gradient("spot", "sigma").solve(40_000);
    assertThat(pairs.paths()).isEqualTo(40_000);
    assertThat(pairs.value("call").count()).isEqualTo(20_000);
    var call = MARKET.european(EuropeanOption.call(105), 1);
    assertThat(errors(pairs.value("call"), call.price())).isLessThan(5);
    assertThat(errors(pairs.derivative("call", "spot"), call.delta())).isLessThan(5);
    assertThat(errors(pairs.derivative("call", "sigma"), call.vega())).isLessThan(5);
    assertThat(
            errors(pairs.value("digital"), MARKET.digital(EuropeanOption.put(95), 10, 0.5).price()))
        .isLessThan(5);
    assertThat(
            errors(
                pairs.value("asian"),
                MARKET.geometricAsian(EuropeanOption.call(100), 4, 1).price()))
        .isLessThan(5);
  }

  @Test
  void aMonotonePayoffHasLessThanHalfTheVarianceAPair() {
    Solution pairs = calls().estimator(ANTITHETIC).solve(40_000);
    Solution plain = calls().solve(40_000);
    for (String claim : new String[] {"call", "digital", "asian"}) {
      assertThat(plain.value(claim).variance() / pairs.value(claim).variance())
          .as(claim)
          .isGreaterThan(2);
    }
  }

  @Test
  void aLinearFunctionOfTheNormalsHasNoVarianceLeft() {
    Solver log =
        blackScholes()
            .claim(
                io.pathwise.payoff.Claim.value(
                    "log", EstimatorFixture.sde("black-scholes").state().get(0), 1))
            .estimator(ANTITHETIC);
    assertThat(log.solve(2_000).value("log").variance()).isLessThan(1e-25);
  }

  @Test
  void aPairIsTheMeanOfAPathAndItsMirrorImage() {
    Contracts contracts = contracts("heston");
    Solver solver =
        heston()
            .claim(contracts.asian("asian", OptionType.CALL, Averaging.ARITHMETIC, 95, 1, 5))
            .claim(
                contracts.barrier(
                    "barrier", OptionType.CALL, 100, 0.8, BarrierType.DOWN_OUT, 90, 8))
            .companion();
    SimulationPlan plain = solver.plan();
    SimulationPlan pairs = solver.estimator(ANTITHETIC).plan();
    for (boolean fine : new boolean[] {true, false}) {
      PathRun one = fine ? plain.fine() : plain.coarse().orElseThrow();
      PathRun two = fine ? pairs.fine() : pairs.coarse().orElseThrow();
      PathReplay single = new PathReplay(one);
      PathReplay both = new PathReplay(two);
      for (long path = 0; path < 20; path++) {
        PathReplay.NormalSource normals = single.normalsOf(path);
        double[] there = single.outputs(single.states(normals));
        double[] back = single.outputs(single.states((k, c) -> -normals.normal(k, c)));
        double[] mean = both.outputs(both.states(both.normalsOf(path)));
        for (int o = 0; o < mean.length; o++) {
          double expected = (there[o] + back[o]) * 0.5;
          assertThat(mean[o]).isCloseTo(expected, within(1e-13 * Math.abs(expected)));
        }
      }
    }
  }

  @Test
  void derivativesAreThoseOfFiniteDifferencesOnTheSameNoise() {
    String[] names = {"spot", "xi", "rho", "v0"};
    Contracts contracts = contracts("heston");
    Solver solver =
        heston()
            .parameters(EstimatorFixture.CALM)
            .claim(contracts.asian("asian", OptionType.CALL, Averaging.ARITHMETIC, 60, 1, 5))
            .estimator(ANTITHETIC);
    EstimatorFixture.assertDerivatives(solver, EstimatorFixture.CALM, "asian", names);
  }

  /** Fifty estimates spread as their standard errors say: chi-squared, 5 standard errors. */
  @Test
  void standardErrorsAreHonestOverFiftySeeds() {
    double truth = MARKET.european(EuropeanOption.call(105), 1).price();
    double squares = 0;
    for (int seed = 1; seed <= 50; seed++) {
      Moments call = calls().estimator(ANTITHETIC).seed(seed).solve(4_096).value("call");
      squares += Math.pow(errors(call, truth), 2);
    }
    assertThat(squares / 50).isCloseTo(1, within(5 * Math.sqrt(2.0 / 50)));
  }

  @Test
  void theThreadsDoNotReachTheNumbers() {
    Map<Integer, Moments> values = new HashMap<>();
    for (int threads : new int[] {1, 3}) {
      values.put(
          threads, calls().estimator(ANTITHETIC).threads(threads).solve(20_000).value("asian"));
    }
    assertThat(values.get(3)).isEqualTo(values.get(1));
  }

  @Test
  void anOddNumberOfPathsAndObservationsAreRefused() {
    assertThatThrownBy(() -> calls().estimator(ANTITHETIC).solve(1_001))
        .hasMessageContaining("paths = 1001 with antithetic paths, expected an even number");
    assertThatThrownBy(() -> calls().estimator(ANTITHETIC).observe("S", 1).solve(1_000))
        .hasMessageContaining("observations with antithetic paths");
  }
}
