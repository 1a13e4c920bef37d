package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.adjoint.SensitivityMethod;
import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.model.Catalogue;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Derivatives in the nodes of curves against bumped curves on the same noise. */
class CurveGradientTest {
  private static final int PATHS = 300;
  private static final double BUMP = 1e-5;

  /** Nodes between steps, at steps, two of them within one step, and one beyond the end. */
  private static final ZeroCurve RATES =
      new ZeroCurve(
          new double[] {0.13, 0.25, 0.27, 0.6, 1.5}, new double[] {0.01, 0.02, 0.015, 0.03, 0.028});

  private static final ZeroCurve YIELDS = ZeroCurve.flat(0.01);

  private static ZeroCurve bumped(ZeroCurve curve, int node, double by) {
    double[] rates = curve.zeroRates();
    rates[node] += by;
    return new ZeroCurve(curve.times(), rates);
  }

  private static Solver blackScholes(Map<String, ZeroCurve> curves) {
    Sde sde = Catalogue.find("black-scholes").orElseThrow().sde(curves.keySet());
    ZeroCurve rates = curves.get("r");
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.curve("r", rates::discount));
    return Solver.of(sde)
        .parameters(Map.of("spot", 100.0, "sigma", 0.2))
        .curves(curves)
        .step(0.125)
        .threads(1)
        .claim(contracts.european("call", OptionType.CALL, 100, 1))
        .claim(contracts.european("early", OptionType.PUT, 105, 0.2))
        .claim(contracts.asian("asian", OptionType.CALL, Averaging.ARITHMETIC, 98, 1, 4))
        .claim(contracts.zeroCoupon("bond", 0.7));
  }

  private static Map<String, ZeroCurve> market() {
    return Map.of("r", RATES, "q", YIELDS);
  }

  private static void check(
      Function<Map<String, ZeroCurve>, Solver> solver,
      Map<String, ZeroCurve> curves,
      String curve,
      List<String> claims) {
    Solution solution = solver.apply(curves).gradient(curve).solve(PATHS);
    for (int j = 0; j < curves.get(curve).nodes(); j++) {
      Map<String, ZeroCurve> up = new HashMap<>(curves);
      up.put(curve, bumped(curves.get(curve), j, BUMP));
      Map<String, ZeroCurve> down = new HashMap<>(curves);
      down.put(curve, bumped(curves.get(curve), j, -BUMP));
      Solution above = solver.apply(up).solve(PATHS);
      Solution below = solver.apply(down).solve(PATHS);
      for (String claim : claims) {
        double difference = (above.value(claim).mean() - below.value(claim).mean()) / (2 * BUMP);
        assertThat(solution.derivative(claim, curve + "[" + j + "]").mean())
            .as("%s in node %d of %s", claim, j, curve)
            .isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
      }
    }
  }

  @Test
  void blackScholesClaimsHaveTheDerivativesOfBumpedCurves() {
    List<String> claims = List.of("call", "early", "asian", "bond");
    check(CurveGradientTest::blackScholes, market(), "r", claims);
    check(CurveGradientTest::blackScholes, market(), "q", claims);
  }

  /** The first node alone decides the rate before it, and nodes after the end nothing. */
  @Test
  void aBondDependsOnTheNodesAroundItsMaturity() {
    Solution solution = blackScholes(market()).gradient("r[3]").solve(PATHS);
    double discount = RATES.discount(0.7);
    double share = (0.7 - 0.6) / 0.9;
    double[] expected = {0, 0, 0, -0.6 * (1 - share) * discount, -1.5 * share * discount};
    for (int j = 0; j < expected.length; j++) {
      Moments derivative = solution.derivative("bond", "r[" + j + "]");
      assertThat(derivative.mean()).isCloseTo(expected[j], within(1e-14));
    }
    assertThat(solution.derivative("early", "r[4]").mean()).isZero();
    assertThat(solution.derivative("early", "r[0]").standardError()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"euler", "exact"})
  void aShortRateHasTheDerivativesInTheCurveOfItsLevel(String scheme) {
    Function<Map<String, ZeroCurve>, Solver> solver =
        curves -> {
          Sde sde = Catalogue.find("hull-white").orElseThrow().sde(curves.keySet());
          return Solver.of(sde)
              .scheme(Schemes.find(scheme).orElseThrow())
              .parameters(Map.of("r0", 0.02, "a", 0.5, "sigma", 0.01))
              .curves(curves)
              .step(0.25)
              .threads(1)
              .claim(Contracts.zeroCoupon("bond", sde.observables().get("discount"), 1.2));
        };
    check(solver, Map.of("b", RATES), "b", List.of("bond"));
  }

  /** The standard error is that of the paths' own derivatives. */
  @Test
  void theStandardErrorIsThatOfThePathsDerivatives() {
    Solution solution = observed(RATES).gradient("r").solve(PATHS);
    double[] up = observed(bumped(RATES, 3, BUMP)).solve(PATHS).paths("S", 1);
    double[] down = observed(bumped(RATES, 3, -BUMP)).solve(PATHS).paths("S", 1);
    double[] slopes =
        IntStream.range(0, PATHS).mapToDouble(i -> (up[i] - down[i]) / (2 * BUMP)).toArray();
    double mean = IntStream.range(0, PATHS).mapToDouble(i -> slopes[i]).sum() / PATHS;
    double variance =
        IntStream.range(0, PATHS).mapToDouble(i -> Math.pow(slopes[i] - mean, 2)).sum()
            / (PATHS - 1);
    Moments derivative = solution.derivative("S@1.0", "r[3]");
    assertThat(derivative.standardError())
        .isCloseTo(Math.sqrt(variance / PATHS), within(1e-6 * Math.sqrt(variance / PATHS)));
  }

  private static Solver observed(ZeroCurve rates) {
    return blackScholes(Map.of("r", rates, "q", YIELDS)).observe("S", 1);
  }

  @Test
  void pairsAndWeightedPathsHaveThemToo() {
    check(
        curves -> blackScholes(curves).estimator(new Estimator.Antithetic()),
        market(),
        "r",
        List.of("call", "asian"));
    check(
        curves -> blackScholes(curves).estimator(new Estimator.Importance(List.of(0.3))),
        market(),
        "r",
        List.of("call", "bond"));
  }

  @Test
  void forwardModeHasThemToo() {
    List<String> names = List.of("r", "q", "sigma");
    Solution reverse = blackScholes(market()).gradient(names).solve(PATHS);
    Solution forward =
        blackScholes(market()).gradient(names).gradientMethod(GradientMethod.TANGENT).solve(PATHS);
    for (String claim : List.of("call", "early", "asian", "bond")) {
      for (String name : List.of("r[0]", "r[2]", "r[3]", "r[4]", "q[0]", "sigma")) {
        double expected = reverse.derivative(claim, name).mean();
        assertThat(forward.derivative(claim, name).mean())
            .as("%s in %s", claim, name)
            .isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  @Test
  void checkpointsGiveTheSameBits() {
    Solution stored = blackScholes(market()).gradient("r").solve(PATHS);
    Solution checkpointed =
        blackScholes(market())
            .gradient("r")
            .gradientMethod(GradientMethod.CHECKPOINTED)
            .solve(PATHS);
    for (int j = 0; j < RATES.nodes(); j++) {
      assertThat(checkpointed.derivative("asian", "r[" + j + "]").mean())
          .isEqualTo(stored.derivative("asian", "r[" + j + "]").mean());
    }
  }

  /** The factor of a curve by its name counts in time as one without a name does. */
  @Test
  void thetaIsThatOfACurveWithoutAName() {
    Sde sde = Catalogue.find("black-scholes").orElseThrow().sde(Set.of("r", "q"));
    Contracts unnamed =
        new Contracts(sde.observables().get("S"), Discounting.curve(RATES::discount));
    Solution solution =
        blackScholes(market())
            .claim(unnamed.european("plain", OptionType.CALL, 100, 1))
            .theta()
            .gradient("r")
            .solve(PATHS);
    assertThat(solution.theta("call").mean())
        .isCloseTo(solution.theta("plain").mean(), within(1e-12));
    Solution alone = blackScholes(market()).gradient("r").solve(PATHS);
    assertThat(solution.derivative("call", "r[3]").mean())
        .isCloseTo(alone.derivative("call", "r[3]").mean(), within(1e-10));
  }

  @Test
  void whatHasNoDerivativeInNodesSaysSo() {
    assertThatThrownBy(() -> blackScholes(market()).secondOrder("sigma", "r[0]").plan())
        .hasMessageContaining("second derivatives in r[0], expected parameters");
    assertThatThrownBy(
            () ->
                blackScholes(market())
                    .gradient("r")
                    .sensitivity(new SensitivityMethod.LikelihoodRatio())
                    .plan())
        .hasMessageContaining("gradient in the nodes of r by likelihood-ratio");
  }

  /** A known mean is a function of parameters: its derivative in a node would be missing. */
  @Test
  void controlVariatesAreRefused() {
    Claim bond = Claim.value("control", Expr.ONE, 1);
    assertThatThrownBy(
            () -> blackScholes(market()).control("call", bond, 1).gradient("sigma", "q").plan())
        .hasMessageContaining("control variates with derivatives in [q[0]]");
    assertThatThrownBy(
            () -> blackScholes(market()).control("call", bond, 1).gradient("initial.x").plan())
        .hasMessageContaining("control variates with derivatives in [initial.x]");
  }

  /** What a step does backwards does not grow with the number of nodes. */
  @Test
  void aStepTouchesAsManyNodesHoweverManyThereAre() {
    assertThat(reverseInputs(80)).isEqualTo(reverseInputs(4));
  }

  private static int reverseInputs(int nodes) {
    double[] times = IntStream.rangeClosed(1, nodes).mapToDouble(i -> i * 0.125).toArray();
    double[] rates = IntStream.rangeClosed(1, nodes).mapToDouble(i -> 0.01).toArray();
    PathRun run =
        blackScholes(Map.of("r", new ZeroCurve(times, rates), "q", YIELDS))
            .gradient("r")
            .plan()
            .fine();
    assertThat(run.program().gradient()).hasSize(nodes);
    return new ProgramFragments(run.program()).plan("stepReverse").inputs().size();
  }

  @Test
  void aPlanTravelsWithItsNodes() {
    SimulationPlan plan = blackScholes(market()).gradient("r", "q").plan();
    SimulationPlan copy = PlanCodec.decode(PlanCodec.encode(plan));
    assertThat(copy.fine().program()).isEqualTo(plan.fine().program());
    Shard shard = new Shard(0, 0, 100);
    assertThat(new CpuExecutor().open(copy.fine()).run(shard, PathSink.NONE).sums())
        .isEqualTo(new CpuExecutor().open(plan.fine()).run(shard, PathSink.NONE).sums());
  }

  @Test
  void aNameThatIsNoNodeIsRefused() {
    assertThatThrownBy(() -> blackScholes(market()).gradient("r[5]").plan())
        .hasMessageContaining("gradient in r[5], expected one of [spot, sigma]")
        .hasMessageContaining("or a node of a curve such as q[0]");
  }

  @Test
  void aCurveThatMovesJumpsHasNoPathwiseDerivative() {
    Sde sde =
        Sde.ito("shocked")
            .parameters("s")
            .state("x", Expr.ONE)
            .diffusion(NoiseType.SCALAR, (t, x) -> x.reshape(io.pathwise.expr.Shape.matrix(1, 1)))
            .with(
                new JumpTerm(
                    "shock",
                    Sde.curve("intensity"),
                    new Marks.Deterministic(Expr.ONE),
                    Expr.vector(0.1)));
    Solver solver =
        Solver.of(sde)
            .parameters(Map.of("s", 0.1))
            .curves(Map.of("intensity", ZeroCurve.flat(2)))
            .gradient("intensity")
            .claim(Claim.value("x", sde.state().get(0), 1));
    assertThatThrownBy(solver::plan)
        .hasMessageContaining("gradient in curve intensity: it moves the intensity of jump shock");
  }

  @Test
  void multilevelRunsHaveNoDerivativesInCurves() {
    Solver solver = blackScholes(market()).gradient("r");
    assertThatThrownBy(() -> Multilevel.of(solver).rmse(0.1).solve())
        .hasMessageContaining("derivatives in nodes of curves");
  }

  @Test
  void theSameBitsWhateverTheThreads() {
    double one = blackScholes(market()).gradient("r").solve(5000).derivative("call", "r[3]").mean();
    Solution more = blackScholes(market()).gradient("r").threads(2).solve(5000);
    assertThat(more.derivative("call", "r[3]").mean()).isEqualTo(one);
    assertThat(Set.of(one)).doesNotContain(0.0);
  }
}
