package io.pathwise.spark.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table that fits in memory.
 *
 * @param columns the names of the columns
 * @param rows the rows; a cell may be null, a number, a boolean, or anything with a text
 */
public record ResultTable(List<String> columns, List<List<Object>> rows) {

  /**
   * Copies the table.
   *
   * @throws IllegalArgumentException if a row has another number of cells than there are columns
   */
  public ResultTable {
    columns = List.copyOf(columns);
    List<List<Object>> copies = new ArrayList<>();
    for (List<Object> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "a row of " + row.size() + " cells, expected " + columns.size());
      }
      copies.add(Collections.unmodifiableList(new ArrayList<>(row)));
    }
    rows = Collections.unmodifiableList(copies);
  }
}
