package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Leaf;
import io.pathwise.model.Catalogue;
import io.pathwise.model.analytic.BlackScholes;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.BridgeCrossing;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.OptionType;
import io.pathwise.payoff.Output;
import io.pathwise.payoff.Watch;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Functionals that are updated after every step. Statistical bounds are five standard errors: a
 * false alarm once in 1.7 million seeds; the seeds are fixed.
 */
class EveryStepWatchTest {
  private static final Sde SDE = Catalogue.find("black-scholes").orElseThrow().sde(Set.of());
  private static final Map<String, Double> PARAMETERS =
      Map.of("spot", 100.0, "r", 0.03, "q", 0.01, "sigma", 0.25);
  private static final double EXPIRY = 0.75;

  private static Watch survival(double barrier) {
    Functional inside =
        BridgeCrossing.survival(
            "inside",
            Functional.previous(1).get(0),
            Sde.state(1).get(0),
            Expr.param("sigma").square());
    return Watch.everyStep(
        inside, Map.of("level", Math.log(barrier), "direction", barrier < 100 ? 1.0 : -1.0));
  }

  private static Claim downOut(String id, double barrier, double strike) {
    Expr payoff = SDE.observables().get("S").minus(Expr.leaf(Leaf.STEP, "strike")).max(0);
    return new Claim(
        id,
        "continuousBarrier",
        payoff.times(Output.slot(0)).times(Expr.param("r").times(-EXPIRY).exp()),
        true,
        EXPIRY,
        List.of(survival(barrier)),
        Map.of("strike", strike),
        true);
  }

  private static Solver solver() {
    return Solver.of(SDE).parameters(PARAMETERS).seed(5).step(EXPIRY / 3);
  }

  private static double exact(BarrierType kind, double barrier, double strike) {
    return new BlackScholes(100, 0.03, 0.01, 0.25)
        .barrier(kind, new EuropeanOption(OptionType.CALL, strike), barrier, EXPIRY);
  }

  @Test
  void aContinuouslyWatchedBarrierHasItsClosedFormValueAtAnyStep() {
    Solution solution =
        solver()
            .claims(List.of(downOut("down", 90, 104), downOut("up", 130, 95)))
            .companion()
            .solve(100_000);
    for (Moments estimate :
        List.of(solution.value("down"), solution.atTwiceTheStep("down").orElseThrow())) {
      assertThat(estimate.mean())
          .isCloseTo(
              exact(BarrierType.DOWN_OUT, 90, 104), within(5 * estimate.standardError()));
    }
    assertThat(solution.value("up").mean())
        .isCloseTo(
            exact(BarrierType.UP_OUT, 130, 95), within(5 * solution.value("up").standardError()));
  }

  @Test
  void aFunctionalOfEveryStepMayStandBesideOneOfDates() {
    Functional last =
        new Functional("last", 0, Sde.state(1).get(0).minus(Functional.VALUE.times(0)));
    Functional steps = new Functional("steps", 0, Functional.VALUE.plus(Functional.DT));
    Claim both =
        new Claim(
            "both",
            "both",
            Output.slot(0).times(1000).plus(Output.slot(1)),
            true,
            EXPIRY,
            List.of(
                Watch.everyStep(steps, Map.of()),
                new Watch(last, List.of(EXPIRY), List.of(Map.of()))),
            Map.of(),
            true);
    Claim x = Claim.value("x", Sde.state(1).get(0), EXPIRY);
    Solution solution = solver().claim(both).claim(x).solve(10);
    assertThat(solution.value("both").mean())
        .isCloseTo(
            1000 * EXPIRY + solution.value("x").mean(), within(1e-9));
  }

  @Test
  void aPathHasTheBitsOfItsReplay() {
    SimulationPlan plan = solver().claim(downOut("down", 90, 104)).plan();
    double[] captured = new double[600];
    new CpuExecutor()
        .open(plan.fine())
        .run(
            new Shard(0, 0, 600),
            (output, paths, values, n) -> System.arraycopy(values, 0, captured, 0, n));
    PathReplay replay = new PathReplay(plan.fine());
    for (int path : new int[] {0, 17, 511, 512, 599}) {
      double[] values = replay.outputs(replay.states(replay.normalsOf(path)));
      assertThat(captured[path]).isEqualTo(values[0]);
    }
  }

  @Test
  void theDerivativeOfABarrierWithCrossingProbabilityMatchesFiniteDifferences() {
    for (String parameter : List.of("spot", "sigma")) {
      double h = 1e-5 * PARAMETERS.get(parameter);
      double difference =
          (moved(parameter, h).value("down").mean() - moved(parameter, -h).value("down").mean())
              / (2 * h);
      double adjoint = moved(parameter, 0).derivative("down", parameter).mean();
      assertThat(adjoint).isCloseTo(difference, within(1e-5 * Math.abs(difference)));
    }
  }

  private static Solution moved(String parameter, double by) {
    return solver()
        .parameters(Map.of(parameter, PARAMETERS.get(parameter) + by))
        .claim(downOut("down", 90, 104))
        .gradient(parameter)
        .solve(512);
  }

  @Test
  void everyStepIsNoListOfTimes() {
    Functional steps = new Functional("steps", 0, Functional.VALUE.plus(1));
    assertThatThrownBy(() -> new Watch(steps, List.of(1.0), List.of(Map.of()), true))
        .hasMessageContaining("steps: 1 inputs for every step and 1 times");
  }
}
