package io.pathwise.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.model.analytic.HestonAnalytic;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Solver;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The markets whose Greeks have closed forms, and solvers of them. */
final class Greeks {
  static final double SPOT = 100;
  static final double R = 0.03;
  static final double Q = 0.01;
  static final double SIGMA = 0.2;
  static final Map<String, Double> BLACK_SCHOLES =
      Map.of("spot", SPOT, "r", R, "q", Q, "sigma", SIGMA);

  /** 2 kappa theta is 5.8 of xi^2: the variance stays away from 0. */
  static final Map<String, Double> CALM = heston(0.05, 3, 0.06, 0.25, -0.6);

  /** 2 kappa theta is 0.6 of xi^2: the variance reaches 0. */
  static final Map<String, Double> TRUNCATED = heston(0.04, 1.5, 0.05, 0.5, -0.7);

  static final List<String> HESTON_NAMES =
      List.of("spot", "v0", "kappa", "theta", "xi", "rho", "r", "q");

  private Greeks() {}

  static Map<String, Double> heston(double v0, double kappa, double theta, double xi, double rho) {
    return Map.of(
        "spot", SPOT, "v0", v0, "r", R, "q", Q, "kappa", kappa, "theta", theta, "xi", xi, "rho",
        rho);
  }

  static HestonAnalytic analytic(Map<String, Double> p) {
    return new HestonAnalytic(
        p.get("v0"), p.get("kappa"), p.get("theta"), p.get("xi"), p.get("rho"));
  }

  static Sde sde(String model) {
    return Catalogue.find(model).orElseThrow().sde(Set.of());
  }

  static Contracts contracts(Sde sde) {
    return new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
  }

  /** One exact step a year. */
  static Solver blackScholes() {
    return Solver.of(sde("black-scholes")).parameters(BLACK_SCHOLES).step(1).seed(21);
  }

  static Solver heston(Map<String, Double> parameters, String scheme, double step) {
    return Solver.of(sde("heston"))
        .parameters(parameters)
        .scheme(Schemes.find(scheme).orElseThrow())
        .step(step)
        .seed(22);
  }

  /** An estimate within 4 standard errors of the truth. */
  static void assertClose(String what, Moments estimate, double truth) {
    assertThat(estimate.mean())
        .as("%s, standard error %s", what, estimate.standardError())
        .isCloseTo(truth, within(4 * estimate.standardError()));
  }
}
