package io.pathwise.solve;

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
import java.util.function.UnaryOperator;

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
    return new Contracts(
        sde(model).observables().get("S"), Discounting.rate(Expr.param("r")));
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

  /**
   * The central difference of a claim's mean in a parameter, on the same noise: what a derivative
   * is held against.
   */
  static double difference(
      Solver solver,
      Map<String, Double> parameters,
      String name,
      String claim,
      double bump,
      long paths,
      UnaryOperator<Solver> then) {
    double[] values = new double[2];
    for (int side = 0; side < 2; side++) {
      Map<String, Double> moved = new HashMap<>(parameters);
      moved.merge(name, side == 0 ? bump : -bump, Double::sum);
      values[side] = then.apply(solver.parameters(moved)).solve(paths).value(claim).mean();
    }
    solver.parameters(parameters);
    return (values[0] - values[1]) / (2 * bump);
  }

  /** How many standard errors an estimate is off. */
  static double errors(Moments estimate, double truth) {
    return Math.abs(estimate.mean() - truth) / estimate.standardError();
  }
}
