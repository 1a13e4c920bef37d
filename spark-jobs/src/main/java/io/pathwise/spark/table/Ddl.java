package io.pathwise.spark.table;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Spark SQL text that creates the result tables, for operators who do it by hand. */
public final class Ddl {

  private static final String HEADER =
      """
      -- The result tables in Spark SQL, generated from io.pathwise.spark.table.ResultTables.
      -- Pathwise creates missing tables by itself; run this where it may not.

      CREATE NAMESPACE IF NOT EXISTS %s;
      """;

  /** In full: the first part of a shorter name would be read as the catalog's. */
  private static final String NAMESPACE = Warehouse.CATALOG + "." + Warehouse.NAMESPACE;

  private Ddl() {}

  /** The statements for these tables, each ending with a semicolon. */
  public static String script(List<TableSchema> tables) {
    return HEADER.formatted(NAMESPACE)
        + tables.stream().map(table -> "\n" + create(table) + ";\n").collect(Collectors.joining());
  }

  private static String create(TableSchema table) {
    String columns =
        table.columns().stream()
            .map(
                column ->
                    "  %s %s%s COMMENT %s"
                        .formatted(
                            column.name(),
                            column.type().sql(),
                            column.required() ? " NOT NULL" : "",
                            quote(column.comment())))
            .collect(Collectors.joining(",\n"));
    String properties =
        TableProperties.of(table).entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> "  " + quote(entry.getKey()) + " = " + quote(entry.getValue()))
            .collect(Collectors.joining(",\n"));
    return "CREATE TABLE IF NOT EXISTS %s.%s (\n%s)\nUSING iceberg\nPARTITIONED BY (%s)\nTBLPROPERTIES (\n%s)"
        .formatted(NAMESPACE, table.name(), columns, TableSchema.PARTITION, properties);
  }

  private static String quote(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
