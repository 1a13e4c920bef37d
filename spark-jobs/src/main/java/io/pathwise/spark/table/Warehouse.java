package io.pathwise.spark.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.types.Types;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** The result tables of one catalog, created on demand. */
public final class Warehouse {

  /** The Spark catalog that holds the tables. */
  public static final String CATALOG = "pathwise";

  /** The namespace that holds the tables. */
  public static final String NAMESPACE = "pathwise";

  private final Map<TableSchema, Supplier<Table>> tables;

  private Warehouse(Map<TableSchema, Supplier<Table>> tables) {
    this.tables = tables;
  }

  /**
   * The tables of {@link ResultTables#all()} in the session's catalog {@value #CATALOG}. Creates
   * the namespace and the tables that are missing, and adds declared columns that an older table
   * lacks.
   *
   * @throws WarehouseException if a table exists with a column of another type, or the catalog
   *     cannot be used
   */
  public static Warehouse open(SparkSession spark) {
    return usable(() -> open(catalog(spark), ResultTables.all()));
  }

  /**
   * Whether the catalog {@value #CATALOG} of a configuration has result tables; makes nothing and
   * starts no session.
   *
   * @throws WarehouseException if the catalog cannot be used
   */
  public static boolean exists(SparkConf conf) {
    Map<String, String> options =
        Arrays.stream(conf.getAllWithPrefix("spark.sql.catalog." + CATALOG + "."))
            .collect(Collectors.toMap(Tuple2::_1, Tuple2::_2));
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(conf);
    return usable(() -> exists(CatalogUtil.buildIcebergCatalog(CATALOG, options, hadoop)));
  }

  private static boolean exists(Catalog catalog) {
    try {
      return catalog.tableExists(name(ResultTables.RUNS));
    } finally {
      close(catalog);
    }
  }

  private static void close(Catalog catalog) {
    if (catalog instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static Warehouse open(Catalog catalog, List<TableSchema> schemas) {
    createNamespace(catalog);
    Map<TableSchema, Supplier<Table>> tables = new LinkedHashMap<>();
    for (TableSchema schema : schemas) {
      Table table = loadOrCreate(catalog, schema);
      addMissingColumns(table, schema);
      tables.put(schema, () -> catalog.loadTable(name(schema)));
    }
    return new Warehouse(Collections.unmodifiableMap(tables));
  }

  /** A writer of runs, its {@code created_at} taken from the system's clock. */
  public RunWriter runWriter() {
    return runWriter(Clock.systemUTC());
  }

  /** A writer of runs, its {@code created_at} taken from this clock. */
  public RunWriter runWriter(Clock clock) {
    return new RunWriter(tables, clock);
  }

  /** What holds and publishes calibrations. */
  public Publication publication() {
    return new Publication(tables);
  }

  private static Catalog catalog(SparkSession spark) {
    return Spark3Util.loadIcebergCatalog(spark, CATALOG);
  }

  private static TableIdentifier name(TableSchema schema) {
    return TableIdentifier.of(NAMESPACE, schema.name());
  }

  private static <T> T usable(Supplier<T> action) {
    try {
      return action.get();
    } catch (WarehouseException known) {
      throw known;
    } catch (RuntimeException cause) {
      throw new WarehouseException(
          "%s (catalog spark.sql.catalog.%s): the result tables could not be opened: %s"
              .formatted(WarehouseLocation.KEY, CATALOG, cause.getMessage()),
          cause);
    }
  }

  private static void createNamespace(Catalog catalog) {
    if (catalog instanceof SupportsNamespaces namespaces
        && !namespaces.namespaceExists(Namespace.of(NAMESPACE))) {
      try {
        namespaces.createNamespace(Namespace.of(NAMESPACE));
      } catch (AlreadyExistsException anotherDriverWasFirst) {
        return;
      }
    }
  }

  private static Table loadOrCreate(Catalog catalog, TableSchema schema) {
    TableIdentifier name = name(schema);
    try {
      return catalog.loadTable(name);
    } catch (NoSuchTableException missing) {
      try {
        return catalog
            .buildTable(name, schema.icebergSchema())
            .withPartitionSpec(schema.partitionSpec())
            .withProperties(TableProperties.of(schema))
            .create();
      } catch (AlreadyExistsException anotherDriverWasFirst) {
        return catalog.loadTable(name);
      }
    }
  }

  private static void addMissingColumns(Table table, TableSchema schema) {
    UpdateSchema update = null;
    for (Column column : schema.columns()) {
      Types.NestedField field = table.schema().findField(column.name());
      if (field == null) {
        update = update == null ? table.updateSchema() : update;
        update.addColumn(column.name(), column.type().icebergType(), column.comment());
      } else if (!field.type().equals(column.type().icebergType())) {
        throw new WarehouseException(
            "table %s.%s: column %s: expected type %s, got %s"
                .formatted(
                    NAMESPACE,
                    schema.name(),
                    column.name(),
                    column.type().icebergType(),
                    field.type()));
      }
    }
    if (update != null) {
      update.commit();
    }
  }
}
