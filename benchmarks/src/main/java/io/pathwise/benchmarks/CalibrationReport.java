package io.pathwise.benchmarks;

import io.pathwise.calibrate.AnalyticPricer;
import io.pathwise.calibrate.CalibrationProblem;
import io.pathwise.calibrate.Market;
import io.pathwise.calibrate.ModelSpace;
import io.pathwise.calibrate.MonteCarloPricer;
import io.pathwise.calibrate.OptionQuote;
import io.pathwise.calibrate.Pricer;
import io.pathwise.calibrate.Residuals;
import io.pathwise.calibrate.SobolStarts;
import io.pathwise.calibrate.optimise.LevenbergMarquardt;
import io.pathwise.calibrate.optimise.Objective;
import io.pathwise.calibrate.optimise.OptimiserState;
import io.pathwise.payoff.OptionType;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.ZeroCurve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The time to fit the DAX surface of examples/dax-calibration, with derivatives under the same
 * integral or along the same paths, against the same optimiser with forward differences. All sides
 * are in one run, on one core, in processor time.
 */
public final class CalibrationReport {
  private static final Path QUOTES =
      Path.of("examples", "dax-calibration", "dax-options-2002-07-05.csv");
  private static final double DAYS = 365;
  private static final int LAST_DAYS = 703;
  private static final int ITERATIONS = 40;
  private static final int NOISY_ITERATIONS = 12;
  private static final int ANALYTIC_FITS = 15;
  private static final int ROUNDS = 5;
  private static final int STARTS = 10;
  private static final double STEP = 1e-6;

  /**
   * A short step would see paths that change branch within a scheme more than their derivatives.
   */
  private static final double NOISY_STEP = 1e-3;

  private static final double REACHED = 177.5;
  private static final long PATHS = 1 << 16;
  private static final long SEED = 1;
  private static final int STEPS_A_YEAR = 104;
  private static final LevenbergMarquardt OPTIMISER = LevenbergMarquardt.onTransforms();

  /** That of fits with noise: what spark-jobs takes for them. */
  private static final LevenbergMarquardt TO_NOISE = new LevenbergMarquardt(1e-4, 1e-10, 1e-10, 2);

  private final Report report;
  private final Market market;
  private final List<OptionQuote> quotes;

  private CalibrationReport(Report report, Market market, List<OptionQuote> quotes) {
    this.report = report;
    this.market = market;
    this.quotes = quotes;
  }

  /** Prints the tables; start it from the root of the project, on one core. */
  public static void main(String[] arguments) throws IOException {
    Report report = new Report("calibration", arguments);
    CalibrationReport calibration = read(report);
    calibration.analytic();
    calibration.simulated();
    report.publish();
  }

