package io.pathwise.benchmarks;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.Precision;
import io.pathwise.model.Catalogue;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.sde.Sde;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.Solver;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The two problems that every side of the comparison solves. */
final class Setup {
  /** Paths of one invocation: one shard. */
  static final int PATHS = 4096;

  /** Steps of a path, one year of them. */
  static final int STEPS = 252;

  static final double SPOT = 100;
  static final double RATE = 0.03;
  static final double SIGMA = 0.2;
  static final double V0 = 0.1;
  static final double KAPPA = 1.6;
  static final double THETA = 0.07;
  static final double XI = 0.5;
  static final double RHO = -0.75;

  private Setup() {}

  /** Geometric Brownian motion by Euler-Maruyama on the price. */
  static PathRun gbm(Precision precision) {
    Sde sde =
        Sde.ito("gbm")
            .parameters("mu", "sigma")
            .state("S", Expr.of(SPOT))
            .drift((t, y) -> y.times(Expr.param("mu")))
            .diagonal((t, y) -> y.times(Expr.param("sigma")));
    return Solver.of(sde)
        .parameters(Map.of("mu", RATE, "sigma", SIGMA))
        .precision(precision)
        .step(1.0 / STEPS)
        .claim(Claim.value("S", sde.observables().get("S"), 1))
        .plan()
        .fine();
  }

  /** Heston by Euler-Maruyama with full truncation: one European call. */
  static PathRun heston(Precision precision, List<String> gradient) {
    return hestonSolver(precision, STEPS).gradient(gradient).plan().fine();
  }

  /** The same on a number of steps. */
  static Solver hestonSolver(Precision precision, int steps) {
    Sde sde = Catalogue.find("heston").orElseThrow().sde(Set.of());
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
    return Solver.of(sde)
        .parameters(Map.of("spot", SPOT, "v0", V0, "r", RATE, "q", 0.0))
        .parameters(Map.of("kappa", KAPPA, "theta", THETA, "xi", XI, "rho", RHO))
        .precision(precision)
        .step(1.0 / steps)
        .claim(contracts.european("call", OptionType.CALL, SPOT, 1));
  }
}
