package io.pathwise.solve;

import static io.pathwise.solve.EstimatorFixture.contracts;
import static io.pathwise.solve.EstimatorFixture.heston;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.estimate.LevelStatistics;
import io.pathwise.estimate.MultilevelRates;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.model.analytic.BlackScholes;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.JumpTerm;
import io.pathwise.sde.Marks;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Statistical bounds are five standard errors: a false alarm once in 1.7 million seeds. */
class MultilevelTest {
  private static final BlackScholes MARKET = new BlackScholes(100, 0.05, 0, 0.2);

  /** Geometric Brownian motion in S itself, where a step has an error. */
  private static final Sde GBM =
      Sde.ito("gbm")
          .parameters("spot", "r", "sigma")
          .state("S", Expr.param("spot"))
          .drift((t, y) -> y.times(Expr.param("r")))
          .diagonal((t, y) -> y.times(Expr.param("sigma")));

  private static final Contracts CONTRACTS =
      new Contracts(GBM.observables().get("S"), Discounting.rate(Expr.param("r")));

  private static Solver gbm(String scheme) {
    return Solver.of(GBM)
        .parameters(Map.of("spot", 100.0, "r", 0.05, "sigma", 0.2))
        .scheme(Schemes.find(scheme).orElseThrow())
        .step(0.5)
        .seed(21)
        .threads(2);
  }

  private static Solver call(String scheme) {
    return gbm(scheme).claim(CONTRACTS.european("call", OptionType.CALL, 100, 1));
  }

  @Test
  void theRatesOfACallAreThoseOfTheScheme() {
    MultilevelRates euler = Multilevel.of(call("euler")).study(6, 40_000).rates("call");
    assertThat(euler.beta()).as("twice the strong order 1/2").isCloseTo(1, within(0.15));
    assertThat(euler.alpha()).as("weak order 1").isCloseTo(1, within(0.25));
    assertThat(euler.gamma()).isCloseTo(1, within(1e-12));
    MultilevelRates milstein = Multilevel.of(call("milstein")).study(6, 40_000).rates("call");
    assertThat(milstein.beta()).as("twice the strong order 1").isCloseTo(2, within(0.15));
    assertThat(milstein.alpha()).as("weak order 1").isCloseTo(1, within(0.25));
  }

  @Test
  void levelsAreConsistentAndTheirKurtosisIsModest() {
    List<LevelStatistics> levels =
        Multilevel.of(call("milstein")).study(5, 40_000).statistics("call");
    assertThat(LevelStatistics.consistencies(levels)).allMatch(check -> check < 1);
    assertThat(levels).allMatch(level -> level.kurtosis() > 1 && level.kurtosis() < 100);
    assertThat(levels.get(0).cost()).isEqualTo(2);
    assertThat(levels.get(3).cost()).as("16 fine and 8 coarse steps").isEqualTo(24);
  }

  /** The mean square of twenty errors is chi-squared with 20 degrees of freedom. */
  @Test
  void theTargetIsMetInRepeatedRuns() {
    double truth = MARKET.european(EuropeanOption.call(100), 1).price();
    double target = 0.05;
    double squares = 0;
    for (int seed = 1; seed <= 20; seed++) {
      MultilevelSolution solution =
          Multilevel.of(call("milstein").seed(seed)).rmse(target).firstPaths(1_024).solve();
      MultilevelSolution.Estimate call = solution.value("call");
      assertThat(solution.converged()).isTrue();
      assertThat(call.standardError()).isLessThanOrEqualTo(target * Math.sqrt(0.75) * 1.01);
      assertThat(call.bias()).isLessThanOrEqualTo(target / 2);
      squares += Math.pow((call.mean() - truth) / target, 2);
    }
    assertThat(squares / 20).isLessThan(1 + 5 * Math.sqrt(2.0 / 20));
  }

  @Test
  void itCostsLessThanPlainMonteCarloAndMoreSoForSmallErrors() {
    MultilevelSolution rough = Multilevel.of(call("milstein")).rmse(0.1).solve();
    MultilevelSolution fine = Multilevel.of(call("milstein")).rmse(0.02).solve();
    assertThat(fine.levels()).isGreaterThan(rough.levels());
    assertThat(fine.plainCost("call") / fine.cost()).isGreaterThan(5);
    assertThat(fine.cost() / rough.cost()).as("rmse^-2 for beta > gamma").isLessThan(1.5 * 25);
  }

