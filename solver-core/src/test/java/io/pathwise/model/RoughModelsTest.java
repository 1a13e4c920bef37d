package io.pathwise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Scalarise;
import io.pathwise.model.analytic.BlackScholes;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.noise.NoiseSource;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistical bounds are 5 standard errors: a false alarm once in 1.7 million seeds; all fixed. */
class RoughModelsTest {
  private static final Map<String, Double> BERGOMI =
      Map.of(
          "spot", 100.0, "xi0", 0.055, "r", 0.03, "q", 0.01, "eta", 1.9, "hurst", 0.07, "rho",
          -0.9);

  private static Solver of(String model, Map<String, Double> parameters) {
    return Solver.of(Catalogue.find(model).orElseThrow().sde(Set.of())).parameters(parameters);
  }

  @Test
  void theMeanOfRoughBergomisVarianceIsTheForwardVariance() {
    Solution solution =
        of("rough-bergomi", BERGOMI)
            .step(1.0 / 32)
            .observe("v", 0.125, 0.5, 1)
            .observe("S", 1)
            .seed(5)
            .solve(100_000);
    for (double t : new double[] {0.125, 0.5, 1}) {
      Moments v = solution.observed("v", t);
      assertThat(v.mean()).isCloseTo(0.055, within(5 * v.standardError()));
    }
    Moments spot = solution.observed("S", 1);
    assertThat(spot.mean()).isCloseTo(100 * Math.exp(0.02), within(5 * spot.standardError()));
  }

  /** A flat curve is the parameter. */
  @Test
  void theForwardVarianceMayBeACurve() {
    Solver parameter = of("rough-bergomi", BERGOMI).step(0.1).observe("S", 1);
    Map<String, Double> others = new HashMap<>(BERGOMI);
    others.remove("xi0");
    Solver curve =
        Solver.of(Catalogue.find("rough-bergomi").orElseThrow().sde(Set.of("xi0")))
            .parameters(others)
            .curves(Map.of("xi0", ZeroCurve.flat(0.055)))
            .step(0.1)
            .observe("S", 1);
    assertThat(curve.solve(1000).observed("S", 1).mean())
        .isCloseTo(parameter.solve(1000).observed("S", 1).mean(), within(1e-9));
  }

  /** d sigma / d log K at the money of an option's expiry, on 40 steps to it. */
  private static double skew(double hurst, double expiry) {
    Sde sde = Catalogue.find("rough-bergomi").orElseThrow().sde(Set.of());
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
    double width = 0.05 * Math.sqrt(0.055 * expiry);
    double low = 100 * Math.exp(-width);
    double high = 100 * Math.exp(width);
    Map<String, Double> parameters = new HashMap<>(BERGOMI);
    parameters.putAll(Map.of("hurst", hurst, "r", 0.0, "q", 0.0, "eta", 1.0));
    Solution solution =
        Solver.of(sde)
            .parameters(parameters)
            .step(expiry / 40)
            .claim(contracts.european("low", OptionType.PUT, low, expiry))
            .claim(contracts.european("high", OptionType.CALL, high, expiry))
            .noise(new NoiseSource.Sobol(8, true))
            .seed(8)
            .solve(1 << 16);
    double lowVolatility =
        BlackScholes.impliedVolatility(
            EuropeanOption.put(low), solution.value("low").mean(), 100, 1, expiry);
    double highVolatility =
        BlackScholes.impliedVolatility(
            EuropeanOption.call(high), solution.value("high").mean(), 100, 1, expiry);
    return (highVolatility - lowVolatility) / (2 * width);
  }

  /**
   * The skew of short expiries is c t^(H - 1/2) with c = rho eta sqrt(2H) / ((2H + 1) (H + 3/2))
   * (Bayer, Friz and Gatheral 2016; Fukasawa 2017); measured between a week and a quarter.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3})
  void theSkewAtTheMoneyIsAPowerOfTheExpiry(double hurst) {
    double few = skew(hurst, 0.02);
    double many = skew(hurst, 0.25);
    assertThat(Math.log(few / many) / Math.log(0.02 / 0.25)).isCloseTo(hurst - 0.5, within(0.05));
    double constant = -0.9 * Math.sqrt(2 * hurst) / ((2 * hurst + 1) * (hurst + 1.5));
    assertThat(few).isCloseTo(constant * Math.pow(0.02, hurst - 0.5), within(0.1 * -few));
  }

  /** Without mean reversion x is theta plus sigma B. */
  @Test
  void theFractionalOrnsteinUhlenbeckProcessHasItsVariance() {
    Map<String, Double> parameters =
        Map.of("x0", 0.4, "kappa", 0.0, "theta", 0.1, "sigma", 0.3, "hurst", 0.2);
    Moments x =
        of("fractional-ou", parameters)
            .step(0.1)
            .observe("x", 0.5)
            .solve(40_000)
            .observed("x", 0.5);
    double variance = 0.09 * Math.pow(0.5, 0.4);
    assertThat(x.mean()).isCloseTo(0.4, within(5 * x.standardError()));
    assertThat(x.variance()).isCloseTo(variance, within(5 * variance * Math.sqrt(2.0 / 40_000)));
  }

