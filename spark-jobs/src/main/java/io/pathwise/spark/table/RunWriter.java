package io.pathwise.spark.table;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;

/**
 * Writes what a run found. Writing a run id again replaces its rows, in one commit a table; {@code
 * runs} comes last, so that a run which stands there as DONE has all its results. Several drivers
 * may write at once.
 */
public final class RunWriter {

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
    Map<TableSchema, List<Record>> rows = new LinkedHashMap<>();
    Instant created = clock.instant();
    tables.keySet().forEach(table -> rows.put(table, List.of()));
    results.forEach((table, records) -> rows.put(known(table), rows(table, run, created, records)));
    List<Record> last = rows(known(ResultTables.RUNS), run, created, List.of(summary));
    rows.remove(ResultTables.RUNS);
    rows.forEach((table, records) -> replace(table, run, records));
    replace(ResultTables.RUNS, run, last);
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
