package io.pathwise.benchmarks;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.kernel.Lanes;
import io.pathwise.payoff.Claim;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardRunner;
import io.pathwise.solve.Solver;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a step of every scheme costs: nanoseconds a path-step on one core, noise included, on a
 * Heston-like equation of two states under general noise, a diagonal one of three states, and an
 * additive one of three states and two channels, and as a ratio to the cheapest scheme of the same
 * equation in the same run.
 */
public final class SchemeReport {
  private static final int STEPS = 64;
  private static final int PATHS = 8 * Lanes.WIDTH;
  private static final long WARM_NANOS = 700_000_000L;
  private static final int MEASURED = 12;

  private SchemeReport() {}

  /** Prints the table; start it on one core. */
  public static void main(String[] arguments) {
    System.out.println("| scheme | calculus | general, 2 states | diagonal, 3 | additive, 3 |");
    System.out.println("|---|---|---:|---:|---:|");
    for (Calculus calculus : Calculus.values()) {
      Scheme baseline =
          Schemes.find(calculus == Calculus.ITO ? "euler" : "euler-heun").orElseThrow();
      double[] base = {
        nanos(baseline, stochasticVolatility(calculus)),
        nanos(baseline, diagonal(calculus)),
        nanos(baseline, additive(calculus))
      };
      for (Scheme scheme : Schemes.all()) {
        if (scheme.calculi().contains(calculus)) {
          String[] cells = {
            cell(scheme, stochasticVolatility(calculus), base[0]),
            cell(scheme, diagonal(calculus), base[1]),
            cell(scheme, additive(calculus), base[2])
          };
          if (!String.join("", cells).isBlank()) {
            System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s |%n",
                scheme.name(),
                calculus == Calculus.ITO ? "Itô" : "Stratonovich",
                String.join(" | ", cells));
          }
        }
      }
    }
  }

  private static String cell(Scheme scheme, Sde sde, double base) {
    if (!scheme.supports(sde)) {
      return "";
    }
    double nanos = nanos(scheme, sde);
    return String.format(Locale.ROOT, "%.1f (%.1f x)", nanos, nanos / base);
  }

  /** The least of some shards, after the compiler has seen many. */
  private static double nanos(Scheme scheme, Sde sde) {
    PathRun run =
        Solver.of(sde)
            .parameters(PARAMETERS)
            .scheme(scheme)
            .step(1.0 / STEPS)
            .claim(Claim.value("end", sde.observables().get(sde.states().get(0)), 1))
            .plan()
            .fine();
    ShardRunner runner = new CpuExecutor().open(run);
    List<Shard> shard = List.of(new Shard(0, 0, PATHS));
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < WARM_NANOS) {
      runner.run(shard, PathSink.NONE);
    }
    long least = Long.MAX_VALUE;
    for (int i = 0; i < MEASURED; i++) {
      long start = System.nanoTime();
      runner.run(shard, PathSink.NONE);
      least = Math.min(least, System.nanoTime() - start);
    }
    return (double) least / PATHS / STEPS;
  }

  private static final Map<String, Double> PARAMETERS =
      Map.of("r", 0.03, "kappa", 1.6, "theta", 0.07, "xi", 0.3, "rho", -0.7, "sigma", 0.2);

  private static Sde.Builder builder(Calculus calculus, String name) {
    return (calculus == Calculus.ITO ? Sde.ito(name) : Sde.stratonovich(name))
        .parameters(PARAMETERS.keySet().stream().sorted().toArray(String[]::new));
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
