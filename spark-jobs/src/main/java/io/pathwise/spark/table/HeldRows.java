package io.pathwise.spark.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The rows of a run that is held back: they are on a branch of its own, {@code held-RUN}, and not
 * in the table. {@code select * from calibration version as of 'held-RUN'} reads them.
 */
final class HeldRows {
  private static final int ATTEMPTS = 30;

  private final Supplier<Table> table;
  private final String runId;

  HeldRows(Supplier<Table> table, String runId) {
    this.table = table;
    this.runId = runId;
  }

  /** The name of the branch of a run. */
  static String branch(String runId) {
    return "held-" + runId;
  }

  /** Makes these the rows that are held; the run has none in the table. */
  void replace(List<Record> rows) {
    drop();
    if (rows.isEmpty()) {
      return;
    }
    DataFile file = new RunFiles(table.get(), runId).write(rows);
    begin();
    committed(loaded -> loaded.newAppend().appendFile(file).toBranch(branch(runId)).commit());
    keep();
  }

  /** Holds the rows that the run has in the table now, which then leave it. */
  void take() {
    drop();
    begin();
    keep();
    TableReplacement.replace(table, runId, List.of());
  }

  /** Makes the rows that are held the run's rows in the table. */
  void release() {
    TableReplacement.replace(table, runId, rows());
    drop();
  }

  /** Whether the run has a branch in the table. */
  boolean exist() {
    return table.get().refs().containsKey(branch(runId));
  }

  /** Deletes what is held. */
  void drop() {
    if (exist()) {
      committed(
          loaded -> {
            if (loaded.refs().containsKey(branch(runId))) {
              loaded.manageSnapshots().removeBranch(branch(runId)).commit();
            }
          });
    }
  }

  /** A branch that begins where the table is. */
  private void begin() {
    committed(
        loaded -> {
          Snapshot head = loaded.currentSnapshot();
          if (head != null) {
            loaded.manageSnapshots().createBranch(branch(runId), head.snapshotId()).commit();
          }
        });
  }

  /** Whoever expires snapshots leaves the branch: it waits for a person. */
  private void keep() {
    committed(
        loaded -> {
          if (loaded.refs().containsKey(branch(runId))) {
            loaded.manageSnapshots().setMaxRefAgeMs(branch(runId), Long.MAX_VALUE).commit();
          }
        });
  }

  private List<Record> rows() {
    Table loaded = table.get();
    List<Record> rows = new ArrayList<>();
    if (!loaded.refs().containsKey(branch(runId))) {
      return rows;
    }
    try (CloseableIterable<Record> found =
        IcebergGenerics.read(loaded)
            .useSnapshot(loaded.refs().get(branch(runId)).snapshotId())
            .where(Expressions.equal(TableSchema.RUN, runId))
            .build()) {
      found.forEach(rows::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private interface Commit {
    void to(Table loaded);
  }

  private void committed(Commit change) {
    for (int attempt = 1; ; attempt++) {
      try {
        change.to(table.get());
        return;
      } catch (CommitFailedException anotherCommitCameBetween) {
        if (attempt == ATTEMPTS) {
          throw anotherCommitCameBetween;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20L * attempt));
      }
    }
  }
}
