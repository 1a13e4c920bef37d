package io.pathwise.spark.job;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that a job file refers to, whatever they are kept in.
 *
 * @param key the key that names what they are kept in: csv, parquet or table
 * @param name the name it gives
 * @param columns the names of the columns
 * @param cells an object a row, its values texts that know where they stand: the line of a CSV
 *     file, the number of the row in the order of {@link RowColumns} elsewhere
 * @param others columns of a table that are not read; in a CSV file they are errors of its rows
 */
record Rows(
    String key, String name, List<String> columns, List<ConfigObject> cells, List<String> others) {
  /** The key of a CSV file. */
  static final String CSV = "csv";

  /** The key of a Parquet file or folder. */
  static final String PARQUET = "parquet";

  /** The key of a table. */
  static final String TABLE = "table";

  /** The key of a predicate on the rows of either. */
  static final String WHERE = "where";

  /** Copies the lists. */
  Rows {
    columns = List.copyOf(columns);
    cells = List.copyOf(cells);
    others = List.copyOf(others);
  }

  static Rows of(CsvTable table) {
    return new Rows(CSV, table.name(), table.columns(), table.rows(), List.of());
  }

  /** What Spark found, in an order that only the content decides, numbered from 1. */
  static Rows of(String key, String name, RowReader.Found found, RowColumns known) {
    List<ConfigObject> rows = new ArrayList<>();
    for (List<String> cells : found.rows()) {
      ConfigObject row = ConfigFactory.empty().root();
      for (int i = 0; i < cells.size(); i++) {
        String cell = cells.get(i);
        if (cell != null && !cell.isBlank()) {
          row = row.withValue(found.columns().get(i), ConfigValueFactory.fromAnyRef(cell.strip()));
        }
      }
      rows.add(row);
    }
    rows.sort(known.comparator());
    List<ConfigObject> numbered = new ArrayList<>();
    for (ConfigObject row : rows) {
      ConfigOrigin origin = ConfigOriginFactory.newFile(name).withLineNumber(numbered.size() + 1);
      ConfigObject placed = row.withOrigin(origin);
      for (String column : row.keySet()) {
        placed = placed.withValue(column, row.get(column).withOrigin(origin));
      }
      numbered.add(placed);
    }
    return new Rows(key, name, found.columns(), numbered, found.others());
  }

  /** What a row without a name is called. */
  String nameOf(ConfigObject row) {
    return (key.equals(CSV) ? "line-" : "row-") + row.origin().lineNumber();
  }
}
