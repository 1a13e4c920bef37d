package io.pathwise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.model.analytic.BatesAnalytic;
import io.pathwise.model.analytic.CoxIngersollRossAnalytic;
import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.model.analytic.HestonAnalytic;
import io.pathwise.model.analytic.KouAnalytic;
import io.pathwise.model.analytic.MertonAnalytic;
import io.pathwise.model.analytic.VarianceGammaAnalytic;
import io.pathwise.model.analytic.VasicekAnalytic;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Simulated prices against closed forms: within 5 standard errors (and the step's bias where there
 * is one), a false alarm in less than a million runs; the seeds are fixed.
 */
class CataloguePricesTest {
  private static final double SPOT = 100;
  private static final double R = 0.03;
  private static final double Q = 0.01;

  private static Map<String, Double> market(Map<String, Double> more) {
    Map<String, Double> all = new HashMap<>(Map.of("spot", SPOT, "r", R, "q", Q));
    all.putAll(more);
    return all;
  }

  private static Solution options(
      String model, Map<String, Double> parameters, String scheme, double step, long paths) {
    Sde sde = Catalogue.find(model).orElseThrow().sde(Set.of());
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
    return Solver.of(sde)
        .parameters(market(parameters))
        .scheme(Schemes.find(scheme).orElseThrow())
        .step(step)
        .claim(contracts.european("K80", OptionType.PUT, 80, 1))
        .claim(contracts.european("K100", OptionType.CALL, 100, 1))
        .claim(contracts.european("K120", OptionType.CALL, 120, 1))
        .claim(Claim.value("forward", sde.observables().get("S"), 1))
        .companion()
        .seed(11)
        .solve(paths);
  }

  private interface Pricer {
    double price(EuropeanOption option, double forward, double discountFactor, double expiry);
  }

  private static void check(Solution solution, Pricer pricer, double bias) {
    double forward = SPOT * Math.exp(R - Q);
    double discount = Math.exp(-R);
    check(solution.value("forward"), forward, bias * SPOT);
    for (double strike : new double[] {80, 100, 120}) {
      OptionType type = strike < 100 ? OptionType.PUT : OptionType.CALL;
      double exact = pricer.price(new EuropeanOption(type, strike), forward, discount, 1);
      check(solution.value("K" + (int) strike), exact, bias * SPOT);
    }
  }

  private static void check(Moments moments, double exact, double bias) {
    assertThat(moments.mean())
        .as("mean with standard error %s", moments.standardError())
        .isCloseTo(exact, within(5 * moments.standardError() + bias));
  }

  private static final Map<String, Double> MERTON =
      Map.of("sigma", 0.15, "lambda", 0.8, "mu-j", -0.15, "sigma-j", 0.1);

  @Test
  void mertonOptionsAndForwardsAreThoseOfTheSeries() {
    Pricer exact = new MertonAnalytic(0.15, 0.8, -0.15, 0.1)::price;
    check(options("merton", MERTON, "exact", 0.25, 60_000), exact, 0);
    check(options("merton", MERTON, "euler", 0.05, 50_000), exact, 0);
  }

  @Test
  void mertonAtTwiceTheStepHasTheSameJumps() {
    Solution solution = options("merton", MERTON, "exact", 0.125, 20_000);
    for (String claim : new String[] {"K80", "K100", "K120", "forward"}) {
      assertThat(solution.atTwiceTheStep(claim).orElseThrow().mean())
          .isCloseTo(solution.value(claim).mean(), within(1e-9));
    }
  }

  @Test
  void kouOptionsAndForwardsAreThoseOfTheTransform() {
    Map<String, Double> parameters =
        Map.of("sigma", 0.16, "lambda", 1.0, "p", 0.4, "eta1", 10.0, "eta2", 5.0);
    Pricer exact = new KouAnalytic(0.16, 1, 0.4, 10, 5)::price;
    Solution solution = options("kou", parameters, "exact", 0.25, 60_000);
    check(solution, exact, 0);
    assertThat(solution.atTwiceTheStep("K100").orElseThrow().mean())
        .isCloseTo(solution.value("K100").mean(), within(1e-9));
  }

