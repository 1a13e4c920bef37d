package io.pathwise.benchmarks;

import io.pathwise.model.Catalogue;
import io.pathwise.noise.NoiseSource;
import io.pathwise.payoff.Claim;
import io.pathwise.sde.Sde;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.Solver;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Nanoseconds a path-step by where the noise comes from: pseudo-random increments drawn step by
 * step, and what is prepared for whole paths.
 */
final class NoiseTable {
  private static final int PATHS = 4096;
  private static final int RANDOMISATIONS = 16;
  private static final int[] STEPS = {64, 256};
  private static final Map<String, Double> VALUES =
      Map.ofEntries(
          Map.entry("spot", 100.0),
          Map.entry("r", 0.03),
          Map.entry("q", 0.0),
          Map.entry("sigma", 0.2),
          Map.entry("v0", 0.05),
          Map.entry("kappa", 1.6),
          Map.entry("theta", 0.05),
          Map.entry("xi", 0.4),
          Map.entry("rho", -0.7),
          Map.entry("x0", 0.1),
          Map.entry("xi0", 0.05),
          Map.entry("eta", 1.5),
          Map.entry("hurst", 0.1));

  private NoiseTable() {}

  /** Adds the table to a report; ratios are to the row before them that has none. */
  static void print(Report report) {
    report.table("ns a path-step", STEPS[0] + " steps", "", STEPS[1] + " steps", "");
    for (String model : new String[] {"black-scholes", "heston"}) {
      double[] base = nanos(model, NoiseSource.PSEUDO);
      row(report, model + ", pseudo-random", base, base);
      row(report, model + ", stratified", nanos(model, new NoiseSource.Stratified(16)), base);
      for (boolean bridge : new boolean[] {false, true}) {
        row(
            report,
            model + (bridge ? ", Sobol and bridge" : ", Sobol, no bridge"),
            nanos(model, new NoiseSource.Sobol(RANDOMISATIONS, bridge)),
            base);
      }
      if (model.equals("heston")) {
        row(
            report,
            "rough-bergomi, against heston",
            nanos("rough-bergomi", NoiseSource.PSEUDO),
            base);
      }
    }
    double[] base = nanos("ornstein-uhlenbeck", NoiseSource.PSEUDO);
    row(report, "ornstein-uhlenbeck", base, base);
    row(report, "fractional-ou, against it", nanos("fractional-ou", NoiseSource.PSEUDO), base);
  }

  private static void row(Report report, String title, double[] nanos, double[] base) {
    report.row(
        title,
        Report.number(nanos[0], 1),
        ratio(nanos[0], base[0]),
        Report.number(nanos[1], 1),
        ratio(nanos[1], base[1]));
  }

  private static String ratio(double nanos, double base) {
    return nanos == base ? "" : Report.times(nanos / base);
  }

  private static double[] nanos(String model, NoiseSource noise) {
    Sde sde = Catalogue.find(model).orElseThrow().sde(Set.of());
    Map<String, Double> values = new TreeMap<>(VALUES);
    values.keySet().retainAll(sde.parameters());
    double[] nanos = new double[STEPS.length];
    for (int i = 0; i < STEPS.length; i++) {
      PathRun run =
          Solver.of(sde)
              .parameters(values)
              .step(1.0 / STEPS[i])
              .noise(noise)
              .claim(Claim.value("end", sde.state().get(0), 1))
              .plan((long) RANDOMISATIONS * PATHS)
              .fine();
      nanos[i] = ShardTime.nanos(run, PATHS) / STEPS[i];
    }
    return nanos;
  }
}
