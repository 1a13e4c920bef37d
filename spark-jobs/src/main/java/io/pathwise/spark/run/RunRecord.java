package io.pathwise.spark.run;

import io.pathwise.spark.job.CalibrationPricer;
import io.pathwise.spark.job.HistorySpec;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.RunOptions;
import io.pathwise.spark.job.SimulationSpec;
import io.pathwise.spark.table.RunRow;
import io.pathwise.spark.table.RunStatus;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Keeps what the row of {@code runs} says, from the start of a run to its end. */
final class RunRecord {
  private final JobSpec job;
  private final RunOptions options;
  private final String master;
  private final BackendChoice backend;
  private final Instant started = Instant.now();
  private final long begun = System.nanoTime();
  private long paths;
  private long shards;

  RunRecord(JobSpec job, RunOptions options, String master, BackendChoice backend) {
    this.job = job;
    this.options = options;
    this.master = master;
    this.backend = backend;
    this.paths = simulates(job) ? job.simulation().paths() : 0;
    this.shards = simulates(job) ? job.simulation().shards() : 0;
  }

  /** Whether a job has paths: a fit of semi-analytic prices or to a history has none. */
  static boolean simulates(JobSpec job) {
    return job.history().isEmpty()
        && job.calibration().filter(fit -> fit.pricer() == CalibrationPricer.ANALYTIC).isEmpty();
  }

  /** Says how many paths and shards it came to, where the job does not. */
  void simulated(long allPaths, long allShards) {
    paths = allPaths;
    shards = allShards;
  }

  /** The name of the executor of shards. */
  String backend() {
    return backend.backend();
  }

  /** The row of a run that is on its way. */
  RunRow running(double progress, long pathSteps) {
    double wall = wallSeconds();
    return row(RunStatus.RUNNING, progress, null, wall, pathSteps, pathSteps / wall, null);
  }

  RunRow done(long pathSteps, String device) {
    double wall = wallSeconds();
    return row(RunStatus.DONE, 1, device, wall, pathSteps, pathSteps / wall, null);
  }

  /** The row of a run whose results are held back. */
  RunRow held(String why) {
    return row(RunStatus.HELD, 1, null, wallSeconds(), 0L, 0.0, why);
  }

  RunRow failed(double progress, String error) {
    return row(RunStatus.FAILED, progress, null, wallSeconds(), null, null, error);
  }

  private double wallSeconds() {
    return (System.nanoTime() - begun) * 1e-9;
  }

  private RunRow row(
      RunStatus status,
      double progress,
      String device,
      double wall,
      Long pathSteps,
      Double rate,
      String error) {
    SimulationSpec simulation = job.simulation();
    return new RunRow(
        job.kind().name().toLowerCase(Locale.ROOT),
        status,
        progress,
        job.configSha256(options.asOf()),
        job.configText(),
        codeVersion(),
        simulation.seed(),
        paths,
        Math.toIntExact(shards),
        backend.text(),
        device,
        master,
        snapshot(),
        started,
        wall,
        pathSteps,
        rate,
        error);
  }

  /** The quotes or the history of a calibration. */
  private String snapshot() {
    return job.calibration()
        .map(
            fit ->
                "%s: %d quotes, %d left out"
                    .formatted(fit.source(), fit.quotes().size(), fit.droppedCount()))
        .or(() -> job.history().map(HistorySpec::summary))
        .orElse(null);
  }

  /** The version in the jar's manifest; classes from a folder have none. */
  static String codeVersion() {
    return Optional.ofNullable(RunRecord.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
