package io.pathwise.spark.job;

import com.typesafe.config.Config;
import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.OptionQuote;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads a job that calibrates. */
final class CalibrateJob {
  private static final int FRESH_PATHS = 4;

  private final Problems problems;
  private final Section job;
  private final Attachments attachments;

  CalibrateJob(Problems problems, Section job, Attachments attachments) {
    this.problems = problems;
    this.job = job;
    this.attachments = attachments;
  }

  /**
   * The job.
   *
   * @throws BadJobException with every problem
   */
  JobSpec read(String name, Optional<LocalDate> asOf, Path folder, Config resolved) {
    Fitted fitted = HistoryReader.isHistory(job) ? ofHistory(asOf) : ofQuotes(asOf);
    Optional<ModelSpec> model = fitted.model();
    Optional<CalibrationSpec> calibration = fitted.calibration();
    List<TradeSpec> quoted = calibration.map(CalibrateJob::quoted).orElse(List.<TradeSpec>of());
    Optional<SimulationSpec> simulation =
        SimulationReader.read(job, Optional.of(JobKind.CALIBRATE), quoted, model);
    for (String key : List.of("trades", "sensitivities")) {
      if (!job.list(key, "no such key").isEmpty()) {
        job.complain(key, "expected none to calibrate: the quotes are what is valued");
      }
    }
    GradientSpec gradient = GradientSpec.read(job);
    if (!gradient.pathwise()) {
      job.complain(GradientSpec.SENSITIVITY, "expected method = pathwise to calibrate");
    }
    SessionSettings session = SessionSettings.read(job, resolved);
    GpuSpec gpu = GpuSpec.read(job);
    Optional<CheckpointSpec> checkpoint = CheckpointSpec.read(job);
    if (job.has(BranchSpec.KEY)) {
      job.complain(BranchSpec.KEY, "expected no such key to calibrate");
    }
    job.know(resolved.root().keySet().stream().filter(SparkKeys::isSpark).toArray(String[]::new));
    job.finish("key");
    if (calibration.isPresent() && simulation.isPresent()) {
      checkSimulation(calibration.get(), model.orElseThrow(), simulation.get(), quoted);
    }
    problems.throwIfAny();
    Config named = SchemeReader.named(resolved, simulation.orElseThrow().scheme());
    return new JobSpec(
        JobKind.CALIBRATE,
        name,
        model.orElseThrow(),
        simulation.orElseThrow(),
        gpu,
        quoted,
        calibration.map(found -> found.space().freeNames()).orElse(List.of()),
        gradient,
        calibration,
        fitted.history(),
        session,
        checkpoint,
        Optional.empty(),
        asOf,
        new JobSpec.Source(folder.toString()),
        named,
        Identity.canonical(named, attachments.digests(), attachments.used()),
        fitted.notes());
  }

  /** What is fitted to quotes or to a history, and what the user should know of these. */
  private record Fitted(
      Optional<ModelSpec> model,
      Optional<CalibrationSpec> calibration,
      Optional<HistorySpec> history,
      List<String> notes) {}

  private Fitted ofQuotes(Optional<LocalDate> asOf) {
    Optional<CalibrationReader> reader = CalibrationReader.begin(job, asOf, attachments);
    job.know("model");
    Optional<ModelSpec> model =
        ModelReader.read(reader.map(CalibrationReader::completed).orElse(job), attachments);
    Optional<CalibrationSpec> calibration = reader.flatMap(found -> found.read(model, fresh()));
    return new Fitted(
        model,
        calibration,
        Optional.empty(),
        calibration.map(found -> notes(found, reader.orElseThrow().notes())).orElse(List.of()));
  }

  private Fitted ofHistory(Optional<LocalDate> asOf) {
    HistoryReader.Found found = HistoryReader.read(job, asOf, attachments);
    List<String> notes = new ArrayList<>();
    found
        .history()
        .filter(history -> !history.dropped().isEmpty())
        .ifPresent(
            history -> {
              notes.add(
                  "%d rows are left out or lack a series (calibration.history.on-bad = drop)"
                      .formatted(history.dropped().size()));
              notes.addAll(history.dropped());
            });
    return new Fitted(found.model(), Optional.empty(), found.history(), notes);
  }

  /** The seed of the fit plus one, and four times its paths. */
  private CalibrationSpec.Fresh fresh() {
    Problems elsewhere = new Problems();
    return job.value("simulation")
        .filter(com.typesafe.config.ConfigObject.class::isInstance)
        .map(found -> Section.of("simulation", (com.typesafe.config.ConfigObject) found, elsewhere))
        .map(
            simulation ->
                new CalibrationSpec.Fresh(
                    FRESH_PATHS
                        * simulation.whole("paths", 1, SimulationReader.MOST_PATHS / 4).orElse(1),
                    1 + simulation.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(0)))
        .orElse(new CalibrationSpec.Fresh(1, 1));
  }

  /** The quoted options as trades. */
  private static List<TradeSpec> quoted(CalibrationSpec calibration) {
    List<TradeSpec> trades = new ArrayList<>();
    for (OptionQuote quote : calibration.quotes()) {
      trades.add(
          new TradeSpec.European(
              quote.id(),
              quote.type(),
              quote.strike(),
              quote.expiry(),
              1,
              quote.kind() == OptionQuote.Kind.IMPLIED_VOL
                  ? OptionalDouble.of(quote.value())
                  : OptionalDouble.empty()));
    }
    return trades;
  }

  private void checkSimulation(
      CalibrationSpec calibration,
      ModelSpec model,
      SimulationSpec simulation,
      List<TradeSpec> quoted) {
    if (calibration.pricer() == CalibrationPricer.ANALYTIC) {
      return;
    }
    List<String> free =
        calibration.space().free().stream().map(CalibrationParameter::name).toList();
    Combination.check(job, quoted, model, simulation, free);
    if (simulation.estimator().method() != EstimatorMethod.PLAIN
        || simulation.estimator().controlled()) {
      job.section("simulation", "")
          .orElseThrow()
          .complain("estimator", "expected method = plain and control = none to calibrate");
    }
  }

  private static List<String> notes(CalibrationSpec calibration, List<String> ofQuotes) {
    List<String> notes = new ArrayList<>(ofQuotes);
    if (calibration.droppedCount() > 0) {
      notes.add(
          "%d of %d quotes are left out (calibration.quotes.on-bad = drop)"
              .formatted(
                  calibration.droppedCount(),
                  calibration.droppedCount() + calibration.quotes().size()));
      notes.addAll(calibration.dropped());
    }
    return notes;
  }
}
