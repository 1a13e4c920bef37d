package io.pathwise.spark.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/**
 * What a person decides over a calibration: a run that is held becomes published, or the other way
 * round. Its rows move between the table and its branch; its row in {@code runs} says where they
 * are.
 */
public final class Publication {
  /** The tables whose rows are published or held. */
  static final List<TableSchema> TABLES =
      List.of(ResultTables.CALIBRATION, ResultTables.CALIBRATION_RESIDUAL);

  private static final String STATUS = "status";
  private static final String CALIBRATE = "calibrate";

  private final Map<TableSchema, Supplier<Table>> tables;

  Publication(Map<TableSchema, Supplier<Table>> tables) {
    this.tables = tables;
  }

  /**
   * Publishes a run that is held.
   *
   * @return whether it was held; false where it is published already
   * @throws IllegalArgumentException if it is no calibration that came to its end
   */
  public boolean publish(String runId) {
    Record run = run(runId);
    if (status(run) == RunStatus.DONE) {
      return false;
    }
    for (TableSchema table : TABLES) {
      HeldRows held = new HeldRows(tables.get(table), runId);
      if (held.exist()) {
        held.release();
      }
    }
    mark(run, runId, RunStatus.DONE);
    return true;
  }

  /**
   * Holds a run that is published.
   *
   * @return whether it was published; false where it is held already
   * @throws IllegalArgumentException if it is no calibration that came to its end
   */
  public boolean hold(String runId) {
    Record run = run(runId);
    if (status(run) == RunStatus.HELD) {
      return false;
    }
    TABLES.forEach(table -> new HeldRows(tables.get(table), runId).take());
    mark(run, runId, RunStatus.HELD);
    return true;
  }

  private static RunStatus status(Record run) {
    return RunStatus.valueOf(String.valueOf(run.getField(STATUS)));
  }

  private void mark(Record run, String runId, RunStatus status) {
    Record marked = run.copy();
    marked.setField(STATUS, status.name());
    TableReplacement.replace(tables.get(ResultTables.RUNS), runId, List.of(marked));
  }

  private Record run(String runId) {
    List<Record> rows = new ArrayList<>();
    try (CloseableIterable<Record> found =
        IcebergGenerics.read(tables.get(ResultTables.RUNS).get())
            .where(Expressions.equal(TableSchema.RUN, runId))
            .build()) {
      found.forEach(rows::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("not in the warehouse, expected the id of a run");
    }
    Record run = rows.get(0);
    String job = String.valueOf(run.getField("job"));
    RunStatus status = status(run);
    boolean ended = status == RunStatus.DONE || status == RunStatus.HELD;
    if (!job.equals(CALIBRATE) || !ended) {
      throw new IllegalArgumentException(
          "job = %s, status %s; expected a calibration that is DONE or HELD"
              .formatted(job, status));
    }
    return run;
  }
}
