package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.noise.NoiseSource;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What quasi-random and stratified noise promises: smaller errors, told honestly. */
class QuasiRandomTest {
  private static final int STEPS = 52;

  /**
   * Call at 100 a year out, spot 100, r = 3 %, sigma = 20 %, by the formula of Black and Scholes.
   */
  private static final double CALL = 9.413403383853016;

  private static Solver market(int steps, NoiseSource noise, long seed) {
    Sde sde = Catalogue.find("black-scholes").orElseThrow().sde(Set.of());
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
    return Solver.of(sde)
        .parameters(Map.of("spot", 100.0, "r", 0.03, "q", 0.0, "sigma", 0.2))
        .step(1.0 / steps)
        .claim(contracts.european("call", OptionType.CALL, 100, 1))
        .claim(contracts.asian("asian", OptionType.CALL, Averaging.ARITHMETIC, 100, 1, steps))
        .noise(noise)
        .seed(seed);
  }

  /**
   * A weekly Asian option to 1e-3 relative: 8,192 Sobol paths do, where plain sampling needs more
   * than 2 million.
   */
  @Test
  void anAsianOptionTakesAHundredthOfThePaths() {
    Moments plain = market(STEPS, NoiseSource.PSEUDO, 1).solve(1 << 14).value("asian");
    Moments sobol = market(STEPS, new NoiseSource.Sobol(16, true), 1).solve(1 << 13).value("asian");
    assertThat(sobol.standardError()).isLessThan(1e-3 * sobol.mean());
    double needed = Math.pow(plain.standardError() / sobol.standardError(), 2) * plain.count();
    assertThat(needed / sobol.count()).isGreaterThan(100);
    double error = Math.hypot(plain.standardError(), sobol.standardError());
    assertThat(sobol.mean()).isCloseTo(plain.mean(), within(5 * error));
  }

  /** Over a factor of 64 in paths the error falls by 64^0.65 at least; plain sampling: 64^0.5. */
  @Test
  void theErrorFallsFasterThanTheRootOfThePaths() {
    NoiseSource noise = new NoiseSource.Sobol(64, true);
    for (String claim : List.of("call", "asian")) {
      double few = market(8, noise, 2).solve(1 << 10).value(claim).standardError();
      double many = market(8, noise, 2).solve(1 << 16).value(claim).standardError();
      assertThat(Math.log(few / many) / Math.log(64)).as(claim).isGreaterThan(0.65);
    }
  }

  @Test
  void theBridgeIsWorthItsWhile() {
    double bridge =
        market(STEPS, new NoiseSource.Sobol(32, true), 3)
            .solve(1 << 13)
            .value("asian")
            .standardError();
    double forward =
        market(STEPS, new NoiseSource.Sobol(32, false), 3)
            .solve(1 << 13)
            .value("asian")
            .standardError();
    assertThat(bridge).isLessThan(forward / 2);
  }

  static List<NoiseSource> sources() {
    return List.of(new NoiseSource.Sobol(16, true), new NoiseSource.Stratified(16));
  }

  /**
   * Over 100 seeds the mean of ((estimate - exact) / standard error)^2 is near 1, or 15/13 for the
   * square of a Student t of 15 degrees of freedom, whose variance is below 5: bounds at 5 standard
   * errors. The Euler step of log S is exact.
   */
  @ParameterizedTest
  @MethodSource("sources")
  void standardErrorsAreHonest(NoiseSource noise) {
    int seeds = 100;
    double sum = 0;
    for (int seed = 0; seed < seeds; seed++) {
      Moments call = market(4, noise, 1000 + seed).threads(1).solve(512).value("call");
      sum += Math.pow((call.mean() - CALL) / call.standardError(), 2);
    }
    double expected = noise instanceof NoiseSource.Sobol ? 15.0 / 13 : 1;
    assertThat(sum / seeds).isCloseTo(expected, within(5 * Math.sqrt(5.0 / seeds)));
  }

  /** The payoff depends on the stratified value alone: what is left varies within the strata. */
  @Test
  void strataTakeAwayTheVarianceBetweenThem() {
    Moments plain = market(12, NoiseSource.PSEUDO, 4).solve(1 << 14).value("call");
    Moments strata = market(12, new NoiseSource.Stratified(64), 4).solve(1 << 14).value("call");
    assertThat(plain.variance() / strata.variance()).isCloseTo(1, within(0.1));
    assertThat(Math.pow(plain.standardError() / strata.standardError(), 2)).isGreaterThan(100);
    assertThat(strata.mean()).isCloseTo(CALL, within(5 * strata.standardError()));
  }

  /** Within 5 standard errors of independent paths, which those of both sources are below. */
  @ParameterizedTest
  @MethodSource("sources")
  void theBridgeHasTheCovarianceOfABrownianMotion(NoiseSource noise) {
    Sde plane =
        Sde.ito("plane")
            .state("a", Expr.ZERO)
            .state("b", Expr.ZERO)
            .diagonal((t, y) -> Expr.vector(1, 1));
    double[] times = {0.1, 0.25, 0.6, 1};
    Solution solution =
        Solver.of(plane)
            .step(0.125)
            .observe("a", times)
            .observe("b", times)
            .noise(noise)
            .seed(6)
            .solve(1 << 14);
    for (double s : times) {
      for (double t : times) {
        double common = Math.min(s, t);
        double error = Math.sqrt((s * t + common * common) / (1 << 14));
        assertThat(covariance(solution.paths("a", s), solution.paths("a", t)))
            .isCloseTo(common, within(5 * error));
        assertThat(covariance(solution.paths("b", s), solution.paths("b", t)))
            .isCloseTo(common, within(5 * error));
        assertThat(covariance(solution.paths("a", s), solution.paths("b", t)))
            .isCloseTo(0, within(5 * error));
      }
    }
  }

  private static double covariance(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum / x.length;
  }
}
