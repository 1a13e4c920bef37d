package io.pathwise.spark.table;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces one run's rows in one table. Readers see one change: the removal of the old rows and the
 * new ones go to a branch, the branch is read back, then {@code main} moves to it and the branch
 * goes. When another writer moved {@code main} meanwhile, all of that starts again.
 */
final class TableReplacement {

  private static final Logger LOG = LoggerFactory.getLogger(TableReplacement.class);

  private static final int ATTEMPTS = 30;

  private final Table table;
  private final String runId;
  private final RunFiles files;

  private TableReplacement(Table table, String runId) {
    this.table = table;
    this.runId = runId;
    this.files = new RunFiles(table, runId);
  }

  /**
   * Makes {@code rows}, all of one partition, the run's rows; an empty list removes them.
   *
   * @param table loads the table as it is now: what was loaded long ago may not be refreshed, for
   *     old metadata is deleted
   * @throws WarehouseException if other writers come first too often
   */
  static void replace(Supplier<Table> table, String runId, List<Record> rows) {
    List<DataFile> files =
        rows.isEmpty() ? List.of() : List.of(new RunFiles(table.get(), runId).write(rows));
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (new TableReplacement(table.get(), runId).isDone(files)) {
        return;
      }
      pause(attempt);
    }
    throw new WarehouseException("other writers came first %d times in a row".formatted(ATTEMPTS));
  }

  /** Tries once; false if another writer came first. */
  private boolean isDone(List<DataFile> rows) {
    Long base = head();
    if (rows.isEmpty() && (base == null || files.countRows(base) == 0)) {
      return true;
    }
    String branch = "run-" + runId + "-" + UUID.randomUUID().toString().substring(0, 8);
    try {
      return stage(branch, base, rows) && fastForward(branch, base);
    } finally {
      drop(branch);
    }
  }

  /** Commits the change to a new branch; false if it no longer began at {@code base}. */
  private boolean stage(String branch, Long base, List<DataFile> rows) {
    Map<Boolean, List<DataFile>> before =
        (base == null ? List.<DataFile>of() : files.candidates(base))
            .stream().collect(Collectors.partitioningBy(files::holdsRunAlone));
    List<DataFile> own = before.get(true);
    List<DataFile> shared = before.get(false);
    try {
      Long parent = base;
      if (!shared.isEmpty() && countRows(own) < files.countRows(base)) {
        RowDelta delta = table.newRowDelta().toBranch(branch);
        files.deletes(shared).forEach(delta::addDeletes);
        delta.commit();
        if (!begins(branch, parent)) {
          return false;
        }
        parent = head(branch);
      }
      OverwriteFiles overwrite = table.newOverwrite().toBranch(branch);
      own.forEach(overwrite::deleteFile);
      rows.forEach(overwrite::addFile);
      overwrite.commit();
      if (!begins(branch, parent)) {
        return false;
      }
    } catch (ValidationException | CommitFailedException refused) {
      return otherwise(base, refused);
    }
    long staged = files.countRows(head(branch));
    if (staged != countRows(rows)) {
      throw new WarehouseException(
          "expected %d rows on the branch, got %d".formatted(countRows(rows), staged));
    }
    return true;
  }

  /** Whether the newest commit of the branch follows the given one, null being the empty table. */
  private boolean begins(String branch, Long parent) {
    return Objects.equals(table.snapshot(head(branch)).parentId(), parent);
  }

  private static long countRows(List<DataFile> whole) {
    return whole.stream().mapToLong(DataFile::recordCount).sum();
  }

  private Long head() {
    Snapshot main = table.currentSnapshot();
    return main == null ? null : main.snapshotId();
  }

  private long head(String branch) {
    return table.refs().get(branch).snapshotId();
  }

  /** Moves main from {@code base} to the branch, which goes; false if main is elsewhere. */
  private boolean fastForward(String branch, Long base) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        table
            .manageSnapshots()
            .fastForwardBranch(SnapshotRef.MAIN_BRANCH, branch)
            .removeBranch(branch)
            .commit();
        return true;
      } catch (IllegalArgumentException mainIsNoAncestor) {
        return otherwise(base, mainIsNoAncestor);
      } catch (CommitFailedException anotherCommitCameBetween) {
        pause(attempt);
        table.refresh();
        if (!Objects.equals(head(), base)) {
          return false;
        }
      }
    }
    return false;
  }

  /** False if main moved away from {@code base}, which explains the refusal; else throws it. */
  private boolean otherwise(Long base, RuntimeException refused) {
    table.refresh();
    if (Objects.equals(head(), base)) {
      throw refused;
    }
    return false;
  }

  private void drop(String branch) {
    for (int attempt = 1; table.refs().containsKey(branch); attempt++) {
      try {
        table.manageSnapshots().removeBranch(branch).commit();
      } catch (CommitFailedException anotherCommitCameBetween) {
        if (attempt == ATTEMPTS) {
          LOG.warn("table {}: branch {} stays until snapshots expire", table.name(), branch);
          return;
        }
        pause(attempt);
        table.refresh();
      }
    }
  }

  private static void pause(int attempt) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20L * attempt));
  }
}
