package io.pathwise.spark.source;

import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The data source {@code pathwise}: {@code spark.read().format("pathwise").option("job",
 * "job.conf").load()} has a row a path and time, with one column an observable. Nothing is stored:
 * rows are simulated when they are read, and a path has the same values in every query.
 */
public final class PathwiseSource implements TableProvider, DataSourceRegister {

  /** For Spark. */
  public PathwiseSource() {}

  @Override
  public String shortName() {
    return "pathwise";
  }

  /**
   * The columns of a job.
   *
   * @throws io.pathwise.spark.job.BadJobException naming all that is wrong with job and options
   */
  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return PathTable.of(options.asCaseSensitiveMap()).structure();
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return PathTable.of(properties);
  }
}
