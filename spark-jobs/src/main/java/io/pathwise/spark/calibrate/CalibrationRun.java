package io.pathwise.spark.calibrate;

import io.pathwise.calibrate.Calibration;
import io.pathwise.calibrate.CalibrationProblem;
import io.pathwise.calibrate.Pricer;
import io.pathwise.calibrate.SobolStarts;
import io.pathwise.calibrate.Uncertainty;
import io.pathwise.spark.job.CalibrationPricer;
import io.pathwise.spark.job.CalibrationSpec;
import io.pathwise.spark.job.Digests;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.PublishedFit;
import io.pathwise.spark.job.Resume;
import io.pathwise.spark.job.RunOptions;
import io.pathwise.spark.table.ResultTables;
import io.pathwise.spark.table.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Fits a model to quotes. Starts are independent: with semi-analytic prices each is a task of
 * Spark's; with simulated prices each evaluation of the objective spreads its paths over Spark and
 * starts follow one another. The numbers do not depend on how many tasks there are or where they
 * run.
 */
public final class CalibrationRun {
  private static final int DIGEST = 16;

  /** Starts take milliseconds each; several make a task that is worth its scheduling. */
  private static final int TASKS_A_CORE = 8;

  private final JobSpec job;
  private final CalibrationSpec spec;
  private final RunOptions options;
  private final SparkSession spark;
  private final Simulations simulations;

  private CalibrationRun(
      JobSpec job, RunOptions options, SparkSession spark, Simulations simulations) {
    this.job = job;
    this.spec = job.calibration().orElseThrow();
    this.options = options;
    this.spark = spark;
    this.simulations = simulations;
  }

  /** Makes pricers that simulate. */
  @FunctionalInterface
  public interface Simulations {
    /** A pricer of the job's model, to be closed. */
    SimulatedPricer of(long paths, long seed);
  }

  /** A pricer that holds something of Spark's. */
  public interface SimulatedPricer extends Pricer, AutoCloseable {
    @Override
    void close();
  }

