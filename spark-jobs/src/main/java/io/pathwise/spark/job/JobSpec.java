package io.pathwise.spark.job;

import com.typesafe.config.Config;
import io.pathwise.sde.Sde;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job, checked and complete.
 *
 * @param kind what to do
 * @param name names the job for people
 * @param model the equation and its parameters
 * @param simulation how it is simulated
 * @param gpu how OpenCL devices are used
 * @param trades what is valued: the quoted options, to calibrate; none to simulate
 * @param sensitivities the names of the derivatives asked for, as in the job file
 * @param gradient how they are computed
 * @param calibration what is fitted to quotes, to calibrate
 * @param history what is estimated from a history, to calibrate without quotes
 * @param session the warehouse and Spark's settings
 * @param checkpoint how the run is kept, where it is
 * @param branch where the run begins, if it continues another
 * @param asOf the date of the market data, where the job has one
 * @param source where the job comes from
 * @param resolved every key with its value, defaults filled in
 * @param identity what the numbers of a run depend on, as canonical text
 * @param notes what is allowed and probably not meant, for the user
 */
public record JobSpec(
    JobKind kind,
    String name,
    ModelSpec model,
    SimulationSpec simulation,
    GpuSpec gpu,
    List<TradeSpec> trades,
    List<String> sensitivities,
    GradientSpec gradient,
    Optional<CalibrationSpec> calibration,
    Optional<HistorySpec> history,
    SessionSettings session,
    Optional<CheckpointSpec> checkpoint,
    Optional<BranchSpec> branch,
    Optional<LocalDate> asOf,
    Source source,
    Config resolved,
    String identity,
    List<String> notes) {

  /**
   * Where a job comes from.
   *
   * @param folder the folder that files in the job are relative to, absolute
   */
  public record Source(String folder) {}

  /**
   * The parts of a job that are checked against each other.
   *
   * @param prices whether trades are valued
   * @param checkpointed whether the run is kept
   * @param branch whether it continues another
   */
  record Draft(
      boolean prices,
      ModelSpec model,
      SimulationSpec simulation,
      boolean checkpointed,
      boolean branch) {}

  /** Copies the lists. */
  public JobSpec {
    trades = List.copyOf(trades);
    sensitivities = List.copyOf(sensitivities);
    notes = List.copyOf(notes);
  }

  /** The equation that is simulated: the model's, in the calculus of the simulation. */
  public Sde sde() {
    return simulation.converted(model.sde());
  }

  /** Where the result tables are. */
  public String warehouse() {
    return session.warehouse();
  }

  /** Spark's own settings by full name. */
  public Map<String, String> sparkConf() {
    return session.spark();
  }

  /** What the job declares to a solver. */
  public Declaration declaration() {
    return Declaration.of(model, simulation, trades, sensitivities, gradient);
  }

  /**
   * Names a run of this job: 16 hexadecimal digits of the SHA-256 of what its numbers depend on.
   * The warehouse, Spark's settings, the backend and its settings, and comments, order and spelling
   * in the job file do not count; the content of CSV files does.
   *
   * @param date the date of the market data
   */
  public String runId(LocalDate date) {
    return configSha256(date).substring(0, 16);
  }

  /** The SHA-256 that {@link #runId} is the beginning of, in hexadecimal. */
  public String configSha256(LocalDate date) {
    return Identity.sha256(identity, date);
  }

  /** The keys in which another job's identity differs, each with both values. */
  public List<String> differences(String otherIdentity) {
    return Identity.differences(otherIdentity, identity);
  }

  /** The resolved job without the settings of Spark, to be read again by another driver. */
  public String portableText() {
    Config portable = resolved;
    for (String key : resolved.root().keySet()) {
      portable = SparkKeys.isSpark(key) ? portable.root().withoutKey(key).toConfig() : portable;
    }
    return Identity.text(portable);
  }

  /** The resolved job as HOCON text with sorted keys; values that look like secrets are hidden. */
  public String configText() {
    return Identity.text(resolved);
  }
}
