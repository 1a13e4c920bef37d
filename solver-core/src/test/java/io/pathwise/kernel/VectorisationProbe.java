package io.pathwise.kernel;

import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.sde.Sde;
import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardRunner;
import io.pathwise.solve.Solver;
import java.util.Map;
import java.util.Set;

/** Prints the least time of many shards of Heston, in nanoseconds; run in a JVM of its own. */
public final class VectorisationProbe {
  private static final int REPETITIONS = 60;

  private VectorisationProbe() {}

  /** Measures and prints. */
  public static void main(String[] arguments) {
    Sde sde = Catalogue.find("heston").orElseThrow().sde(Set.of());
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
    ShardRunner runner =
        new CpuExecutor()
            .open(
                Solver.of(sde)
                    .parameters(Map.of("spot", 100.0, "v0", 0.1, "r", 0.03, "q", 0.0))
                    .parameters(Map.of("kappa", 1.6, "theta", 0.07, "xi", 0.5, "rho", -0.75))
                    .claim(contracts.european("call", OptionType.CALL, 100, 1))
                    .gradient(arguments)
                    .plan()
                    .fine());
    long least = Long.MAX_VALUE;
    for (int i = 0; i < REPETITIONS; i++) {
      long begun = System.nanoTime();
      runner.run(Shard.of(i, 1L << 30, 4096), PathSink.NONE);
      least = Math.min(least, System.nanoTime() - begun);
    }
    System.out.println(least);
  }
}
