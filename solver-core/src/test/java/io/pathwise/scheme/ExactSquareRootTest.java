package io.pathwise.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.control.Boundary;
import io.pathwise.control.StepControl;
import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.model.analytic.CoxIngersollRossAnalytic;
import io.pathwise.noise.KolmogorovSmirnov;
import io.pathwise.payoff.Claim;
import io.pathwise.sde.Sde;
import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.Multilevel;
import io.pathwise.solve.MultilevelSolution;
import io.pathwise.solve.PathReplay;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fixed seeds; Kolmogorov-Smirnov tests at p = 1e-5, statistical bounds at five standard errors.
 */
class ExactSquareRootTest {
  private static final Sde CIR = Catalogue.find("cir").orElseThrow().sde(Set.of());
  private static final Scheme EXACT = new Exact();
  private static final double A = 0.8;
  private static final double B = 0.05;
  private static final double R0 = 0.03;

  private static Map<String, Double> parameters(double degrees) {
    return Map.of("r0", R0, "a", A, "b", B, "sigma", Math.sqrt(4 * A * B / degrees));
  }

  private static Solver solver(Map<String, Double> parameters, double step) {
    return Solver.of(CIR).parameters(parameters).scheme(EXACT).step(step).seed(21);
  }

  /** log Gamma(x) by Stirling's series at x + 20. */
  private static double logGamma(double x) {
    double product = 0;
    for (int i = 0; i < 20; i++) {
      product += Math.log(x + i);
    }
    double y = x + 20;
    double tail = 1 / (12 * y) - 1 / (360 * y * y * y);
    return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + tail - product;
  }

  /** P(k, x) by its series. */
  private static double lowerGamma(double k, double x) {
    double term = 1;
    double sum = 1;
    for (int n = 1; n < 2000 && term > 1e-17 * sum; n++) {
      term *= x / (k + n);
      sum += term;
    }
    return x <= 0 ? 0 : Math.min(1, sum * Math.exp(k * Math.log(x) - x - logGamma(k + 1)));
  }

  /** The non-central chi-square distribution as a Poisson mixture of central ones. */
  private static double chiSquare(double degrees, double lambda, double x) {
    double sum = 0;
    for (int j = 0; j < 200; j++) {
      double weight = Math.exp(-lambda / 2 + j * Math.log(lambda / 2) - logGamma(j + 1));
      sum += weight < 1e-14 ? 0 : weight * lowerGamma(degrees / 2 + j, x / 2);
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"1.02, 2", "1.5, 0.5", "2.5, 2", "8, 1", "49.9, 1"})
  void theRateHasTheNonCentralChiSquareLawAtAnyStep(double degrees, double step) {
    Map<String, Double> parameters = parameters(degrees);
    double sigma = parameters.get("sigma");
    double[] rates = solver(parameters, step).observe("r", 2).solve(3_000).paths("r", 2);
    double scale = sigma * sigma * -Math.expm1(-2 * A) / (4 * A);
    double lambda = R0 * Math.exp(-2 * A) / scale;
    assertThat(KolmogorovSmirnov.pValue(rates, r -> chiSquare(degrees, lambda, r / scale)))
        .isGreaterThan(1e-5);
  }

  @Test
  void theRateHasItsMeanAndVariance() {
    Map<String, Double> parameters = parameters(3);
    double sigma = parameters.get("sigma");
    Moments rate = solver(parameters, 1).observe("r", 2).solve(40_000).observed("r", 2);
    double decay = Math.exp(-2 * A);
    double variance =
        sigma * sigma / A * (R0 * (decay - decay * decay) + B / 2 * (1 - decay) * (1 - decay));
    assertThat(rate.mean()).isCloseTo(B + (R0 - B) * decay, within(5 * rate.standardError()));
    // The fourth central moment is below 10 variances squared.
    assertThat(rate.variance()).isCloseTo(variance, within(5 * variance * Math.sqrt(9.0 / 40_000)));
  }

  @Test
  void bondsConvergeWithTheSquareOfTheStep() {
    Map<String, Double> parameters = Map.of("r0", 0.08, "a", 0.9, "b", 0.04, "sigma", 0.2);
    double exact = new CoxIngersollRossAnalytic(0.08, 0.9, 0.04, 0.2).bond(4);
    double[] errors = new double[3];
    double[] steps = {2, 1, 0.5};
    for (int i = 0; i < 3; i++) {
      Moments bond =
          solver(parameters, steps[i])
              .claim(Claim.value("bond", CIR.observables().get("discount"), 4))
              .solve(20_000)
              .value("bond");
      errors[i] = bond.mean() - exact;
      assertThat(5 * bond.standardError()).isLessThan(0.0025);
    }
    assertThat(errors[0]).isCloseTo(-0.0095, within(0.0025));
    assertThat(errors[1]).isCloseTo(errors[0] / 4, within(0.0025 * 1.25));
    assertThat(errors[2]).isCloseTo(errors[0] / 16, within(0.0025));
  }

