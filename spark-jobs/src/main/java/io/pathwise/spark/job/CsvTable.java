package io.pathwise.spark.job;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A table in a CSV file (RFC 4180): a header line, then a line a row. Lines that are blank or start
 * with "#" are skipped; an empty cell is no value.
 *
 * @param name the file's name
 * @param columns the names in the header
 * @param rows an object a row, its values texts that know their line
 */
record CsvTable(String name, List<String> columns, List<ConfigObject> rows) {

  /** The largest number of rows. */
  static final int MOST_ROWS = 1_000_000;

  /** Reads a table; nothing where there is no sound header. A bad row is a problem and left out. */
  static Optional<CsvTable> parse(String name, String text, Problems problems) {
    CsvRecords records = new CsvRecords(text);
    List<String> columns = null;
    List<ConfigObject> rows = new ArrayList<>();
    for (CsvRecords.Line line : records) {
      String place = name + ":" + line.number();
      if (line.unclosed()) {
        problems.add(place + ": a quote is not closed, expected \"");
      } else if (columns == null) {
        columns = header(place, line.cells(), problems);
        if (columns.isEmpty()) {
          return Optional.empty();
        }
      } else if (line.cells().size() != columns.size()) {
        String cells = line.cells().size() + " cells, expected " + columns.size();
        problems.add(place + ": " + cells + " as in the header");
      } else if (rows.size() == MOST_ROWS) {
        problems.add(place + ": more rows than " + MOST_ROWS);
        return Optional.empty();
      } else {
        rows.add(row(name, line, columns));
      }
    }
    if (columns == null) {
      problems.add(name + ": empty, expected a header line");
      return Optional.empty();
    }
    return Optional.of(new CsvTable(name, columns, List.copyOf(rows)));
  }

  private static List<String> header(String place, List<String> cells, Problems problems) {
    boolean blank = cells.stream().anyMatch(String::isEmpty);
    if (blank || new HashSet<>(cells).size() != cells.size()) {
      problems.add(place + ": header " + cells + ", expected column names, each once");
      return List.of();
    }
    return List.copyOf(cells);
  }

  private static ConfigObject row(String name, CsvRecords.Line line, List<String> columns) {
    ConfigOrigin origin = ConfigOriginFactory.newFile(name).withLineNumber(line.number());
    ConfigObject row = ConfigFactory.empty().root().withOrigin(origin);
    for (int i = 0; i < columns.size(); i++) {
      String cell = line.cells().get(i);
      if (!cell.isEmpty()) {
        ConfigValue value = ConfigValueFactory.fromAnyRef(cell).withOrigin(origin);
        row = row.withValue(columns.get(i), value);
      }
    }
    return row;
  }
}
