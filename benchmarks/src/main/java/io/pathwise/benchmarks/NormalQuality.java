package io.pathwise.benchmarks;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Sde;
import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardRunner;
import io.pathwise.solve.Solver;
import java.util.Locale;
import net.finmath.functions.NormalDistribution;

/**
 * Kolmogorov-Smirnov distance and moments to order 6 of the normals that kernels draw: both members
 * of the pairs, through the kernel itself (two Brownian motions over one step of one year).
 */
public final class NormalQuality {
  private static final int CELLS = 1 << 20;

  private final long[] cells = new long[CELLS];
  private final double[] powers = new double[6];
  private long count;

  private NormalQuality() {}

  /** Draws as many as the argument says, 1e8 without, and prints a table. */
  public static void main(String[] arguments) {
    long draws = arguments.length > 0 ? Long.parseLong(arguments[0]) : 100_000_000L;
    Sde sde =
        Sde.ito("two Brownian motions")
            .state("a", Expr.ZERO)
            .state("b", Expr.ZERO)
            .diagonal((t, y) -> Expr.vector(1, 1));
    PathRun run = Solver.of(sde).step(1).observe("a", 1).observe("b", 1).plan().fine();
    ShardRunner runner = new CpuExecutor().open(run);
    NormalQuality quality = new NormalQuality();
    for (long shard = 0; quality.count < draws; shard++) {
      runner.run(
          Shard.of(shard, Long.MAX_VALUE / 2, 4096),
          (output, paths, values, n) -> quality.add(values, n));
    }
    quality.print();
  }

  private void add(double[] values, int n) {
    for (int i = 0; i < n; i++) {
      double z = values[i];
      double power = 1;
      for (int k = 0; k < powers.length; k++) {
        power *= z;
        powers[k] += power;
      }
      cells[Math.min(CELLS - 1, (int) (CELLS * NormalDistribution.cumulativeDistribution(z)))]++;
    }
    count += n;
  }

  private void print() {
    double distance = 0;
    long below = 0;
    for (int cell = 0; cell < CELLS - 1; cell++) {
      below += cells[cell];
      distance = Math.max(distance, Math.abs((double) below / count - (cell + 1.0) / CELLS));
    }
    double scaled = distance * Math.sqrt((double) count);
    System.out.printf(Locale.ROOT, "| %d normals | measured | exact | standard errors |%n", count);
    System.out.println("|---|---|---|---|");
    double[] exact = {0, 1, 0, 3, 0, 15};
    double[] ofSquare = {1, 3, 15, 105, 945, 10395};
    for (int k = 0; k < 6; k++) {
      double error = Math.sqrt((ofSquare[k] - exact[k] * exact[k]) / count);
      double mean = powers[k] / count;
      System.out.printf(
          Locale.ROOT,
          "| moment %d | %.7f | %.0f | %.2f |%n",
          k + 1,
          mean,
          exact[k],
          (mean - exact[k]) / error);
    }
    System.out.printf(
        Locale.ROOT,
        "| Kolmogorov-Smirnov, sqrt(n) D | %.3f | below 1.63 in 99 of 100 | |%n",
        scaled);
  }
}
