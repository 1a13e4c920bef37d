package io.pathwise.spark.table;

import java.util.Objects;

/**
 * One declared column of a result table.
 *
 * @param name snake_case
 * @param type the values' type
 * @param required whether every row has a value
 * @param comment what a value means, with its unit; stands in the catalog as the column's comment
 */
public record Column(String name, ColumnType type, boolean required, String comment) {

  /** Checks that the column has a name, a type and a comment. */
  public Column {
    Objects.requireNonNull(type, "type");
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("column name: expected snake_case, got '" + name + "'");
    }
    if (comment.isBlank()) {
      throw new IllegalArgumentException("column " + name + ": expected a comment, got none");
    }
  }

  static Column required(String name, ColumnType type, String comment) {
    return new Column(name, type, true, comment);
  }

  static Column optional(String name, ColumnType type, String comment) {
    return new Column(name, type, false, comment);
  }
}
