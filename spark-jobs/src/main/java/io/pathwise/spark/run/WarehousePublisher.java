package io.pathwise.spark.run;

import io.pathwise.spark.cli.Publisher;
import io.pathwise.spark.job.BadJobException;
import io.pathwise.spark.job.SessionSettings;
import io.pathwise.spark.table.Publication;
import io.pathwise.spark.table.RunLock;
import io.pathwise.spark.table.Warehouse;
import io.pathwise.spark.table.WarehouseLocation;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.apache.spark.sql.SparkSession;

/** Moves the rows of calibrations through the Spark session of this JVM. */
public final class WarehousePublisher implements Publisher {

  /** For {@link java.util.ServiceLoader}. */
  public WarehousePublisher() {}

  @Override
  public boolean publish(SessionSettings settings, Optional<String> master, String runId) {
    return change(settings, master, runId, Publication::publish);
  }

  @Override
  public boolean hold(SessionSettings settings, Optional<String> master, String runId) {
    return change(settings, master, runId, Publication::hold);
  }

  private static boolean change(
      SessionSettings settings,
      Optional<String> master,
      String runId,
      BiPredicate<Publication, String> change) {
    SparkSession spark = WarehouseQueries.session(settings, master);
    WarehouseLocation warehouse = new WarehouseLocation(settings.warehouse());
    try (RunLock lock =
        RunLock.take(warehouse, runId, spark.sparkContext().hadoopConfiguration(), note -> {})) {
      boolean moved = change.test(Warehouse.open(spark).publication(), runId);
      lock.require();
      return moved;
    } catch (RunLock.RunningElsewhereException e) {
      throw new BadJobException(List.of(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new BadJobException(List.of("RUN = " + runId + ": " + e.getMessage()), e);
    }
  }
}
