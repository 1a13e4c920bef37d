package io.pathwise.spark.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/**
 * The declaration of a result table: the one source of its Iceberg schema, of {@code
 * deploy/sql/ddl.sql} and of how records become rows.
 *
 * @param name snake_case, within the namespace
 * @param comment what one row is
 * @param columns all columns in order, the four common ones first
 */
public record TableSchema(String name, String comment, List<Column> columns) {

  /** The column that every table is partitioned by. */
  public static final String PARTITION = "as_of";

  /** The column that says which run a row belongs to. */
  public static final String RUN = "run_id";

  /** The column with the time of writing. */
  static final String CREATED = "created_at";

  /** The columns that every table begins with. */
  public static final List<Column> COMMON =
      List.of(
          Column.required(RUN, ColumnType.STRING, "The run that wrote the row."),
          Column.required(PARTITION, ColumnType.DATE, "The valuation date of the run."),
          Column.required("portfolio", ColumnType.STRING, "The portfolio that the run was for."),
          Column.required(CREATED, ColumnType.TIMESTAMP, "When the row was written (UTC)."));

  /** Checks that the table begins with the common columns and that no name stands twice. */
  public TableSchema {
    columns = List.copyOf(columns);
    if (columns.size() <= COMMON.size()
        || !columns.subList(0, COMMON.size()).equals(COMMON)
        || columns.stream().map(Column::name).distinct().count() != columns.size()) {
      throw new IllegalArgumentException(
          "table " + name + ": expected the common columns, then others, each name once");
    }
  }

  static TableSchema of(String name, String comment, Column... own) {
    return new TableSchema(name, comment, Stream.concat(COMMON.stream(), Stream.of(own)).toList());
  }

  /** The columns after the common ones. */
  public List<Column> ownColumns() {
    return columns.subList(COMMON.size(), columns.size());
  }

  /** The Iceberg schema, field ids counted from 1 in order. */
  Schema icebergSchema() {
    List<Types.NestedField> fields = new ArrayList<>();
    for (Column column : columns) {
      int id = fields.size() + 1;
      fields.add(
          column.required()
              ? Types.NestedField.required(
                  id, column.name(), column.type().icebergType(), column.comment())
              : Types.NestedField.optional(
                  id, column.name(), column.type().icebergType(), column.comment()));
    }
    return new Schema(fields);
  }

  PartitionSpec partitionSpec() {
    return PartitionSpec.builderFor(icebergSchema()).identity(PARTITION).build();
  }
}
