package io.pathwise.spark.run;

import io.pathwise.solve.Tally;
import io.pathwise.spark.calibrate.CalibrationRun;
import io.pathwise.spark.calibrate.HistoryRun;
import io.pathwise.spark.checkpoint.DamagedSliceException;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.EstimatorMethod;
import io.pathwise.spark.job.JobKind;
import io.pathwise.spark.job.JobRunner;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.RunOptions;
import io.pathwise.spark.job.RunOutcome;
import io.pathwise.spark.report.ResultTable;
import io.pathwise.spark.session.SparkSessions;
import io.pathwise.spark.table.ResultTables;
import io.pathwise.spark.table.RunKey;
import io.pathwise.spark.table.RunLock;
import io.pathwise.spark.table.RunWriter;
import io.pathwise.spark.table.TableSchema;
import io.pathwise.spark.table.Warehouse;
import io.pathwise.spark.table.WarehouseException;
import io.pathwise.spark.table.WarehouseLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs jobs on the Spark session of this JVM and writes their result tables. */
public final class SparkJobRunner implements JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(SparkJobRunner.class);

  /** For {@link java.util.ServiceLoader}. */
  public SparkJobRunner() {}

  @Override
  public RunOutcome run(JobSpec job, RunOptions options) {
    WarehouseLocation warehouse = checked(job);
    String master = master(job, options, warehouse);
    BackendChoice backend =
        RunRecord.simulates(job) ? BackendChoice.of(job, master) : BackendChoice.unused();
    WarmStart warm =
        job.kind() == JobKind.CALIBRATE
            ? new WarmStart()
            : WarmStart.of(job, master, backend.backend());
    SparkSession spark;
    RunWriter writer;
    try {
      spark = SparkSessions.create(job.name(), options.master(), warehouse, job.sparkConf());
      writer = open(spark);
    } finally {
      warm.end();
    }
    RunKey key = new RunKey(options.runId(), options.asOf(), job.name());
    RunRecord record = new RunRecord(job, options, spark.sparkContext().master(), backend);
    Consumer<String> note = options.progress()::note;
    try (RunLock lock = lock(warehouse, options, spark, note)) {
      return locked(job, options, spark, writer, new Run(key, record, lock, note));
    }
  }

  private static RunLock lock(
      WarehouseLocation warehouse, RunOptions options, SparkSession spark, Consumer<String> note) {
    try {
      return RunLock.take(
          warehouse, options.runId(), spark.sparkContext().hadoopConfiguration(), note);
    } catch (RunLock.RunningElsewhereException e) {
      throw new BadJobException(List.of(e.getMessage()), e);
    }
  }

  /** What belongs to one run. */
  private record Run(RunKey key, RunRecord record, RunLock lock, Consumer<String> note) {}

  private static RunOutcome locked(
      JobSpec job, RunOptions options, SparkSession spark, RunWriter writer, Run run) {
    RunningRow running =
        new RunningRow(
            options.progress(),
            run.record()::running,
            row -> writer.replaceRunning(run.key(), row));
    try {
      return job.kind() == JobKind.CALIBRATE
          ? calibrate(job, options, spark, writer, run, running)
          : simulate(job, options, spark, writer, run, running);
    } catch (BadJobException e) {
      running.close();
      throw e; // Nothing was run, and what is stored of the run stands.
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      LOG.debug("run {} failed", options.runId(), e);
      String error = RunFailedException.of(e).getMessage();
      running.close();
      run.lock().require();
      writer.replaceFailed(run.key(), run.record().failed(running.fraction(), error));
      return new RunOutcome(
          options.runId(),
          Optional.of(error),
          new ResultTable(List.of(), List.of()),
          List.of(ResultTables.RUNS.name()),
          job.warehouse(),
          List.of());
    } finally {
      running.close();
    }
  }

  /** The warehouse, found to be writable before anything expensive starts. */
  private static WarehouseLocation checked(JobSpec job) {
    try {
      WarehouseLocation warehouse = new WarehouseLocation(job.warehouse());
      warehouse.checkWritable(SparkSessions.hadoop(job.sparkConf()));
      return warehouse;
    } catch (WarehouseException e) {
      throw new BadJobException(List.of(e.getMessage()), e);
    }
  }

  private static String master(JobSpec job, RunOptions options, WarehouseLocation warehouse) {
    return SparkSessions.configuration(options.master(), warehouse, job.sparkConf())
        .get("spark.master");
  }

  private static RunWriter open(SparkSession spark) {
    try {
      return Warehouse.open(spark).runWriter();
    } catch (WarehouseException e) {
      throw new BadJobException(List.of(e.getMessage()), e);
    }
  }

  private static RunOutcome calibrate(
      JobSpec job,
      RunOptions options,
      SparkSession spark,
      RunWriter writer,
      Run run,
      RunningRow progress) {
    CalibrationRun.Outcome found =
        job.history().isPresent()
            ? HistoryRun.run(job, options, spark)
            : CalibrationRun.run(
                job,
                options,
                spark,
                (paths, seed) ->
                    new SimulatedQuotes(
                        job, spark.sparkContext(), run.record().backend(), paths, seed));
    progress.close();
    run.lock().require();
    Map<TableSchema, List<? extends Record>> rows = new LinkedHashMap<>(found.diagnostics());
    if (found.held().isEmpty()) {
      rows.putAll(found.rows());
      writer.replace(run.key(), run.record().done(0, null), rows);
    } else {
      String why = String.join("; ", found.held());
      writer.replaceHeld(run.key(), run.record().held(why), rows, found.rows());
    }
    List<String> tables = new ArrayList<>(List.of(ResultTables.RUNS.name()));
    found.rows().keySet().forEach(table -> tables.add(table.name()));
    found.diagnostics().keySet().forEach(table -> tables.add(table.name()));
    return new RunOutcome(
        options.runId(),
        Optional.empty(),
        found.held(),
        Summary.parameters(found.summary()),
        tables,
        job.warehouse(),
        found.notes());
  }

  private static RunOutcome simulate(
      JobSpec job,
      RunOptions options,
      SparkSession spark,
      RunWriter writer,
      Run run,
      RunningRow progress) {
    Results results =
        job.simulation().estimator().method() == EstimatorMethod.MULTILEVEL
            ? MultilevelRun.run(job, options, spark.sparkContext(), run.record(), progress)
            : whole(job, options, spark, run, progress);
    List<ResultRows.Npv> npv = results.npv();
    List<ResultRows.Sensitivity> sensitivity = results.sensitivity();
    List<ResultRows.PathSummary> states = results.pathSummary();
    Map<TableSchema, List<? extends Record>> rows = new LinkedHashMap<>();
    rows.put(ResultTables.NPV, npv);
    rows.put(ResultTables.SENSITIVITY, sensitivity);
    rows.put(ResultTables.CONVERGENCE, results.convergence());
    rows.put(ResultTables.PATH_SUMMARY, states);
    rows.put(ResultTables.SHARD_LINEAGE, results.lineage());
    rows.values().removeIf(List::isEmpty);
    progress.close();
    run.lock().require();
    writer.replace(
        run.key(), run.record().done(results.pathSteps(), results.lineage().get(0).device()), rows);
    List<String> tables = new ArrayList<>(List.of(ResultTables.RUNS.name()));
    rows.keySet().forEach(table -> tables.add(table.name()));
    return new RunOutcome(
        options.runId(),
        Optional.empty(),
        npv.isEmpty() ? Summary.states(states) : Summary.trades(npv, sensitivity),
        tables,
        job.warehouse(),
        results.notes());
  }

  /** One simulation over all its paths. */
  private static Results whole(
      JobSpec job, RunOptions options, SparkSession spark, Run run, RunningRow progress) {
    JobPlan plan = JobPlan.of(job);
    ShardWork work = ShardWork.of(plan, run.record().backend());
    Resumption resumption =
        new Resumption(job, options, work, spark.sparkContext().hadoopConfiguration(), run.note());
    Start start = resumption.begin();
    ShardedRun sharded;
    Tally tally;
    while (true) {
      sharded = new ShardedRun(spark.sparkContext(), work, resumption.checkpoints());
      try {
        tally = sharded.run(start, progress);
        break;
      } catch (DamagedSliceException e) {
        resumption.putAsideDamaged(e);
        start = resumption.again();
      }
    }
    JobResults results = new JobResults(plan, tally);
    return new Results(
        results.npv(),
        results.sensitivity(),
        results.convergence(),
        results.pathSummary(),
        sharded.lineage(),
        plan.pathSteps(),
        results.notes());
  }
}