  /**
   * What a calibration found.
   *
   * @param rows the rows of tables that hold published fits
   * @param diagnostics the rows of other tables, which are there whether it is published or not
   * @param held why it is not published by itself; empty where it is
   * @param summary a row a parameter: name, value, standard error, at a bound
   * @param notes what the user should know
   */
  public record Outcome(
      Map<TableSchema, List<? extends Record>> rows,
      Map<TableSchema, List<? extends Record>> diagnostics,
      List<String> held,
      List<List<Object>> summary,
      List<String> notes) {

    /** Copies the lists. */
    public Outcome {
      held = List.copyOf(held);
      summary = List.copyOf(summary);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Runs a calibration to its end.
   *
   * @param simulations makes the pricers of a Monte Carlo calibration
   * @throws IllegalStateException if no start could begin, with the reason of each
   */
  public static Outcome run(
      JobSpec job, RunOptions options, SparkSession spark, Simulations simulations) {
    return new CalibrationRun(job, options, spark, simulations).run();
  }

  private Outcome run() {
    List<String> notes = new ArrayList<>();
    Optional<PublishedFit> before =
        PublishedFits.newest(spark, job.name(), job.model().type(), options.asOf().minusDays(1));
    notes.add(
        before
            .map(fit -> "published before: " + fit.origin())
            .orElse("no published fit before " + options.asOf()));
    FitInput input = FitInput.of(job.model().type(), spec, before);
    List<double[]> points = points(input);
    Optional<StateFiles> files = files(input);
    FitRows rows =
        spec.pricer() == CalibrationPricer.ANALYTIC
            ? analytic(input, points, files, notes)
            : simulated(input, points, files, notes);
    files.ifPresent(StateFiles::clear);
    List<String> held = GuardCheck.reasons(spec.guards(), rows, before, notes);
    return outcome(rows, held, notes);
  }

  /** The points of all starts. */
  private List<double[]> points(FitInput input) {
    List<double[]> points = new ArrayList<>();
    points.add(input.space().start());
    points.addAll(SobolStarts.of(spec.space(), spec.search().starts() - 1, spec.search().seed()));
    return points;
  }

  private Optional<StateFiles> files(FitInput input) {
    Optional<StateFiles> files =
        job.checkpoint()
            .map(
                checkpoint ->
                    StateFiles.of(
                        checkpoint.dir(),
                        options.runId(),
                        digest(input),
                        spark.sparkContext().hadoopConfiguration()));
    if (options.resume() == Resume.NOTHING) {
      files.ifPresent(StateFiles::clear);
    }
    return files;
  }

  /** Tells fits of one run apart whose states do not go together. */
  private String digest(FitInput input) {
    String how = job.identity() + Digests.sha256(input.encode());
    return Digests.sha256(how.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .substring(0, DIGEST);
  }

  private FitRows analytic(
      FitInput input, List<double[]> points, Optional<StateFiles> files, List<String> notes) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    StartTask task =
        new StartTask(
            input.encode(),
            SearchSettings.of(spec.search()),
            points.toArray(double[][]::new),
            files.orElse(null));
    int tasks = Math.min(points.size(), TASKS_A_CORE * context.defaultParallelism());
    List<long[]> numbers =
        IntStream.range(0, points.size()).mapToObj(start -> new long[] {start}).toList();
    List<Started> started =
        context.parallelize(numbers, tasks).map(task).collect().stream()
            .map(Started::decode)
            .toList();
    int winner = winner(started);
    CalibrationProblem problem = input.analytic();
    Calibration fit = Calibration.of(problem, started.get(winner).state().orElseThrow());
    describe(fit, started, winner, notes);
    List<FitRows.Course> intervals =
        new IntervalRun(context, spec, input.encode(), fit, winner).rows(notes);
    return FitRows.of(fit, started, winner, Optional.empty()).with(intervals);
  }

  private FitRows simulated(
      FitInput input, List<double[]> points, Optional<StateFiles> files, List<String> notes) {
    long paths = job.simulation().paths();
    try (SimulatedPricer pricer = simulations.of(paths, job.simulation().seed());
        SimulatedPricer fresh = simulations.of(spec.fresh().paths(), spec.fresh().seed())) {
      CalibrationProblem problem = input.problem(pricer);
      StartRun run = new StartRun(problem, spec.search(), files);
      List<Started> started = new ArrayList<>();
      for (int start = 0; start < points.size(); start++) {
        started.add(started(run, start, points.get(start)));
      }
      int winner = winner(started);
      Calibration fit = Calibration.of(problem, started.get(winner).state().orElseThrow());
      describe(fit, started, winner, notes);
      FitRows.Fresh noise =
          new FitRows.Fresh(fit.revalued(fresh), spec.fresh(), paths, job.simulation().step());
      notes.add(
          String.format(
              Locale.ROOT,
              "objective %.6g on the paths of the fit, %.6g on %d fresh ones, of which %.3g is noise",
              noise.report().fitted(),
              noise.report().fresh(),
              spec.fresh().paths(),
              noise.report().noise()));
      return FitRows.of(fit, started, winner, Optional.of(noise));
    }
  }

  private static Started started(StartRun run, int number, double[] point) {
    try {
      return Started.of(run.run(number, point));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Started.failed(e);
    }
  }

  /** The start with the least objective, the first of equals. */
  private static int winner(List<Started> started) {
    int winner = -1;
    for (int start = 0; start < started.size(); start++) {
      if (started.get(start).state().isPresent()) {
        boolean better = winner < 0 || value(started.get(start)) < value(started.get(winner));
        winner = better ? start : winner;
      }
    }
    if (winner < 0) {
      throw new IllegalStateException("no start could begin; start 0: " + started.get(0).error());
    }
    return winner;
  }

  private static double value(Started started) {
    return started.state().orElseThrow().bestValue();
  }

  private static void describe(
      Calibration fit, List<Started> started, int winner, List<String> notes) {
    long near =
        started.stream()
            .filter(s -> s.state().isPresent())
            .filter(s -> 2 * value(s) <= fit.sumOfSquares() * (1 + 1e-3))
            .count();
    notes.add(
        String.format(
            Locale.ROOT,
            "objective %.6g after %d iterations of start %d; %d of %d starts reached it",
            fit.sumOfSquares(),
            fit.state().iteration(),
            winner,
            near,
            started.size()));
    for (int start = 0; start < started.size(); start++) {
      if (started.get(start).state().isEmpty()) {
        notes.add("start " + start + " could not begin: " + started.get(start).error());
      }
    }
    for (Uncertainty.Combination combination : fit.uncertainty().undetermined()) {
      notes.add("the quotes do not determine " + combination);
    }
  }

  /** What is written and shown of a fit. */
  static Outcome outcome(FitRows rows, List<String> held, List<String> notes) {
    Map<TableSchema, List<? extends Record>> fits = new LinkedHashMap<>();
    fits.put(ResultTables.CALIBRATION, rows.parameters());
    if (!rows.residuals().isEmpty()) {
      fits.put(ResultTables.CALIBRATION_RESIDUAL, rows.residuals());
    }
    Map<TableSchema, List<? extends Record>> diagnostics = new LinkedHashMap<>();
    diagnostics.put(ResultTables.TRAINING, rows.course());
    if (!rows.noise().isEmpty()) {
      diagnostics.put(ResultTables.CONVERGENCE, rows.noise());
    }
    List<List<Object>> summary = new ArrayList<>();
    for (FitRows.Parameter row : rows.parameters()) {
      List<Object> cells = new ArrayList<>();
      cells.add(row.parameter());
      cells.add(row.value());
      cells.add(row.stdErr());
      cells.add(row.atBound());
      cells.add(row.objective());
      summary.add(cells);
    }
    return new Outcome(fits, diagnostics, held, summary, notes);
  }
}
