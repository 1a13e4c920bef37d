package io.pathwise.benchmarks;

import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.model.KnownMeans;
import io.pathwise.noise.NoiseSource;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Control;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Estimator;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What estimators are worth: the time on one core to a relative root mean square error of 1e-3 for
 * an arithmetic Asian call of weekly fixings, and what a drift cuts of the variance of a deep
 * option. All sides are in one run; {@link MultilevelTable} adds multilevel Monte Carlo.
 */
public final class EstimatorReport {
  static final double TARGET = 1e-3;
  static final int SEEDS = 8;
  static final int SHARD = 4096;

  private static final int WEEKS = 52;
  private static final long LEAST_NANOS = 500_000_000L;
  private static final int ROUND = 1024;
  private static final int STRATA = 256;
  private static final int RANDOMISATIONS = 16;
  private static final Map<String, Double> VALUES =
      Map.of(
          "spot", 100.0, "r", 0.03, "q", 0.01, "sigma", 0.2, "v0", 0.04, "kappa", 1.5, "theta",
          0.05, "xi", 0.4, "rho", -0.7);

  private final Report report;

  private EstimatorReport(Report report) {
    this.report = report;
  }

  /** Prints the tables; start it from the root of the project, on one core. */
  public static void main(String[] arguments) throws IOException {
    Report report = new Report("estimators", arguments);
    EstimatorReport estimators = new EstimatorReport(report);
    estimators.asian("black-scholes", "Black-Scholes");
    estimators.asian("heston", "Heston");
    MultilevelTable.print(report);
    estimators.deep();
    report.publish();
  }

  /** The market of a catalogue model without a claim. */
  static Solver market(String model) {
    return Solver.of(sde(model)).parameters(values(model)).threads(1).shardSize(SHARD);
  }

  private static Sde sde(String model) {
    return Catalogue.find(model).orElseThrow().sde(Set.of());
  }

  private static Map<String, Double> values(String model) {
    Map<String, Double> values = new java.util.TreeMap<>(VALUES);
    values.keySet().retainAll(sde(model).parameters());
    return values;
  }

  /** Contracts on the price of a catalogue model. */
  static Contracts contracts(String model) {
    return new Contracts(sde(model).observables().get("S"), Discounting.rate(Expr.param("r")));
  }

  private static Solver asian(String model) {
    return market(model)
        .step(1.0 / WEEKS)
        .claim(
            contracts(model).asian("claim", OptionType.CALL, Averaging.ARITHMETIC, 100, 1, WEEKS));
  }

  /**
   * A way to the estimate.
   *
   * @param solver a new solver of the claim named claim
   * @param groups whose sizes are powers of two; 0 where any number of paths goes
   * @param inverse whether the variance of the estimate is inverse to the number of paths
   */
  private record Method(String name, Supplier<Solver> solver, int groups, boolean inverse) {

    static Method free(String name, Supplier<Solver> solver) {
      return new Method(name, solver, 0, true);
    }

    /** Whether its number of paths is larger than the error asks for. */
    boolean overshoots() {
      return groups > 0 && inverse;
    }

    /** A number of paths that goes, at least this one. */
    long round(double paths) {
      if (groups == 0) {
        return (long) Math.ceil(paths / ROUND) * ROUND;
      }
      long each = 2;
      while (each * groups < paths) {
        each *= 2;
      }
      return each * groups;
    }
  }

  /**
   * Errors over some seeds, relative to the true value, and the mean processor time of a solution.
   */
  record Measured(long paths, double standardError, double rmse, double seconds) {

    static Measured of(Supplier<Solver> solver, long paths, double truth, int seeds) {
      double squares = 0;
      double errors = 0;
      int count = 0;
      long begun = ShardTime.processorNanos();
      while (count < seeds || ShardTime.processorNanos() - begun < LEAST_NANOS) {
        Moments value = solver.get().seed(1 + count % seeds).solve(paths).value("claim");
        if (count++ < seeds) {
          squares += value.standardError() * value.standardError();
          errors += (value.mean() - truth) * (value.mean() - truth);
        }
      }
      double seconds = (ShardTime.processorNanos() - begun) * 1e-9 / count;
      return new Measured(
          paths, Math.sqrt(squares / seeds) / truth, Math.sqrt(errors / seeds) / truth, seconds);
    }
  }

