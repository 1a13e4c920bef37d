package io.pathwise.spark.table;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;

/**
 * Writes what a run found. Writing a run id again replaces its rows, in one commit a table; {@code
 * runs} comes last, so that a run which stands there as DONE has all its results. Several drivers
 * may write at once where the catalog's commits are atomic: on HDFS, with any catalog service, and
 * within one JVM. On a local file system the default catalog locks within the JVM alone.
 */
public final class RunWriter {

  private static final int WRITERS = 4;

  private final Map<TableSchema, Supplier<Table>> tables;
  private final Clock clock;

  RunWriter(Map<TableSchema, Supplier<Table>> tables, Clock clock) {
    this.tables = tables;
    this.clock = clock;
  }

  /**
   * Replaces everything that the tables hold of the run. A table that {@code results} leaves out
   * keeps no row of it.
   *
   * <p>Results are plain records, one a row, all of one class a table: the component {@code stdErr}
   * fills the column {@code std_err}. Columns without a component are null.
   *
   * @param run the run
   * @param summary the run's row in the table of runs
   * @param results the rows of the other tables
   * @throws IllegalArgumentException if a record does not fit its table; nothing is written then
   * @throws WarehouseException if the tables cannot be written
   */
  public void replace(
      RunKey run,
      RunRow summary,
      Map<TableSchema, ? extends List<? extends java.lang.Record>> results) {
    replace(run, summary, results, Map.of());
  }

  private void replace(
      RunKey run,
      RunRow summary,
      Map<TableSchema, ? extends List<? extends java.lang.Record>> results,
      Map<TableSchema, ? extends List<? extends java.lang.Record>> held) {
    Map<TableSchema, List<Record>> rows = new LinkedHashMap<>();
    Instant created = clock.instant();
    tables.keySet().forEach(table -> rows.put(table, List.of()));
    results.forEach((table, records) -> rows.put(known(table), rows(table, run, created, records)));
    List<Record> last = rows(known(ResultTables.RUNS), run, created, List.of(summary));
    rows.remove(ResultTables.RUNS);
    replaceAtOnce(run, rows);
    hold(run, created, held);
    replace(ResultTables.RUNS, run, last);
  }

  /**
   * The same for a run whose results wait for a decision: those of {@code held} go to the branch of
   * the run and leave the tables, see {@link Publication}.
   *
   * @throws IllegalArgumentException unless the row says HELD
   */
  public void replaceHeld(
      RunKey run,
      RunRow summary,
      Map<TableSchema, ? extends List<? extends java.lang.Record>> results,
      Map<TableSchema, ? extends List<? extends java.lang.Record>> held) {
    if (summary.status() != RunStatus.HELD || !Publication.TABLES.containsAll(held.keySet())) {
      throw new IllegalArgumentException(
          "a run that is held: expected status HELD and rows of calibrations, got " + summary);
    }
    replace(run, summary, results, held);
  }

  private void hold(
      RunKey run,
      Instant created,
      Map<TableSchema, ? extends List<? extends java.lang.Record>> held) {
    for (TableSchema table : Publication.TABLES) {
      if (tables.containsKey(table)) {
        List<? extends java.lang.Record> records = held.get(table);
        try {
          new HeldRows(tables.get(table), run.runId())
              .replace(records == null ? List.of() : rows(table, run, created, records));
        } catch (RuntimeException cause) {
          throw new WarehouseException(
              "run '%s': branch of table %s could not be written: %s"
                  .formatted(run.runId(), table.name(), cause.getMessage()),
              cause);
        }
      }
    }
  }

  /**
   * Records a run that is on its way: its row in the table of runs alone. Rows of an earlier
   * success stay until the run is done; they belong to no run that stands as DONE.
   *
   * @throws IllegalArgumentException unless the row says RUNNING
   */
  public void replaceRunning(RunKey run, RunRow summary) {
    if (summary.status() != RunStatus.RUNNING) {
      throw new IllegalArgumentException("expected status RUNNING, got " + summary);
    }
    replace(
        ResultTables.RUNS,
        run,
        rows(known(ResultTables.RUNS), run, clock.instant(), List.of(summary)));
  }

  /**
   * Records a run that failed: its row in the table of runs alone. Rows of an earlier success of
   * the same run go, so that no table has numbers of a run that stands as FAILED.
   *
   * @throws IllegalArgumentException unless the row says FAILED and why
   */
  public void replaceFailed(RunKey run, RunRow summary) {
    if (summary.status() != RunStatus.FAILED || summary.error() == null) {
      throw new IllegalArgumentException(
          "a failed run: expected status FAILED and an error, got " + summary);
    }
    replace(run, summary, Map.of());
  }

  private TableSchema known(TableSchema table) {
    if (!tables.containsKey(table)) {
      throw new IllegalArgumentException("no table of this warehouse: " + table.name());
    }
    return table;
  }

  private List<Record> rows(
      TableSchema table, RunKey run, Instant created, List<? extends java.lang.Record> records) {
    if (records.isEmpty()) {
      return List.of();
    }
    RowMapper mapper =
        new RowMapper(table, tables.get(table).get().schema(), records.get(0).getClass());
    List<Record> rows = new ArrayList<>(records.size());
    for (java.lang.Record record : records) {
      rows.add(mapper.row(run, created, record));
    }
    return rows;
  }

  /** Table by table, several at a time: a commit mostly waits for the file system. */
  private void replaceAtOnce(RunKey run, Map<TableSchema, List<Record>> rows) {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Callable<Void>> replacements = new ArrayList<>();
      rows.forEach(
          (table, records) ->
              replacements.add(
                  () -> {
                    replace(table, run, records);
                    return null;
                  }));
      WarehouseException failure = null;
      for (Future<Void> replacement : writers.invokeAll(replacements)) {
        failure = joined(replacement, failure);
      }
      if (failure != null) {
        throw failure;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WarehouseException("run '%s': interrupted".formatted(run.runId()), e);
    } finally {
      writers.shutdownNow();
    }
  }

  /** The first failure, which takes up those after it; null while there is none. */
  private static WarehouseException joined(Future<Void> replacement, WarehouseException failure)
      throws InterruptedException {
    try {
      replacement.get();
      return failure;
    } catch (ExecutionException e) {
      if (failure == null) {
        return new WarehouseException(e.getCause().getMessage(), e.getCause());
      }
      failure.addSuppressed(e.getCause());
      return failure;
    }
  }

  private void replace(TableSchema table, RunKey run, List<Record> rows) {
    try {
      TableReplacement.replace(tables.get(table), run.runId(), rows);
    } catch (RuntimeException cause) {
      throw new WarehouseException(
          "run '%s': table %s could not be written: %s"
              .formatted(run.runId(), table.name(), cause.getMessage()),
          cause);
    }
  }
}