  @Test
  void severalClaimsOfDifferentDatesMeetTheTargetTogether() {
    MultilevelSolution solution =
        Multilevel.of(
                gbm("milstein")
                    .claim(CONTRACTS.european("early", OptionType.PUT, 95, 0.3))
                    .claim(
                        CONTRACTS.asian("asian", OptionType.CALL, Averaging.GEOMETRIC, 100, 1, 3)))
            .rmse(0.05)
            .solve();
    double early = MARKET.european(EuropeanOption.put(95), 0.3).price();
    double asian = MARKET.geometricAsian(EuropeanOption.call(100), 3, 1).price();
    assertThat(solution.value("early").mean()).isCloseTo(early, within(5 * 0.05));
    assertThat(solution.value("asian").mean()).isCloseTo(asian, within(5 * 0.05));
  }

  @Test
  void derivativesAreSumsOverLevels() {
    MultilevelSolution solution =
        Multilevel.of(call("milstein").gradient("spot", "sigma")).rmse(0.05).solve();
    var call = MARKET.european(EuropeanOption.call(100), 1);
    MultilevelSolution.Estimate delta = solution.derivative("call", "spot");
    assertThat(delta.mean()).isCloseTo(call.delta(), within(5 * delta.standardError() + 0.005));
    MultilevelSolution.Estimate vega = solution.derivative("call", "sigma");
    assertThat(vega.mean()).isCloseTo(call.vega(), within(5 * vega.standardError() + 0.5));
    assertThat(delta.standardError()).isLessThan(0.01);
    assertThatThrownBy(() -> solution.derivative("call", "r"))
        .hasMessageContaining("derivative of call in r, expected a smooth claim and one of [spot,");
  }

  @Test
  void derivativesAreThoseOfFiniteDifferencesOnTheSameNoise() {
    for (String name : List.of("spot", "sigma")) {
      double at = name.equals("spot") ? 100 : 0.2;
      List<Double> values = new ArrayList<>();
      for (double bump : new double[] {1e-5, -1e-5}) {
        Solver moved =
            gbm("euler")
                .claim(CONTRACTS.asian("asian", OptionType.CALL, Averaging.ARITHMETIC, 60, 1, 3))
                .parameters(Map.of(name, at + bump));
        values.add(Multilevel.of(moved).study(3, 1_000).value("asian").mean());
      }
      double difference = (values.get(0) - values.get(1)) / 2e-5;
      double derivative =
          Multilevel.of(
                  gbm("euler")
                      .claim(
                          CONTRACTS.asian("asian", OptionType.CALL, Averaging.ARITHMETIC, 60, 1, 3))
                      .gradient(name))
              .study(3, 1_000)
              .derivative("asian", name)
              .mean();
      assertThat(derivative).as(name).isCloseTo(difference, within(1e-6 * Math.abs(difference)));
    }
  }

  /** A path of a level is the plain replay on its two grids, fed the same normals. */
  @Test
  void aPathOfALevelIsTheFineAndTheCoarsePathOfTheSameNormals() {
    Solver solver =
        heston()
            .step(0.25)
            .claim(
                contracts("heston")
                    .asian("asian", OptionType.CALL, Averaging.ARITHMETIC, 95, 1, 2));
    SimulationRequest request = solver.request();
    LevelPlan levels = new LevelPlan(request, LevelPlan.coarsest(solver.plan()));
    PathRun level = levels.run(2);
    SimulationPlan both = solver.step(1.0 / 16).companion().plan();
    PathReplay joint = new PathReplay(level);
    PathReplay fine = new PathReplay(both.fine());
    PathReplay coarse = new PathReplay(both.coarse().orElseThrow());
    assertThat(level.schedule().steps()).isEqualTo(8);
    for (long path = 0; path < 10; path++) {
      PathReplay.NormalSource normals = joint.normalsOf(path);
      double[] outputs = joint.outputs(joint.states(normals));
      double payoff = fine.outputs(fine.states(normals))[0];
      double coarser = coarse.outputs(coarse.states(normals))[0];
      assertThat(outputs[LevelPlan.FINE]).isCloseTo(payoff, within(1e-12));
      assertThat(outputs[LevelPlan.DIFFERENCE]).isCloseTo(payoff - coarser, within(1e-12));
    }
  }

