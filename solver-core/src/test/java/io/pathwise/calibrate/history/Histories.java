package io.pathwise.calibrate.history;

import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.sde.Sde;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/** Equations and histories that tests of transition densities share. */
final class Histories {
  private Histories() {}

  /** An equation of the catalogue. */
  static Sde catalogue(String name) {
    return Catalogue.find(name).orElseThrow().sde(Set.of());
  }

  /** dx = kappa (theta - x) dt + sigma x^gamma dW (Chan, Karolyi, Longstaff and Sanders 1992). */
  static Sde ckls() {
    return Sde.ito("ckls")
        .parameters("kappa", "theta", "sigma", "gamma")
        .state("r", Expr.of(0.05))
        .drift((t, r) -> Expr.param("kappa").times(Expr.param("theta").minus(r)))
        .diagonal((t, r) -> Expr.param("sigma").times(r.pow(Expr.param("gamma"))));
  }

  /** dx = mu x dt + sigma x dW. */
  static Sde geometric() {
    return Sde.ito("geometric")
        .parameters("mu", "sigma")
        .state("s", Expr.ONE)
        .drift((t, s) -> Expr.param("mu").times(s))
        .diagonal((t, s) -> Expr.param("sigma").times(s));
  }

  /** Euler's scheme on a fine grid. */
  static Observations euler(
      long seed, double x0, DoubleUnaryOperator mu, DoubleUnaryOperator sigma, int n, double dt) {
    Random random = new Random(seed);
    int fine = 40;
    double step = dt / fine;
    double[] path = new double[n + 1];
    path[0] = x0;
    for (int i = 0; i < n; i++) {
      double x = path[i];
      for (int k = 0; k < fine; k++) {
        x +=
            mu.applyAsDouble(x) * step
                + sigma.applyAsDouble(x) * Math.sqrt(step) * random.nextGaussian();
      }
      path[i + 1] = x;
    }
    return new Observations(dt, path);
  }

  /** A rate of the square-root process, a = 1.5, b = 0.06, sigma = 0.15. */
  static Observations rates(int n, double dt) {
    return euler(3, 0.05, r -> 1.5 * (0.06 - r), r -> 0.15 * Math.sqrt(r), n, dt);
  }
}
