package io.pathwise.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.model.analytic.HestonAnalytic;
import io.pathwise.payoff.Claim;
import io.pathwise.sde.Sde;
import io.pathwise.solve.PathReplay;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statistical bounds are 5 standard errors: a false alarm in less than a million runs each. */
class HestonQeTest {
  private static final Sde HESTON = Catalogue.find("heston").orElseThrow().sde(Set.of());

  private static Map<String, Double> parameters(
      double v0, double kappa, double theta, double xi, double rho) {
    Map<String, Double> parameters = new HashMap<>();
    parameters.putAll(Map.of("spot", 100.0, "r", 0.0, "q", 0.0, "v0", v0, "kappa", kappa));
    parameters.putAll(Map.of("theta", theta, "xi", xi, "rho", rho));
    return parameters;
  }

  private static Solver solver(Map<String, Double> parameters, double step) {
    return Solver.of(HESTON).parameters(parameters).scheme(new HestonQe()).step(step).seed(6);
  }

  /** The three cases of the paper's table 1: Feller's condition fails by far in all of them. */
  @ParameterizedTest
  @CsvSource({"0.5, 0.04, 1, -0.9, 10", "0.3, 0.04, 0.9, -0.5, 15", "1, 0.09, 1, -0.3, 5"})
  void fewStepsPriceTheCasesOfThePaper(
      double kappa, double theta, double xi, double rho, double expiry) {
    Expr price = HESTON.observables().get("S");
    Solver solver = solver(parameters(theta, kappa, theta, xi, rho), 0.25);
    for (double strike : new double[] {70, 100, 140}) {
      solver.claim(Claim.value("K" + strike, price.minus(strike).max(0), expiry));
    }
    Solution solution = solver.claim(Claim.value("S", price, expiry)).solve(60_000);
    HestonAnalytic exact = new HestonAnalytic(theta, kappa, theta, xi, rho);
    close(solution.value("S"), 100, 0);
    for (double strike : new double[] {70, 100, 140}) {
      double value = exact.price(EuropeanOption.call(strike), 100, 1, expiry).price();
      close(solution.value("K" + strike), value, 0.05);
    }
  }

  private static void close(Moments moments, double exact, double bias) {
    assertThat(moments.mean()).isCloseTo(exact, within(5 * moments.standardError() + bias));
  }

  @Test
  void theVarianceHasItsExactMeanAndVarianceAtAnyStep() {
    double kappa = 1.2;
    double theta = 0.05;
    double xi = 0.7;
    double v0 = 0.02;
    Moments v =
        solver(parameters(v0, kappa, theta, xi, -0.5), 1)
            .observe("v", 1)
            .solve(200_000)
            .observed("v", 1);
    double decay = Math.exp(-kappa);
    double variance =
        v0 * xi * xi * decay / kappa * (1 - decay)
            + theta * xi * xi / (2 * kappa) * (1 - decay) * (1 - decay);
    close(v, theta + (v0 - theta) * decay, 0);
    assertThat(v.variance()).isCloseTo(variance, within(0.04 * variance));
  }

  @Test
  void aPositiveCorrelationKeepsTheMartingale() {
    Solver solver = solver(parameters(0.04, 1, 0.04, 0.6, 0.6), 0.5);
    Solution solution =
        solver.claim(Claim.value("S", HESTON.observables().get("S"), 2)).solve(100_000);
    close(solution.value("S"), 100, 0);
  }

  @Test
  void theKernelHasTheBitsOfTheReplay() {
    Solver solver = solver(parameters(0.04, 0.5, 0.04, 1, -0.9), 0.25).observe("S", 2);
    double[] paths = solver.solve(512).paths("S", 2);
    PathReplay replay = new PathReplay(solver.plan().fine());
    for (int path = 0; path < paths.length; path += 5) {
      assertThat(replay.outputs(replay.states(replay.normalsOf(path))))
          .containsExactly(paths[path]);
    }
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    Map<String, Double> parameters = parameters(0.04, 1.5, 0.05, 0.4, -0.6);
    Expr price = HESTON.observables().get("S");
    Claim claim = Claim.value("smooth", price.minus(100).square().plus(1).sqrt(), 1);
    List<String> names = HESTON.parameters();
    Solution solution = solver(parameters, 0.25).claim(claim).gradient(names).solve(300);
    for (String name : names) {
      double h = 1e-6 * Math.max(1, Math.abs(parameters.get(name)));
      Map<String, Double> up = new HashMap<>(parameters);
      Map<String, Double> down = new HashMap<>(parameters);
      up.merge(name, h, Double::sum);
      down.merge(name, -h, Double::sum);
      double difference =
          (solver(up, 0.25).claim(claim).solve(300).value("smooth").mean()
                  - solver(down, 0.25).claim(claim).solve(300).value("smooth").mean())
              / (2 * h);
      assertThat(solution.derivative("smooth", name).mean())
          .as(name)
          .isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
    }
  }

  @Test
  void otherEquationsAreRefused() {
    Sde sde = Catalogue.find("black-scholes").orElseThrow().sde(Set.of());
    assertThatThrownBy(() -> new HestonQe().requireSupport(sde))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scheme heston-qe needs an equation of Heston form")
        .hasMessageContaining("euler");
  }

  /** The variance stands still: log S has the variance v dt, whatever the step. */
  @ParameterizedTest
  @CsvSource({"1, 0.0005", "9, 0.0001", "0.04, 0.25"})
  void withoutVolatilityOfVarianceTheModelIsBlackScholes(double v, double step) {
    double time = 4 * step;
    Moments x =
        solver(parameters(v, 1, v, 0, -0.9), step)
            .claim(Claim.value("x", HESTON.observables().get("S").over(100).log(), time))
            .solve(20_000)
            .value("x");
    close(x, -0.5 * v * time, 0);
    assertThat(x.variance()).isCloseTo(v * time, within(0.05 * v * time));
  }

  @ParameterizedTest
  @CsvSource({"0.04, 0", "0, 0", "0, 0.04"})
  void aVarianceThatReachesZeroAndStaysIsFinite(double v0, double theta) {
    Solution solution =
        solver(parameters(v0, 1, theta, 1, -0.7), 0.25)
            .claim(Claim.value("S", HESTON.observables().get("S"), 2))
            .gradient("spot", "xi")
            .solve(4_000);
    close(solution.value("S"), 100, 1e-10);
    assertThat(solution.derivative("S", "spot").mean()).isFinite();
  }

  @Test
  void aVarianceThatStartsAtZeroHasTheDerivativeOfItsMean() {
    Moments derivative =
        solver(parameters(0, 1, 0.05, 0.3, -0.7), 0.25)
            .claim(Claim.value("v", HESTON.observables().get("v"), 1))
            .gradient("v0")
            .solve(20_000)
            .derivative("v", "v0");
    close(derivative, Math.exp(-1), 0);
  }
}