  /** Var x_t = sigma^2 H int_0^t u^(2H-1) (e^(-kappa u) + e^(kappa u - 2 kappa t)) du. */
  @Test
  void meanReversionHasItsStationaryVariance() {
    Map<String, Double> parameters =
        Map.of("x0", 0.0, "kappa", 2.0, "theta", 0.0, "sigma", 0.3, "hurst", 0.3);
    Moments x =
        of("fractional-ou", parameters)
            .step(1.0 / 256)
            .observe("x", 1)
            .solve(20_000)
            .observed("x", 1);
    double variance = 0;
    int n = 10_000;
    for (int i = 0; i < n; i++) {
      double u = Math.pow((i + 0.5) / n, 1 / 0.6);
      variance += 0.09 / 2 * (Math.exp(-2 * u) + Math.exp(2 * u - 4)) / n;
    }
    assertThat(x.variance())
        .isCloseTo(variance, within(variance * (5 * Math.sqrt(2.0 / 20_000) + 0.01)));
  }

  /**
   * sum c_i exp(-x_i t) is the Laplace transform of x^-a / (Gamma(a) Gamma(1 - a)), a = H + 1/2,
   * from r^-n/2 to r^n/2 by one mean point a factor; over all x it would be t^(a - 1) / Gamma(a),
   * Gamma(0.6) = 1.4891922, and what is cut off at the lower end is nearly constant in t.
   */
  @Test
  void theFactorsOfTheLiftedModelApproximateTheRoughKernel() {
    Sde sde = Catalogue.find("lifted-heston").orElseThrow().sde(Set.of());
    Map<String, Double> point = new HashMap<>();
    sde.parameters().forEach(name -> point.put(name, 0.0));
    point.putAll(Map.of("hurst", 0.1, "spot", 100.0, "v0", 0.0, "t", 0.0));
    for (int i = 0; i <= 20; i++) {
      point.put("y[" + i + "]", 0.0);
    }
    double[] weights = new double[20];
    double[] speeds = new double[20];
    Expr variance = Scalarise.scalars(List.of(sde.observables().get("v"))).get(0);
    List<Expr> drift = Scalarise.scalars(List.of(sde.drift()));
    for (int i = 1; i <= 20; i++) {
      point.put("y[" + i + "]", 1.0);
      weights[i - 1] = Interpreter.evaluate(List.of(variance), point)[0];
      speeds[i - 1] = -Interpreter.evaluate(List.of(drift.get(i)), point)[0];
      point.put("y[" + i + "]", 0.0);
    }
    double lowest = Math.pow(1 + 10 * Math.pow(20, -0.9), -10);
    double cutOff = Math.pow(lowest, 0.4) * Math.sin(0.6 * Math.PI) / (0.4 * Math.PI);
    for (double t : new double[] {0.05, 0.1, 0.5, 2}) {
      double kernel = 0;
      for (int i = 0; i < 20; i++) {
        kernel += weights[i] * Math.exp(-speeds[i] * t);
      }
      double exact = Math.pow(t, -0.4) / 1.4891922488 - cutOff;
      assertThat(kernel).as("t = %s", t).isCloseTo(exact, within(0.01 * exact));
    }
  }

  /** Variance at its long-run mean stays there in the mean; the price is a martingale. */
  @Test
  void theLiftedModelKeepsItsMeans() {
    Map<String, Double> parameters = new HashMap<>();
    parameters.putAll(
        Map.of("spot", 100.0, "v0", 0.04, "r", 0.02, "q", 0.0, "kappa", 0.3, "theta", 0.0));
    parameters.putAll(Map.of("xi", 0.1, "rho", -0.7, "hurst", 0.1));
    Solution solution =
        of("lifted-heston", parameters)
            .step(1.0 / 250)
            .observe("v", 0.5)
            .observe("S", 0.5)
            .seed(3)
            .solve(10_000);
    Moments spot = solution.observed("S", 0.5);
    assertThat(spot.mean()).isCloseTo(100 * Math.exp(0.01), within(5 * spot.standardError()));
    // v0 E_(a,1)(-kappa t^a) with a = H + 1/2 = 0.6: the Mittag-Leffler function
    double mean = 0.04 * mittagLeffler(-0.3 * Math.pow(0.5, 0.6));
    Moments variance = solution.observed("v", 0.5);
    assertThat(variance.mean()).isCloseTo(mean, within(5 * variance.standardError() + 0.01 * mean));
  }

  /** E_(a,1)(z) by its first terms, a = 0.6. */
  private static double mittagLeffler(double z) {
    double[] gammas = {1, 0.8935153493, 1.1018024909, 1.6764907877, 2.9812064268, 6.0};
    double sum = 0;
    for (int k = 0; k < gammas.length; k++) {
      sum += Math.pow(z, k) / gammas[k];
    }
    return sum;
  }
}
