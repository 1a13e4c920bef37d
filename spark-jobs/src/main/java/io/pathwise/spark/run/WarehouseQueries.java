package io.pathwise.spark.run;

import io.pathwise.spark.cli.Queries;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.SessionSettings;
import io.pathwise.spark.report.ResultTable;
import io.pathwise.spark.session.SparkSessions;
import io.pathwise.spark.table.QueryRunner;
import io.pathwise.spark.table.Warehouse;
import io.pathwise.spark.table.WarehouseException;
import io.pathwise.spark.table.WarehouseLocation;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Reads the result tables through the Spark session of this JVM. Iceberg's metadata tables resolve
 * by short names too: {@code select * from npv.snapshots}. A warehouse without tables is an error,
 * and is not made.
 */
public final class WarehouseQueries implements Queries {

  private static final String RUNS =
      """
      SELECT run_id, as_of, portfolio, job, status, progress, paths, wall_s, path_steps_per_s, backend,
             started_at, error
      FROM runs
      ORDER BY created_at DESC, run_id""";

  /** For {@link java.util.ServiceLoader}. */
  public WarehouseQueries() {}

  @Override
  public ResultTable sql(SessionSettings settings, Optional<String> master, String query) {
    return new QueryRunner(session(settings, master)).run(query);
  }

  @Override
  public ResultTable runs(SessionSettings settings, Optional<String> master) {
    return sql(settings, master, RUNS);
  }

  static SparkSession session(SessionSettings settings, Optional<String> master) {
    try {
      WarehouseLocation warehouse = new WarehouseLocation(settings.warehouse());
      if (!Warehouse.exists(SparkSessions.configuration(master, warehouse, settings.spark()))) {
        throw new WarehouseException(
            ("%s = '%s': expected a warehouse with result tables, found none;"
                    + " `pathwise run` makes them")
                .formatted(WarehouseLocation.KEY, settings.warehouse()));
      }
      return SparkSessions.create("pathwise query", master, warehouse, settings.spark());
    } catch (WarehouseException unusable) {
      throw new BadJobException(List.of(unusable.getMessage()), unusable);
    }
  }
}
