package io.pathwise.spark.calibrate;

import static org.apache.spark.sql.functions.col;

import io.pathwise.spark.job.FitReader;
import io.pathwise.spark.job.PublishedFit;
import io.pathwise.spark.job.RowReader;
import io.pathwise.spark.job.UnreadableRowsException;
import io.pathwise.spark.session.SparkSessions;
import io.pathwise.spark.table.ResultTables;
import io.pathwise.spark.table.Warehouse;
import io.pathwise.spark.table.WarehouseException;
import io.pathwise.spark.table.WarehouseLocation;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Looks published fits up through the Spark session of this JVM, which it starts where none runs.
 */
public final class PublishedFits implements FitReader {

  /** For {@link java.util.ServiceLoader}. */
  public PublishedFits() {}

  @Override
  public Optional<PublishedFit> newest(
      RowReader.Session session, String name, String model, LocalDate last) {
    return reached(session).flatMap(spark -> newest(spark, name, model, last));
  }

  @Override
  public List<String> names(RowReader.Session session, String model) {
    return reached(session)
        .map(
            spark ->
                spark
                    .table(ResultTables.CALIBRATION.name())
                    .where(col("model").equalTo(model))
                    .select("portfolio")
                    .distinct()
                    .orderBy("portfolio")
                    .as(Encoders.STRING())
                    .collectAsList())
        .orElse(List.of());
  }

  /** The session, where there are result tables; a warehouse without any is not made. */
  private static Optional<SparkSession> reached(RowReader.Session session) {
    try {
      WarehouseLocation warehouse = new WarehouseLocation(session.settings().warehouse());
      if (!Warehouse.exists(
          SparkSessions.configuration(session.master(), warehouse, session.settings().spark()))) {
        return Optional.empty();
      }
      return Optional.of(
          SparkSessions.create(
              session.application(), session.master(), warehouse, session.settings().spark()));
    } catch (WarehouseException e) {
      throw new UnreadableRowsException("cannot be read: " + e.getMessage(), e);
    }
  }

  /** The newest fit of a name and a model up to a date, that day included. */
  static Optional<PublishedFit> newest(
      SparkSession spark, String name, String model, LocalDate last) {
    Column same =
        col("portfolio").equalTo(name).and(col("model").equalTo(model)).and(col("as_of").leq(last));
    Dataset<Row> fits = spark.table(ResultTables.CALIBRATION.name()).where(same);
    List<Row> newest =
        fits.select("run_id", "as_of", "created_at")
            .orderBy(col("as_of").desc(), col("created_at").desc(), col("run_id"))
            .limit(1)
            .collectAsList();
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    String run = newest.get(0).getString(0);
    SortedMap<String, Double> values = new TreeMap<>();
    SortedMap<String, Double> errors = new TreeMap<>();
    for (Row row :
        fits.where(col("run_id").equalTo(run))
            .select("parameter", "value", "std_err")
            .collectAsList()) {
      values.put(row.getString(0), row.getDouble(1));
      if (!row.isNullAt(2)) {
        errors.put(row.getString(0), row.getDouble(2));
      }
    }
    LocalDate day = LocalDate.parse(String.valueOf(newest.get(0).get(1)));
    return Optional.of(new PublishedFit(run, day, values, errors));
  }
}
