package io.pathwise.spark.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;

/** A warehouse of its own in a directory, read and written without Spark. */
record TestCatalog(Catalog catalog) {

  static TestCatalog in(Path directory) {
    return new TestCatalog(new HadoopCatalog(new Configuration(), directory.toUri().toString()));
  }

  Warehouse open() {
    return Warehouse.open(catalog, ResultTables.all());
  }

  Table table(TableSchema schema) {
    return catalog.loadTable(TableIdentifier.of(Warehouse.NAMESPACE, schema.name()));
  }

  void drop(TableSchema schema) {
    catalog.dropTable(TableIdentifier.of(Warehouse.NAMESPACE, schema.name()));
  }

  /** The rows that readers of {@code main} see. */
  List<Record> rows(TableSchema schema, Expression filter) {
    List<Record> rows = new ArrayList<>();
    try (CloseableIterable<Record> read =
        IcebergGenerics.read(table(schema)).where(filter).build()) {
      read.forEach(rows::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