  @Test
  void theKernelAndItsCompanionHaveTheBitsOfTheReplay() {
    Solver solver = solver(parameters(5), 0.5).observe("r", 2).observe("discount", 2).companion();
    Solution solution = solver.solve(264);
    double[] rates = solution.paths("r", 2);
    double[] discounts = solution.paths("discount", 2);
    PathReplay replay = new PathReplay(solver.plan().fine());
    for (int path = 0; path < 264; path += 13) {
      assertThat(replay.outputs(replay.states(replay.normalsOf(path))))
          .containsExactly(rates[path], discounts[path]);
    }
    PathRun coarse = solver.plan().coarse().orElseThrow();
    PathReplay twice = new PathReplay(coarse);
    double[] sums = new CpuExecutor().open(coarse).run(new Shard(0, 7, 1), PathSink.NONE).sums();
    assertThat(sums[0])
        .isEqualTo(
            twice.outputs(twice.states(twice.normalsOf(7)))[0]
                - coarse.schedule().outputs().get(0).shift());
  }

  /** A smooth function of the rate, and the rate itself: one kernel for all that is derived. */
  private static Solver derived(Map<String, Double> parameters) {
    Expr rate = CIR.observables().get("r");
    Expr smooth = rate.times(30).exp().times(CIR.observables().get("discount"));
    return solver(parameters, 0.5)
        .claim(Claim.value("smooth", smooth, 2))
        .claim(Claim.value("r", rate, 2))
        .gradient("r0", "a", "b", "sigma");
  }

  @ParameterizedTest
  @ValueSource(doubles = {2.2, 9, 45})
  void gradientsAreThoseOfFiniteDifferences(double degrees) {
    Map<String, Double> parameters = parameters(degrees);
    Solution solution = derived(parameters).solve(200);
    for (String name : List.of("r0", "a", "b", "sigma")) {
      double h = 1e-5 * parameters.get(name);
      double difference = (bumped(parameters, name, h) - bumped(parameters, name, -h)) / (2 * h);
      assertThat(solution.derivative("smooth", name).mean())
          .as(name)
          .isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
    }
  }

  private static double bumped(Map<String, Double> parameters, String name, double h) {
    Map<String, Double> moved = new HashMap<>(parameters);
    moved.merge(name, h, Double::sum);
    return derived(moved).solve(200).value("smooth").mean();
  }

  @Test
  void theDerivativeOfTheMeanRateIsTheKnownOne() {
    Solution solution = derived(parameters(4)).solve(4_000);
    Moments start = solution.derivative("r", "r0");
    assertThat(start.mean()).isCloseTo(Math.exp(-2 * A), within(5 * start.standardError()));
    Moments level = solution.derivative("r", "b");
    assertThat(level.mean()).isCloseTo(-Math.expm1(-2 * A), within(5 * level.standardError()));
  }

  @Test
  void levelsOfMultilevelAgreeInLawAndFollowOneBrownianPath() {
    MultilevelSolution levels =
        Multilevel.of(
                solver(parameters(4), 0.5).claim(Claim.value("r", CIR.observables().get("r"), 2)))
            .study(3, 2048);
    assertThat(levels.value("r").mean())
        .isCloseTo(B + (R0 - B) * Math.exp(-2 * A), within(5 * levels.value("r").standardError()));
    assertThat(levels.rates("r").beta()).as("twice the strong order 1/2").isCloseTo(1, within(0.4));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.9, 1, 50.5})
  void degreesOfFreedomOutOfRangeAreRefusedWithTheirValue(double degrees) {
    Solver solver = solver(parameters(degrees), 1).observe("r", 2);
    assertThatThrownBy(() -> solver.solve(8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scheme exact: 4 a b / sigma^2 (degrees of freedom) = ")
        .hasMessageContaining("expected above 1.0 and at most 50.0");
    assertThatThrownBy(
            () ->
                solver(parameters(degrees), 1)
                    .boundary(
                        new Boundary(Boundary.Kind.STOP, "r", Boundary.Side.ABOVE, Expr.of(0.2)))
                    .observe("r", 2)
                    .plan())
        .hasMessageContaining("degrees of freedom");
  }

  @Test
  void stepsOfAPathsOwnAreRefused() {
    Solver solver =
        solver(parameters(4), 1)
            .observe("r", 2)
            .adaptive(StepControl.adaptive(0.01, 0.01, 0.001, 0.25));
    assertThatThrownBy(() -> solver.solve(8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scheme exact");
  }

  @Test
  void theRecommendedSchemeRunsAtAllParameters() {
    assertThat(Schemes.recommended(CIR).name()).isNotEqualTo("exact");
  }

  @Test
  void aRateThatStartsAtZeroHasTheDerivativeOfItsMean() {
    Map<String, Double> parameters = new HashMap<>(parameters(4));
    parameters.put("r0", 0.0);
    Moments start = derived(parameters).solve(4_000).derivative("r", "r0");
    assertThat(start.mean()).isCloseTo(Math.exp(-2 * A), within(5 * start.standardError()));
  }
}
