package io.pathwise.adjoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.estimate.Moments;
import io.pathwise.model.analytic.BlackScholes;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.model.analytic.EuropeanValue;
import io.pathwise.model.analytic.HestonSpotPrice;
import io.pathwise.payoff.OptionType;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Standard errors mean what they say: over 200 seeds the interval of 95 % holds the closed form in
 * between 184 and 196, and the mean of the squared standard errors is the variance of the
 * estimates. A right interval misses that band once in 20 times, which the fixed seeds rule out.
 */
class StandardErrorTest {
  private static final int SEEDS = 200;
  private static final EuropeanOption CALL = new EuropeanOption(OptionType.CALL, 100);

  /** How often an interval held the truth, and the moments of estimates and standard errors. */
  private static final class Coverage {
    private final double truth;
    private int held;
    private double sum;
    private double squares;
    private double variances;

    Coverage(double truth) {
      this.truth = truth;
    }

    void add(Moments estimate) {
      double error = estimate.mean() - truth;
      held += Math.abs(error) <= 1.959964 * estimate.standardError() ? 1 : 0;
      sum += error;
      squares += error * error;
      variances += estimate.standardError() * estimate.standardError();
    }

    void check(String what) {
      assertThat(held).as("intervals of %s that hold %s", what, truth).isBetween(184, 196);
      double variance = (squares - sum * sum / SEEDS) / (SEEDS - 1);
      // The ratio has the standard deviation sqrt(2 / 199) = 0.1.
      assertThat(variances / SEEDS / variance).as("variance of %s", what).isBetween(0.5, 1.5);
    }
  }

  /** A number that a solution estimates. */
  private interface Estimate {
    Moments of(Solution solution);
  }

  private static void check(
      Solver solver, long paths, Map<String, Double> truths, Map<String, Estimate> estimates) {
    Map<String, Coverage> coverages = new TreeMap<>();
    truths.forEach((what, truth) -> coverages.put(what, new Coverage(truth)));
    for (int seed = 1; seed <= SEEDS; seed++) {
      Solution solution = solver.seed(seed).solve(paths);
      coverages.forEach((what, coverage) -> coverage.add(estimates.get(what).of(solution)));
    }
    coverages.forEach((what, coverage) -> coverage.check(what));
  }

  private static Estimate derivative(String parameter) {
    return solution -> solution.derivative("call", parameter);
  }

  @Test
  void intervalsOfBlackScholesValuesDeltasAndVegasHoldTheTruthInNinetyFivePercent() {
    EuropeanValue exact =
        new BlackScholes(Greeks.SPOT, Greeks.R, Greeks.Q, Greeks.SIGMA).european(CALL, 1);
    check(
        Greeks.blackScholes()
            .threads(1)
            .gradient("spot", "sigma")
            .claim(
                Greeks.contracts(Greeks.sde("black-scholes"))
                    .european("call", CALL.type(), 100, 1)),
        1_000,
        Map.of("value", exact.price(), "delta", exact.delta(), "vega", exact.vega()),
        Map.of(
            "value",
            solution -> solution.value("call"),
            "delta",
            derivative("spot"),
            "vega",
            derivative("sigma")));
  }

  @Test
  void intervalsOfHestonSensitivitiesHoldTheTruthInNinetyFivePercent() {
    HestonSpotPrice exact =
        Greeks.analytic(Greeks.TRUNCATED).priceAtSpot(CALL, Greeks.SPOT, Greeks.R, Greeks.Q, 1);
    check(
        Greeks.heston(Greeks.TRUNCATED, "heston-qe", 1.0 / 8)
            .threads(1)
            .gradient("theta", "xi", "rho")
            .claim(Greeks.contracts(Greeks.sde("heston")).european("call", CALL.type(), 100, 1)),
        1_000,
        Map.of(
            "value", exact.price(), "theta", exact.theta(), "xi", exact.xi(), "rho", exact.rho()),
        Map.of(
            "value",
            solution -> solution.value("call"),
            "theta",
            derivative("theta"),
            "xi",
            derivative("xi"),
            "rho",
            derivative("rho")));
  }

  @Test
  void intervalsOfSecondDerivativesHoldTheTruthInNinetyFivePercent() {
    EuropeanValue exact =
        new BlackScholes(Greeks.SPOT, Greeks.R, Greeks.Q, Greeks.SIGMA).european(CALL, 1);
    check(
        Greeks.blackScholes()
            .step(0.25)
            .threads(1)
            .sensitivity(new SensitivityMethod.Conditional())
            .secondOrder("spot", "spot", "sigma")
            .theta()
            .claim(
                Greeks.contracts(Greeks.sde("black-scholes"))
                    .european("call", CALL.type(), 100, 1)),
        500,
        Map.of("gamma", exact.gamma(), "vanna", exact.vanna(), "theta", exact.theta()),
        Map.of(
            "gamma",
            solution -> solution.second("call", "spot", "spot"),
            "vanna",
            solution -> solution.second("call", "spot", "sigma"),
            "theta",
            solution -> solution.theta("call")));
  }
}
