package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.model.KnownMeans;
import io.pathwise.model.analytic.BlackScholes;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.sde.Sde;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The market that estimators are tried on, and what every one of them must keep. */
final class EstimatorFixture {
  static final BlackScholes MARKET = new BlackScholes(100, 0.03, 0.01, 0.2);
  static final Map<String, Double> PARAMETERS =
      Map.of("spot", 100.0, "r", 0.03, "q", 0.01, "sigma", 0.2);
  static final Map<String, Double> HESTON =
      Map.of(
          "spot", 100.0, "v0", 0.04, "r", 0.03, "q", 0.01, "kappa", 1.5, "theta", 0.06, "xi", 0.5,
          "rho", -0.7);

  /** Variance that stays off 0, where differences would straddle the truncation. */
  static final Map<String, Double> CALM =
      Map.of(
          "spot", 100.0, "v0", 0.04, "r", 0.03, "q", 0.01, "kappa", 3.0, "theta", 0.05, "xi", 0.1,
          "rho", -0.7);

  private EstimatorFixture() {}

  static Sde sde(String model) {
    return Catalogue.find(model).orElseThrow().sde(Set.of());
  }

  static Contracts contracts(String model) {
    return new Contracts(sde(model).observables().get("S"), Discounting.rate(Expr.param("r")));
  }

  static KnownMeans means(String model) {
    return new KnownMeans(sde(model).observables().get("S"), Map.of());
  }

  static Solver blackScholes() {
    return Solver.of(sde("black-scholes")).parameters(PARAMETERS).step(0.25).seed(9).threads(2);
  }

  static Solver heston() {
    return Solver.of(sde("heston")).parameters(HESTON).step(0.1).seed(9).threads(2);
  }

  /** Derivatives of a claim against central differences on the same noise. */
  static void assertDerivatives(
      Solver solver, Map<String, Double> parameters, String claim, String... names) {
    double bump = 1e-5;
    long paths = 2_000;
    Map<String, Double> differences = new TreeMap<>();
    for (String name : names) {
      double[] values = new double[2];
      for (int side = 0; side < 2; side++) {
        Map<String, Double> moved = new HashMap<>(parameters);
        moved.merge(name, side == 0 ? bump : -bump, Double::sum);
        values[side] = solver.parameters(moved).solve(paths).value(claim).mean();
      }
      differences.put(name, (values[0] - values[1]) / (2 * bump));
    }
    Solution solution = solver.parameters(parameters).gradient(names).solve(paths);
    differences.forEach(
        (name, difference) ->
            assertThat(solution.derivative(claim, name).mean())
                .as(name)
                .isCloseTo(difference, within(2e-6 * Math.abs(difference))));
  }

  /** How many standard errors an estimate is off. */
  static double errors(Moments estimate, double truth) {
    return Math.abs(estimate.mean() - truth) / estimate.standardError();
  }
}
