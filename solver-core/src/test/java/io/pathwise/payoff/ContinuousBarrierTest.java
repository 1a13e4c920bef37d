package io.pathwise.payoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.model.analytic.BlackScholes;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.QuadraticVariation;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bounds are 5 standard errors: a false alarm in less than a million runs each. */
class ContinuousBarrierTest {
  private static final Map<String, Double> MARKET =
      Map.of("spot", 100.0, "r", 0.03, "q", 0.01, "sigma", 0.25);
  private static final Scheme EULER = Schemes.find("euler").orElseThrow();

  /** The same law on the price itself, where a step is not exact. */
  private static final Sde GEOMETRIC =
      Sde.ito("geometric")
          .parameters("spot", "r", "q", "sigma")
          .state("S", Expr.param("spot"))
          .drift((t, y) -> Expr.param("r").minus(Expr.param("q")).times(y))
          .diagonal((t, y) -> Expr.param("sigma").times(y));

  private static final Sde LOGARITHMIC =
      Catalogue.find("black-scholes").orElseThrow().sde(Set.of());

  private static Claim claim(Sde sde, OptionType option, double strike, BarrierType kind) {
    Expr price = sde.observables().get("S");
    Expr variance = QuadraticVariation.of(sde, price.log());
    double barrier = kind.isDown() ? 88 : 117;
    return new Contracts(price, Discounting.rate(Expr.param("r")))
        .continuousBarrier(option + "" + strike, option, strike, 0.8, kind, barrier, variance, 1);
  }

  private static Solver solver(Sde sde, Map<String, Double> parameters, double step) {
    return Solver.of(sde).parameters(parameters).scheme(EULER).step(step).seed(21);
  }

  @ParameterizedTest
  @EnumSource(BarrierType.class)
  void theClosedFormIsMetAtAnyStepWhereTheVolatilityIsConstant(BarrierType kind) {
    for (double step : new double[] {0.4, 0.1}) {
      Solver solver = solver(LOGARITHMIC, MARKET, step);
      for (OptionType option : OptionType.values()) {
        solver.claim(claim(LOGARITHMIC, option, 100, kind));
      }
      Solution solution = solver.solve(60_000);
      for (OptionType option : OptionType.values()) {
        close(solution.value(option + "100.0"), exact(kind, option, 100), 0);
      }
    }
  }

  @Test
  void theStepsBiasFallsWhereTheVarianceOfTheLogarithmIsFrozen() {
    double exact = exact(BarrierType.DOWN_OUT, OptionType.CALL, 100);
    for (int steps : new int[] {20, 80}) {
      Solution solution =
          solver(GEOMETRIC, MARKET, 0.8 / steps)
              .claim(claim(GEOMETRIC, OptionType.CALL, 100, BarrierType.DOWN_OUT))
              .solve(40_000);
      close(solution.value("CALL100.0"), exact, 1.0 / steps);
    }
  }

  private static double exact(BarrierType kind, OptionType option, double strike) {
    return new BlackScholes(100, 0.03, 0.01, 0.25)
        .barrier(kind, new EuropeanOption(option, strike), kind.isDown() ? 88 : 117, 0.8);
  }

  private static void close(Moments moments, double exact, double bias) {
    assertThat(moments.mean()).isCloseTo(exact, within(5 * moments.standardError() + bias));
  }

  @Test
  void derivativesAreThoseOfFiniteDifferencesAndOfTheClosedForm() {
    List<String> names = List.of("spot", "sigma");
    Claim claim = claim(LOGARITHMIC, OptionType.CALL, 100, BarrierType.DOWN_OUT);
    Solution few = solver(LOGARITHMIC, MARKET, 0.2).claim(claim).gradient(names).solve(500);
    Solution many = solver(LOGARITHMIC, MARKET, 0.2).claim(claim).gradient(names).solve(60_000);
    for (String name : names) {
      double h = 1e-6 * MARKET.get(name);
      double difference = (bumped(name, h, claim) - bumped(name, -h, claim)) / (2 * h);
      assertThat(few.derivative("CALL100.0", name).mean())
          .isCloseTo(difference, within(1e-5 * Math.abs(difference)));
    }
    double up =
        new BlackScholes(100.01, 0.03, 0.01, 0.25)
            .barrier(BarrierType.DOWN_OUT, EuropeanOption.call(100), 88, 0.8);
    double down =
        new BlackScholes(99.99, 0.03, 0.01, 0.25)
            .barrier(BarrierType.DOWN_OUT, EuropeanOption.call(100), 88, 0.8);
    close(many.derivative("CALL100.0", "spot"), (up - down) / 0.02, 1e-5);
  }

  private static double bumped(String name, double h, Claim claim) {
    Map<String, Double> parameters = new HashMap<>(MARKET);
    parameters.merge(name, h, Double::sum);
    return solver(LOGARITHMIC, parameters, 0.2).claim(claim).solve(500).value("CALL100.0").mean();
  }

  @Test
  void theVarianceOfTheLogarithmUnderHestonIsTheVariance() {
    Sde heston = Catalogue.find("heston").orElseThrow().sde(Set.of());
    Expr variance = QuadraticVariation.of(heston, heston.observables().get("S").log());
    double value =
        io.pathwise.expr.Interpreter.evaluate(
            io.pathwise.expr.Scalarise.scalars(List.of(variance)),
            Map.of("y[0]", 4.6, "y[1]", 0.05, "rho", -0.5, "xi", 0.3))[0];
    assertThat(value).isCloseTo(0.05, within(1e-15));
  }

  @Test
  void aBondIsWorthItsDiscountFactor() {
    Contracts contracts =
        new Contracts(LOGARITHMIC.observables().get("S"), Discounting.rate(Expr.param("r")));
    Solution solution =
        solver(LOGARITHMIC, MARKET, 1).claim(contracts.zeroCoupon("bond", 2)).solve(512);
    assertThat(solution.value("bond").mean()).isCloseTo(Math.exp(-0.06), within(1e-15));
  }
}
