package io.pathwise.benchmarks;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.kernel.Lanes;
import io.pathwise.model.Catalogue;
import io.pathwise.payoff.Claim;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.Solver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a step of every scheme costs: nanoseconds a path-step on one core, noise included, on a
 * Heston-like equation of two states under general noise, a diagonal one of three states, and an
 * additive one of three states and two channels, and as a ratio to Euler-Maruyama (Itô) or
 * Euler-Heun (Stratonovich) for the same equation in the same run. A second table has the schemes
 * that need an equation of a known structure.
 */
public final class SchemeReport {
  private static final int STEPS = 64;
  private static final int PATHS = 4 * Lanes.WIDTH;

  private SchemeReport() {}

  /** Prints the tables; start it from the root of the project, on one core. */
  public static void main(String[] arguments) throws IOException {
    Report report = new Report("schemes", arguments);
    report.table(
        "scheme, ns a path-step", "calculus", "general, 2 states", "diagonal, 3", "additive, 3");
    for (Calculus calculus : Calculus.values()) {
      Scheme baseline = scheme(calculus == Calculus.ITO ? "euler" : "euler-heun");
      List<Sde> equations =
          List.of(stochasticVolatility(calculus), diagonal(calculus), additive(calculus));
      // Twice: what a JVM runs first is at a disadvantage.
      double[] base =
          equations.stream()
              .mapToDouble(sde -> Math.min(nanos(baseline, sde), nanos(baseline, sde)))
              .toArray();
      for (Scheme scheme : Schemes.all()) {
        List<String> cells = new ArrayList<>();
        for (int e = 0; e < base.length; e++) {
          cells.add(cell(scheme, equations.get(e), base[e]));
        }
        if (scheme.calculi().contains(calculus) && !String.join("", cells).isEmpty()) {
          report.row(
              scheme.name(),
              calculus == Calculus.ITO ? "Itô" : "Stratonovich",
              cells.get(0),
              cells.get(1),
              cells.get(2));
        }
      }
    }
    report.table("equations of a known structure", "scheme", "ns a path-step");
    for (Sde sde : List.of(heston(), ornsteinUhlenbeck(), oscillator())) {
      double base = Math.min(nanos(scheme("euler"), sde), nanos(scheme("euler"), sde));
      for (String name : List.of("euler", "heston-qe", "exact", "ubu", "quicsort")) {
        if (scheme(name).supports(sde)) {
          report.row(sde.name(), name, cell(scheme(name), sde, base));
        }
      }
    }
    report.publish();
  }

  private static Scheme scheme(String name) {
    return Schemes.find(name).orElseThrow();
  }

  private static String cell(Scheme scheme, Sde sde, double base) {
    if (!scheme.calculi().contains(sde.calculus()) || !scheme.supports(sde)) {
      return "";
    }
    double nanos = nanos(scheme, sde);
    return String.format(Locale.ROOT, "%.1f (%.1f x)", nanos, nanos / base);
  }

  private static double nanos(Scheme scheme, Sde sde) {
    PathRun run =
        Solver.of(sde)
            .parameters(PARAMETERS)
            .scheme(scheme)
            .step(1.0 / STEPS)
            .claim(Claim.value("end", sde.state().get(0), 1))
            .plan()
            .fine();
    return ShardTime.nanos(run, PATHS) / STEPS;
  }

  private static final Map<String, Double> PARAMETERS =
      Map.ofEntries(
          Map.entry("r", 0.03),
          Map.entry("q", 0.0),
          Map.entry("spot", 100.0),
          Map.entry("x0", 0.1),
          Map.entry("v0", 0.1),
          Map.entry("kappa", 1.6),
          Map.entry("theta", 0.07),
          Map.entry("xi", 0.3),
          Map.entry("rho", -0.7),
          Map.entry("sigma", 0.2));

  private static Sde.Builder builder(Calculus calculus, String name) {
    return (calculus == Calculus.ITO ? Sde.ito(name) : Sde.stratonovich(name))
        .parameters(PARAMETERS.keySet().stream().sorted().toArray(String[]::new));
  }

  private static Sde heston() {
    return Catalogue.find("heston").orElseThrow().sde(Set.of());
  }

  private static Sde ornsteinUhlenbeck() {
    return Catalogue.find("ornstein-uhlenbeck").orElseThrow().sde(Set.of());
  }

  /** An underdamped oscillator: dx = v dt, dv = -(x + v) dt + sigma dW. */
  private static Sde oscillator() {
    return Sde.ito("oscillator")
        .parameters("sigma")
        .state("x", Expr.ONE)
        .state("v", Expr.ZERO)
        .drift((t, y) -> Expr.concat(List.of(y.get(1), y.get(0).plus(y.get(1)).neg())))
        .diffusion(
            NoiseType.ADDITIVE,
            (t, y) ->
                Expr.concat(List.of(Expr.ZERO, Expr.param("sigma"))).reshape(Shape.matrix(2, 1)));
  }

  private static Sde stochasticVolatility(Calculus calculus) {
    Expr rho = Expr.param("rho");
    Expr xi = Expr.param("xi");
    return builder(calculus, "stochastic volatility")
        .state("x", Expr.ZERO)
        .state("v", Expr.of(0.1))
        .drift(
            (t, y) ->
                Expr.concat(
                    List.of(
                        Expr.param("r").minus(y.get(1).times(0.5)),
                        Expr.param("kappa").times(Expr.param("theta").minus(y.get(1))))))
        .diffusion(
            NoiseType.GENERAL,
            (t, y) -> {
              Expr volatility = y.get(1).max(1e-6).sqrt();
              Expr orthogonal = Expr.ONE.minus(rho.square()).sqrt();
              return Expr.concat(
                      List.of(
                          volatility,
                          Expr.ZERO,
                          volatility.times(xi).times(rho),
                          volatility.times(xi).times(orthogonal)))
                  .reshape(Shape.matrix(2, 2));
            });
  }

  private static Sde diagonal(Calculus calculus) {
    return threeStates(calculus, "diagonal").diagonal((t, y) -> y.times(Expr.param("sigma")));
  }

  private static Sde additive(Calculus calculus) {
    return threeStates(calculus, "additive")
        .diffusion(
            NoiseType.ADDITIVE,
            (t, y) -> {
              Expr sigma = Expr.param("sigma");
              Expr xi = Expr.param("xi");
              return Expr.concat(List.of(sigma, xi, xi, Expr.ZERO, sigma, sigma))
                  .reshape(Shape.matrix(3, 2));
            });
  }

  private static Sde.Builder threeStates(Calculus calculus, String name) {
    return builder(calculus, name)
        .state("a", Expr.ONE)
        .state("b", Expr.of(0.8))
        .state("c", Expr.of(1.2))
        .drift((t, y) -> Expr.param("theta").minus(y).times(Expr.param("kappa")));
  }
}