  private static final Map<String, Double> BATES =
      Map.of(
          "v0", 0.04, "kappa", 1.5, "theta", 0.06, "xi", 0.5, "rho", -0.7, "lambda", 0.5, "mu-j",
          -0.1, "sigma-j", 0.12);

  @Test
  void batesOptionsAndForwardsAreThoseOfTheTransform() {
    HestonAnalytic heston = new HestonAnalytic(0.04, 1.5, 0.06, 0.5, -0.7);
    Pricer exact = new BatesAnalytic(heston, 0.5, -0.1, 0.12)::price;
    check(options("bates", BATES, "heston-qe", 0.125, 60_000), exact, 3e-4);
    Solution coarse = options("bates", BATES, "euler", 1.0 / 50, 20_000);
    Solution fine = options("bates", BATES, "euler", 1.0 / 100, 20_000);
    check(coarse, exact, 1e-3);
    check(fine, exact, 5e-4);
  }

  @Test
  void varianceGammaOptionsAndForwardsAreThoseOfTheTransform() {
    Map<String, Double> parameters = Map.of("sigma", 0.12, "nu", 0.2, "theta", -0.14);
    Pricer exact = new VarianceGammaAnalytic(0.12, 0.2, -0.14)::price;
    check(options("variance-gamma", parameters, "exact", 0.5, 40_000), exact, 0);
    Solution small = options("variance-gamma", parameters, "euler", 0.1, 10_000);
    check(small, exact, 0);
    assertThat(small.atTwiceTheStep("K100").orElseThrow().mean())
        .isCloseTo(small.value("K100").mean(), within(1e-9));
  }

  @Test
  void vasicekBondsAreExactAtAnyStep() {
    Map<String, Double> parameters = Map.of("r0", 0.03, "a", 0.6, "b", 0.05, "sigma", 0.02);
    VasicekAnalytic exact = new VasicekAnalytic(0.03, 0.6, 0.05, 0.02);
    for (double step : new double[] {5, 1}) {
      check(bond("vasicek", parameters, "exact", step, 50_000), exact.bond(5), 0);
    }
    check(bond("vasicek", parameters, "euler", 0.02, 20_000), exact.bond(5), 2e-4);
    check(bond("hull-white", parameters, "exact", 1, 50_000), exact.bond(5), 0);
  }

  @Test
  void sabrWithoutVolatilityOfVolatilityIsBlackOrBachelier() {
    Sde sde = Catalogue.find("sabr").orElseThrow().sde(Set.of());
    Expr payoff = sde.observables().get("S").minus(0.03).max(0);
    for (double beta : new double[] {0, 1}) {
      double alpha = beta == 1 ? 0.2 : 0.002;
      Moments call =
          Solver.of(sde)
              .parameters(
                  Map.of("f0", 0.03, "alpha", alpha, "beta", beta, "nu", 0.0, "rho", 0.0, "r", 0.0))
              .step(1.0 / 64)
              .claim(Claim.value("call", payoff, 1))
              .seed(13)
              .solve(20_000)
              .value("call");
      double deviation = beta == 1 ? 0.03 * 0.0796556746 : 0.002 / Math.sqrt(2 * Math.PI);
      // At the money: F (2 Phi(0.1) - 1) for Black, alpha / sqrt(2 pi) for Bachelier.
      check(call, deviation, 2e-6);
    }
  }

  @Test
  void coxIngersollRossBondsConverge() {
    Map<String, Double> parameters = Map.of("r0", 0.03, "a", 0.5, "b", 0.04, "sigma", 0.1);
    double exact = new CoxIngersollRossAnalytic(0.03, 0.5, 0.04, 0.1).bond(5);
    check(bond("cir", parameters, "euler", 0.02, 20_000), exact, 4e-4);
    check(bond("cir", parameters, "milstein", 0.04, 20_000), exact, 8e-4);
  }

  private static Moments bond(
      String model, Map<String, Double> parameters, String scheme, double step, long paths) {
    Sde sde = Catalogue.find(model).orElseThrow().sde(Set.of());
    return Solver.of(sde)
        .parameters(parameters)
        .scheme(Schemes.find(scheme).orElseThrow())
        .step(step)
        .claim(Claim.value("bond", sde.observables().get("discount"), 5))
        .seed(12)
        .solve(paths)
        .value("bond");
  }
}
