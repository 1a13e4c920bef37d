package io.pathwise.spark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a table is written. */
public enum TableFormat {
  /** Columns of equal width; numbers to the right, at most 10 significant digits. */
  TABLE {
    @Override
    public String format(ResultTable table) {
      return TextTable.format(table);
    }
  },
  /** RFC 4180 with a header line; no value is an empty cell. */
  CSV {
    @Override
    public String format(ResultTable table) {
      List<String> lines = new ArrayList<>();
      lines.add(table.columns().stream().map(TableFormat::quote).collect(Collectors.joining(",")));
      for (List<Object> row : table.rows()) {
        lines.add(
            row.stream()
                .map(cell -> cell == null ? "" : quote(cell.toString()))
                .collect(Collectors.joining(",")));
      }
      return String.join("\n", lines) + "\n";
    }
  },
  /** A list of objects, one a line; NaN and the infinities, which JSON lacks, are null. */
  JSON {
    @Override
    public String format(ResultTable table) {
      return table.rows().stream()
          .map(row -> Json.object(table.columns(), row))
          .collect(Collectors.joining(",\n", "[", "]\n"));
    }
  };

  /** The text of a table, ended by a line end. */
  public abstract String format(ResultTable table);

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String quote(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
