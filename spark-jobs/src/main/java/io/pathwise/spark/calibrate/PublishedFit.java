package io.pathwise.spark.calibrate;

import static org.apache.spark.sql.functions.col;

import io.pathwise.spark.table.ResultTables;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The newest published fit before a date: where the next one starts and what it is held against.
 *
 * @param runId its run
 * @param asOf its date
 * @param values every parameter
 * @param errors the standard errors of those that were free
 */
record PublishedFit(
    String runId,
    LocalDate asOf,
    SortedMap<String, Double> values,
    SortedMap<String, Double> errors) {

  /**
   * Looks the fit up: what stands in the table of calibrations is published.
   *
   * @param portfolio the name of the job
   */
  static Optional<PublishedFit> before(
      SparkSession spark, String portfolio, String model, LocalDate date) {
    Column same =
        col("portfolio")
            .equalTo(portfolio)
            .and(col("model").equalTo(model))
            .and(col("as_of").lt(date));
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

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(runId);
    out.writeUTF(asOf.toString());
    for (Map<String, Double> map : List.of(values, errors)) {
      out.writeInt(map.size());
      for (Map.Entry<String, Double> entry : map.entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeDouble(entry.getValue());
      }
    }
  }

  static PublishedFit read(DataInputStream in) throws IOException {
    return new PublishedFit(in.readUTF(), LocalDate.parse(in.readUTF()), map(in), map(in));
  }

  private static SortedMap<String, Double> map(DataInputStream in) throws IOException {
    SortedMap<String, Double> map = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      map.put(in.readUTF(), in.readDouble());
    }
    return map;
  }
}
