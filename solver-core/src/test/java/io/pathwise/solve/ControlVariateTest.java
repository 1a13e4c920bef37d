package io.pathwise.solve;

import static io.pathwise.solve.EstimatorFixture.MARKET;
import static io.pathwise.solve.EstimatorFixture.blackScholes;
import static io.pathwise.solve.EstimatorFixture.contracts;
import static io.pathwise.solve.EstimatorFixture.errors;
import static io.pathwise.solve.EstimatorFixture.heston;
import static io.pathwise.solve.EstimatorFixture.means;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.model.KnownMeans;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Control;
import io.pathwise.payoff.Controlled;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.sde.ZeroCurve;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Statistical bounds are five standard errors: a false alarm once in 1.7 million seeds. */
class ControlVariateTest {
  private static final KnownMeans MEANS = means("black-scholes");
  private static final Contracts CONTRACTS = contracts("black-scholes");

  private static Solver asian() {
    return blackScholes()
        .step(1.0 / 12)
        .claim(CONTRACTS.asian("asian", OptionType.CALL, Averaging.ARITHMETIC, 100, 1, 12));
  }

  private static Control geometric() {
    return MEANS.geometricAsian("geometric", OptionType.CALL, 100, 1, 12);
  }

  @Test
  void theGeometricAsianCutsTheVarianceOfTheArithmeticOneByMoreThanFifty() {
    Moments plain = asian().solve(40_000).value("asian");
    Solution controlled = asian().control("asian", geometric()).solve(40_000);
    Moments value = controlled.value("asian");
    assertThat(plain.variance() / value.variance()).isGreaterThan(50);
    assertThat(Math.abs(plain.mean() - value.mean()))
        .isLessThan(5 * Math.hypot(plain.standardError(), value.standardError()));
    double ratio = controlled.prepared().varianceRatios().get("asian");
    assertThat(plain.variance() / value.variance() / ratio)
        .as("what the pilot promised")
        .isCloseTo(1, within(0.25));
  }

  @Test
  void theKnownMeansAreTheMeansOfTheirClaims() {
    List<Control> controls =
        List.of(
            MEANS.forward("forward", 0.5),
            MEANS.european("put", OptionType.PUT, 95, 1),
            MEANS.european("call", OptionType.CALL, 120, 0.5),
            MEANS.geometricAsian("geometric", OptionType.PUT, 105, 1, 4));
    Solver solver = blackScholes();
    controls.forEach(
        control -> {
          solver.claim(control.claim());
          Claim known = Controlled.deviation(control);
          solver.claim(
              new Claim(
                  control.claim().id() + " deviation",
                  "deviation of " + known.template(),
                  known.value(),
                  true,
                  known.time(),
                  known.watches(),
                  known.inputs(),
                  false));
        });
    Solution solution = solver.gradient("spot", "sigma", "r").solve(40_000);
    for (Control control : controls) {
      String deviation = control.claim().id() + " deviation";
      assertThat(errors(solution.value(deviation), 0)).as(deviation).isLessThan(5);
      assertThat(errors(solution.derivative(deviation, "sigma"), 0)).isLessThan(5);
      assertThat(errors(solution.derivative(deviation, "r"), 0)).isLessThan(5);
      assertThat(solution.value(deviation).standardError())
          .isCloseTo(solution.value(control.claim().id()).standardError(), within(1e-9));
    }
    double put = MARKET.european(EuropeanOption.put(95), 1).price();
    assertThat(solution.value("put").mean() - solution.value("put deviation").mean())
        .isCloseTo(put, within(1e-12 * put));
    double asian = MARKET.geometricAsian(EuropeanOption.put(105), 4, 1).price();
    assertThat(solution.value("geometric").mean() - solution.value("geometric deviation").mean())
        .isCloseTo(asian, within(1e-11 * asian));
  }

  @Test
  void theKnownMeansHoldUnderTermStructuresToo() {
    Map<String, ZeroCurve> curves =
        Map.of(
            "r", new ZeroCurve(new double[] {0.5, 1}, new double[] {0.02, 0.05}),
            "q", new ZeroCurve(new double[] {0.3, 1}, new double[] {0.04, 0.01}));
    var sde = Catalogue.find("black-scholes").orElseThrow().sde(Set.of("r", "q"));
    KnownMeans means = new KnownMeans(sde.observables().get("S"), curves);
    Solver solver =
        Solver.of(sde)
            .parameters(Map.of("spot", 100.0, "sigma", 0.2))
            .curves(curves)
            .step(0.25)
            .threads(2);
    for (Control control :
        List.of(
            means.forward("forward", 1),
            means.european("put", OptionType.PUT, 95, 1),
            means.geometricAsian("geometric", OptionType.CALL, 100, 1, 5))) {
      solver.claim(Controlled.deviation(control));
    }
    Solution solution = solver.solve(40_000);
    for (String claim : List.of("forward", "put", "geometric")) {
      assertThat(errors(solution.value(claim), 0)).as(claim).isLessThan(5);
    }
  }