  /** Spot, rates and quotes; expiries of quotes in weeks as the published fits have them. */
  private static CalibrationReport read(Report report) throws IOException {
    Map<Double, Double> rates = new TreeMap<>();
    List<OptionQuote> quotes = new ArrayList<>();
    List<String> lines = Files.readAllLines(QUOTES);
    double spot = 0;
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split(",", -1);
      int days = Integer.parseInt(row[4]);
      spot = Double.parseDouble(row[3]);
      rates.put(days / DAYS, Double.parseDouble(row[5]));
      quotes.add(
          OptionQuote.ofVolatility(
              row[0],
              OptionType.CALL,
              Double.parseDouble(row[6]),
              (days + 3) / 7 * 7 / DAYS,
              Double.parseDouble(row[7])));
    }
    rates.putIfAbsent(LAST_DAYS / DAYS, new ArrayList<>(rates.values()).get(rates.size() - 1));
    ZeroCurve curve =
        new ZeroCurve(
            rates.keySet().stream().mapToDouble(t -> t).toArray(),
            rates.values().stream().mapToDouble(r -> r).toArray());
    return new CalibrationReport(report, new Market(spot, curve, ZeroCurve.flat(0)), quotes);
  }

  private CalibrationProblem problem(Pricer pricer) {
    return new CalibrationProblem(
        pricer,
        quotes,
        ModelSpace.find(pricer.model()).orElseThrow(),
        Residuals.VOLATILITIES,
        List.of());
  }

  /** A fit, its mean time, and how often all quotes were valued. */
  private record Fit(OptimiserState state, double seconds, long valuations) {
    double sumOfSquares() {
      return 2 * state.bestValue();
    }
  }

  /** The same fit several times over, for the clock of processor time ticks in hundredths. */
  private static Fit fit(Objective objective, double[] start, LevenbergMarquardt by, int times) {
    OptimiserState state = null;
    long before = objective instanceof DifferencedObjective d ? d.valuations() : 0;
    long begun = ShardTime.processorNanos();
    for (int i = 0; i < times; i++) {
      state = by.minimise(objective, start, by.equals(TO_NOISE) ? NOISY_ITERATIONS : ITERATIONS);
    }
    double seconds = (ShardTime.processorNanos() - begun) * 1e-9 / times;
    long valuations =
        objective instanceof DifferencedObjective d
            ? (d.valuations() - before) / times
            : state.evaluations();
    return new Fit(state, seconds, valuations);
  }

  /** The quickest of some rounds: the first ones are those of the JIT compiler too. */
  private static Fit quickest(Objective objective, double[] start) {
    return IntStream.range(0, ROUNDS)
        .mapToObj(round -> fit(objective, start, OPTIMISER, ANALYTIC_FITS))
        .min(Comparator.comparingDouble(Fit::seconds))
        .orElseThrow();
  }

  private void analytic() {
    report.table(
        "semi-analytic prices, Jacobian",
        "ms a fit",
        "differences / exact",
        "iterations",
        "valuations of all quotes",
        "sum of squares");
    for (String model : List.of("heston", "bates")) {
      CalibrationProblem problem = problem(new AnalyticPricer(model, market));
      double[] start = problem.space().start();
      Objective differenced = new DifferencedObjective(problem, STEP);
      Fit exact = quickest(problem, start);
      Fit rival = quickest(differenced, start);
      row(model + ", exact", exact, "", 1e3);
      row(model + ", forward differences", rival, ratio(rival, exact), 1e3);
    }
    CalibrationProblem heston = problem(new AnalyticPricer("heston", market));
    long reached =
        SobolStarts.of(heston.space(), STARTS, 0).stream()
            .filter(point -> fit(heston, point, OPTIMISER, 1).sumOfSquares() <= REACHED)
            .count();
    report.line("");
    report.line(
        "QuantLib's test of this surface gives 177.2 as the optimum of Heston. Of %d starts spread"
            + " over the bounds, %d reach %s.",
        STARTS, reached, REACHED);
  }

  private void simulated() {
    MonteCarloPricer pricer =
        MonteCarloPricer.of(
            "heston",
            market,
            Schemes.find("heston-qe").orElseThrow(),
            1.0 / STEPS_A_YEAR,
            PATHS,
            SEED);
    CalibrationProblem problem = problem(pricer);
    CalibrationProblem checked = problem(new AnalyticPricer("heston", market));
    double[] start = problem.space().start();
    DifferencedObjective differenced = new DifferencedObjective(problem, NOISY_STEP);
    problem.evaluate(start, true); // The kernels are compiled.
    problem.evaluate(start, false);
    report.table(
        "%,d paths, %d steps a year, Jacobian".formatted(PATHS, STEPS_A_YEAR),
        "s an iteration",
        "differences / tangent",
        "s a fit",
        "differences / tangent",
        "iterations",
        "valuations of all quotes",
        "sum of squares",
        "by semi-analytic prices");
    double tangentStep = step(problem, start);
    double differenceStep = step(differenced, start);
    Fit tangent = fit(problem, start, TO_NOISE, 1);
    Fit rival = fit(differenced, start, TO_NOISE, 1);
    row("tangent", tangent, tangentStep, "", "", checked);
    row(
        "forward differences, same noise",
        rival,
        differenceStep,
        Report.times(differenceStep / tangentStep),
        ratio(rival, tangent),
        checked);
  }

  /** The time of one evaluation with derivatives, the least of three. */
  private static double step(Objective objective, double[] point) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 3; i++) {
      long begun = ShardTime.processorNanos();
      objective.evaluate(point, true);
      least = Math.min(least, (ShardTime.processorNanos() - begun) * 1e-9);
    }
    return least;
  }

  private static String ratio(Fit rival, Fit ours) {
    return Report.times(rival.seconds() / ours.seconds());
  }

  private void row(String name, Fit fit, String ratio, double unit) {
    report.row(
        name,
        Report.three(fit.seconds() * unit),
        ratio,
        String.valueOf(fit.state().iteration()),
        String.valueOf(fit.valuations()),
        Report.number(fit.sumOfSquares(), 3));
  }

  private void row(
      String name,
      Fit fit,
      double step,
      String stepRatio,
      String ratio,
      CalibrationProblem checked) {
    double exact = 2 * checked.evaluate(fit.state().best(), false).value();
    report.row(
        name,
        Report.three(step),
        stepRatio,
        Report.three(fit.seconds()),
        ratio,
        String.valueOf(fit.state().iteration()),
        String.valueOf(fit.valuations()),
        Report.number(fit.sumOfSquares(), 1),
        Report.number(exact, 1));
  }
}