  private void asian(String model, String title) {
    Solver reference = asian(model).noise(new NoiseSource.Sobol(RANDOMISATIONS, true)).seed(99);
    Moments truth = reference.solve(1 << 20).value("claim");
    report.table(
        title + ": method",
        "paths",
        "standard error",
        "measured RMSE",
        "kernels, ms",
        "plain / method",
        "`solve`, ms",
        "plain / method");
    KnownMeans means = new KnownMeans(sde(model).observables().get("S"), Map.of());
    boolean heston = model.equals("heston");
    Control control =
        heston
            ? means.forward("control", 1)
            : means.geometricAsian("control", OptionType.CALL, 100, 1, WEEKS);
    NoiseSource bridge = new NoiseSource.Sobol(RANDOMISATIONS, true);
    NoiseSource forward = new NoiseSource.Sobol(RANDOMISATIONS, false);
    Method[] methods = {
      Method.free("plain", () -> asian(model)),
      Method.free("antithetic", () -> asian(model).estimator(new Estimator.Antithetic())),
      new Method(
          "stratified, " + STRATA + " strata",
          () -> asian(model).noise(new NoiseSource.Stratified(STRATA)),
          STRATA,
          true),
      Method.free(
          "control variate, " + (heston ? "forward" : "geometric Asian"),
          () -> asian(model).control("claim", control)),
      new Method("Sobol, no bridge", () -> asian(model).noise(forward), RANDOMISATIONS, false),
      new Method("Sobol and bridge", () -> asian(model).noise(bridge), RANDOMISATIONS, false)
    };
    double plain = 0;
    double plainKernels = 0;
    for (Method method : methods) {
      Measured measured = reaching(method, truth.mean());
      double kernels = kernels(method, measured.paths());
      double scale = method.overshoots() ? Math.pow(measured.standardError() / TARGET, 2) : 1;
      plain = plain == 0 ? measured.seconds() : plain;
      plainKernels = plainKernels == 0 ? kernels : plainKernels;
      report.row(
          method.name(),
          String.valueOf(measured.paths()),
          permille(measured.standardError()),
          permille(measured.rmse()),
          Report.three(kernels),
          Report.times(plainKernels / kernels / scale),
          Report.three(measured.seconds() * 1e3),
          Report.times(plain / measured.seconds() / scale));
    }
    report.line("");
    report.line(
        "%s: the value is %.5f, with a relative standard error of %.0e.",
        title, truth.mean(), truth.standardError() / truth.mean());
  }

  /** The method with about the paths that it needs. */
  private static Measured reaching(Method method, double truth) {
    if (method.inverse()) {
      Measured pilot = Measured.of(method.solver(), method.round(1 << 15), truth, 4);
      double needed = pilot.paths() * Math.pow(pilot.standardError() / TARGET, 2);
      return Measured.of(method.solver(), method.round(needed), truth, SEEDS);
    }
    long paths = method.round(1 << 9);
    while (Measured.of(method.solver(), paths, truth, SEEDS).standardError() > TARGET) {
      paths *= 2;
    }
    Measured.of(method.solver(), paths, truth, SEEDS); // The compiler's time is not counted.
    return Measured.of(method.solver(), paths, truth, SEEDS);
  }

  /** Milliseconds in the kernels, pilots not included. */
  private static double kernels(Method method, long paths) {
    Solver solver = method.solver().get();
    long samples = paths / solver.prepare(paths / 2).estimator().members();
    SimulationPlan plan = solver.prepare(samples).plan();
    return ShardTime.nanos(plan.fine(), plan.shardSize(samples, SHARD)) * samples * 1e-6;
  }

  /** A relative error in units of 1e-3. */
  static String permille(double error) {
    return Report.number(error * 1e3, 2) + "e-3";
  }

  private void deep() {
    report.table(
        "importance sampling",
        "variance, plain / drift",
        "ns a path, drift / plain",
        "gain in time");
    deep("Black-Scholes call, strike 180", "black-scholes", OptionType.CALL, 180);
    deep("Heston put, strike 50", "heston", OptionType.PUT, 50);
  }

  private void deep(String title, String model, OptionType option, double strike) {
    Supplier<Solver> solver =
        () ->
            market(model)
                .step(1.0 / WEEKS)
                .claim(contracts(model).european("claim", option, strike, 1));
    Moments plain = solver.get().solve(1 << 21).value("claim");
    Solver drifting = solver.get().estimator(new Estimator.ImportanceFor("claim"));
    Solution drifted = drifting.solve(1 << 16);
    double variances = plain.variance() / drifted.value("claim").variance();
    double nanos =
        ShardTime.nanos(drifted.prepared().plan().fine(), SHARD)
            / ShardTime.nanos(solver.get().plan().fine(), SHARD);
    report.row(
        title, Report.times(variances), Report.times(nanos), Report.times(variances / nanos));
  }
}