  @Test
  void twoControlsMakeABarrierCheaperAndKeepItsMean() {
    Claim barrier =
        CONTRACTS.barrier("barrier", OptionType.CALL, 100, 1, BarrierType.DOWN_OUT, 90, 4);
    Solution controlled =
        blackScholes()
            .claim(barrier)
            .control("barrier", MEANS.european("european", OptionType.CALL, 100, 1))
            .control("barrier", MEANS.forward("forward", 1))
            .solve(40_000);
    Moments plain = blackScholes().claim(barrier).seed(77).solve(200_000).value("barrier");
    Moments value = controlled.value("barrier");
    assertThat(plain.variance() / value.variance()).isGreaterThan(5);
    assertThat(Math.abs(plain.mean() - value.mean()))
        .isLessThan(5 * Math.hypot(plain.standardError(), value.standardError()));
    assertThat(controlled.prepared().coefficients().get("barrier")).hasSize(2);
  }

  @Test
  void theForwardIsAControlUnderHestonWithEulerSteps() {
    Contracts contracts = contracts("heston");
    Claim call = contracts.european("call", OptionType.CALL, 90, 1);
    Solver solver = heston().claim(call);
    Moments plain = solver.solve(40_000).value("call");
    Moments value =
        solver.control("call", means("heston").forward("forward", 1)).solve(40_000).value("call");
    assertThat(plain.variance() / value.variance()).isGreaterThan(4);
    assertThat(Math.abs(plain.mean() - value.mean()))
        .isLessThan(5 * Math.hypot(plain.standardError(), value.standardError()));
  }

  @Test
  void derivativesAreThoseOfFiniteDifferencesOnTheSameNoiseAndCoefficients() {
    Claim asian = CONTRACTS.asian("asian", OptionType.CALL, Averaging.ARITHMETIC, 60, 1, 4);
    Control control = MEANS.geometricAsian("geometric", OptionType.CALL, 60, 1, 4);
    Solution fitted =
        blackScholes().claim(asian).control("asian", control).gradient("sigma").solve(2_000);
    double beta = fitted.prepared().coefficients().get("asian").get(0);
    Solver fixed = blackScholes().claim(Controlled.of(asian, List.of(control), beta));
    EstimatorFixture.assertDerivatives(
        fixed, EstimatorFixture.PARAMETERS, "asian", "spot", "r", "q", "sigma");
    assertThat(fixed.solve(2_000).derivative("asian", "sigma"))
        .isEqualTo(fitted.derivative("asian", "sigma"));
  }

  /** Fifty estimates spread as their standard errors say: chi-squared, 5 standard errors. */
  @Test
  void standardErrorsAreHonestAndTheMeanUnbiasedOverFiftySeeds() {
    double truth = MARKET.geometricAsian(EuropeanOption.call(100), 12, 1).price();
    double squares = 0;
    double sum = 0;
    for (int seed = 1; seed <= 50; seed++) {
      Moments value =
          blackScholes()
              .step(1.0 / 12)
              .claim(CONTRACTS.asian("asian", OptionType.CALL, Averaging.GEOMETRIC, 100, 1, 12))
              .control("asian", MEANS.european("european", OptionType.CALL, 100, 1))
              .pilotPaths(512)
              .seed(seed)
              .solve(4_096)
              .value("asian");
      double error = (value.mean() - truth) / value.standardError();
      squares += error * error;
      sum += error;
    }
    assertThat(squares / 50).isCloseTo(1, within(5 * Math.sqrt(2.0 / 50)));
    assertThat(sum / Math.sqrt(50)).as("standard normal").isBetween(-5.0, 5.0);
  }

  @Test
  void controlsGoWithAntitheticPairsAndWithADrift() {
    Claim asian = CONTRACTS.asian("asian", OptionType.CALL, Averaging.GEOMETRIC, 110, 1, 4);
    double truth = MARKET.geometricAsian(EuropeanOption.call(110), 4, 1).price();
    for (Estimator estimator :
        List.of(new Estimator.Antithetic(), new Estimator.Importance(List.of(0.8)))) {
      Solver solver = blackScholes().claim(asian).estimator(estimator);
      Moments without = solver.solve(20_000).value("asian");
      Moments with =
          solver
              .control("asian", MEANS.european("european", OptionType.CALL, 110, 1))
              .solve(20_000)
              .value("asian");
      assertThat(errors(with, truth)).as("%s", estimator).isLessThan(5);
      assertThat(with.variance()).isLessThan(without.variance());
    }
  }

  @Test
  void aControlOfAnotherTimeOrClaimIsRefused() {
    assertThatThrownBy(() -> asian().control("asian", MEANS.forward("forward", 0.5)).solve(1_000))
        .hasMessageContaining("control forward is read at 0.5, expected the same time");
    assertThatThrownBy(() -> asian().control("call", geometric()).solve(1_000))
        .hasMessageContaining("a control of claim call, expected one of [asian]");
    assertThatThrownBy(
            () -> new Control(geometric().claim(), EstimatorFixture.sde("heston").state().get(0)))
        .hasMessageContaining("the mean of a control is a number of the run");
    Contracts undiscounted = new Contracts(Expr.ONE, Discounting.none());
    Claim one = undiscounted.forward("one", 0, 1);
    assertThat(Control.of(one, 1).mean()).isEqualTo(Expr.ONE);
  }
}