  @Test
  void termStructuresAreReadAtHalfSteps() {
    Sde sde =
        Sde.ito("gbm with a curve")
            .parameters("spot", "sigma")
            .state("S", Expr.param("spot"))
            .drift((t, y) -> y.times(Sde.curve("r")))
            .diagonal((t, y) -> y.times(Expr.param("sigma")).times(t.plus(1)));
    ZeroCurve curve = new ZeroCurve(new double[] {0.5, 1}, new double[] {0.01, 0.06});
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.curve(curve::discount));
    Solver solver =
        Solver.of(sde)
            .parameters(Map.of("spot", 100.0, "sigma", 0.1))
            .curves(Map.of("r", curve))
            .step(0.25)
            .threads(2)
            .claim(contracts.european("call", OptionType.CALL, 100, 1));
    List<LevelStatistics> levels = Multilevel.of(solver).study(3, 40_000).statistics("call");
    assertThat(LevelStatistics.consistencies(levels)).allMatch(check -> check < 1);
    for (LevelStatistics level : levels.subList(1, 4)) {
      double plain = solver.step(0.25 / (1 << level.level())).solve(40_000).value("call").mean();
      assertThat(level.fineMean()).isCloseTo(plain, within(0.5));
    }
  }

  @Test
  void theThreadsDoNotReachTheNumbers() {
    MultilevelSolution one = Multilevel.of(call("euler").threads(1)).rmse(0.1).solve();
    MultilevelSolution three = Multilevel.of(call("euler").threads(3)).rmse(0.1).solve();
    assertThat(three.value("call")).isEqualTo(one.value("call"));
    assertThat(three.statistics("call")).isEqualTo(one.statistics("call"));
  }

  @Test
  void aBiasThatTheFinestLevelLeavesIsSaid() {
    MultilevelSolution solution =
        Multilevel.of(call("euler")).rmse(0.01).firstPaths(20_000).mostLevel(2).solve();
    assertThat(solution.converged()).isFalse();
    assertThat(solution.levels()).isEqualTo(3);
    assertThat(solution.value("call").bias()).isGreaterThan(0.005);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThatThrownBy(() -> Multilevel.of(call("euler")).solve())
        .hasMessage("rmse = NaN, expected a number above 0");
    assertThatThrownBy(
            () ->
                Multilevel.of(call("euler").estimator(new Estimator.Antithetic())).rmse(1).solve())
        .hasMessageContaining("multilevel with another estimator");
    assertThatThrownBy(() -> Multilevel.of(call("euler").observe("S", 1)).rmse(1).solve())
        .hasMessageContaining("multilevel with observations");
    assertThatThrownBy(() -> Multilevel.of(call("euler")).rmse(1).mostLevel(1).solve())
        .hasMessageContaining("most level = 1, expected 2 to 20");
  }

  /** A rate that is 0 where the coarsest level looks: all jumps come from the finer ones. */
  @Test
  void levelsOfATimeDependentIntensityAgreeInLaw() {
    Expr hills = Sde.TIME.minus(0.25).times(Sde.TIME.minus(0.75)).square().times(500);
    Sde sde =
        Sde.ito("seasonal")
            .state("N", Expr.ZERO)
            .diffusion(NoiseType.ADDITIVE, (t, y) -> Expr.ZERO.reshape(Shape.matrix(1, 1)))
            .with(
                new JumpTerm(
                    "count",
                    hills,
                    new Marks.Deterministic(Expr.ONE),
                    Marks.MARK.reshape(Shape.vector(1))));
    Solver solver =
        Solver.of(sde).step(0.5).seed(22).claim(Claim.value("N", sde.observables().get("N"), 1));
    MultilevelSolution.Estimate number = Multilevel.of(solver).study(2, 8192).value("N");
    double finest = 0;
    for (int k = 0; k < 8; k++) {
      double t = (k + 0.5) / 8;
      finest += 500 * (t - 0.25) * (t - 0.75) * (t - 0.25) * (t - 0.75) / 8;
    }
    assertThat(number.mean()).isCloseTo(finest, within(5 * number.standardError()));
  }
}
