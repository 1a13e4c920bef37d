package io.pathwise.spark.session;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;

/**
 * Iceberg's Spark catalog, in which a name that leads nowhere is looked up once more below the
 * default namespace. Spark itself does so for names of one part only; here the metadata tables
 * resolve by short names too, as in {@code select * from npv.snapshots}.
 */
public final class ResultCatalog extends SparkCatalog {

  /** For Spark, which makes catalogs by reflection. */
  public ResultCatalog() {}

  @Override
  public Table loadTable(Identifier name) throws NoSuchTableException {
    try {
      return super.loadTable(name);
    } catch (NoSuchTableException missing) {
      return super.loadTable(belowDefault(name, missing));
    }
  }

  @Override
  public Table loadTable(Identifier name, String version) throws NoSuchTableException {
    try {
      return super.loadTable(name, version);
    } catch (NoSuchTableException missing) {
      return super.loadTable(belowDefault(name, missing), version);
    }
  }

  @Override
  public Table loadTable(Identifier name, long timestamp) throws NoSuchTableException {
    try {
      return super.loadTable(name, timestamp);
    } catch (NoSuchTableException missing) {
      return super.loadTable(belowDefault(name, missing), timestamp);
    }
  }

  /** The name below the default namespace; what was missing if it is there already. */
  private Identifier belowDefault(Identifier name, NoSuchTableException missing)
      throws NoSuchTableException {
    String[] root = defaultNamespace();
    String[] levels = name.namespace();
    if (levels.length >= root.length
        && Arrays.equals(root, 0, root.length, levels, 0, root.length)) {
      throw missing;
    }
    String[] below = Stream.concat(Stream.of(root), Stream.of(levels)).toArray(String[]::new);
    return Identifier.of(below, name.name());
  }
}
