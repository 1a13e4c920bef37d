package io.pathwise.spark.run;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.pathwise.spark.job.RowReader;
import io.pathwise.spark.job.UnreadableRowsException;
import io.pathwise.spark.session.SparkSessions;
import io.pathwise.spark.table.WarehouseException;
import io.pathwise.spark.table.WarehouseLocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Reads rows through the Spark session of this JVM, which it starts where none runs. */
public final class SparkRowReader implements RowReader {

  /** For {@link java.util.ServiceLoader}. */
  public SparkRowReader() {}

  @Override
  public Found read(Session session, Query query) {
    try {
      WarehouseLocation warehouse = new WarehouseLocation(session.settings().warehouse());
      SparkSession spark =
          SparkSessions.create(
              session.application(), session.master(), warehouse, session.settings().spark());
      return found(source(spark, query), query);
    } catch (WarehouseException e) {
      throw new UnreadableRowsException("cannot be read: " + e.getMessage(), e);
    } catch (UnreadableRowsException | IllegalStateException known) {
      throw known; // Another session than that of the job is no fault of the table.
    } catch (Exception e) { // Spark's are checked and not declared.
      throw unreadable(query, e);
    }
  }

  private static Dataset<Row> source(SparkSession spark, Query query) {
    if (query.source() == Source.PARQUET) {
      return spark.read().parquet(query.name());
    }
    // Spark would take csv.name for the file of that name.
    if (!spark.catalog().tableExists(query.name())) {
      throw new UnreadableRowsException("no such table, expected one of Spark's catalogs", null);
    }
    return spark.table(query.name());
  }

  private static Found found(Dataset<Row> source, Query query) {
    Dataset<Row> rows = query.where().map(source::where).orElse(source);
    List<Column> taken = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (query.columns().contains(name)) {
        requireCell(field);
        taken.add(col("`" + field.name() + "`").as(name));
        names.add(name);
      } else {
        others.add(field.name());
      }
    }
    Dataset<Row> selected = rows.select(taken.toArray(Column[]::new));
    Optional<Window> window = query.window().filter(days -> names.contains(days.column()));
    List<Row> collected =
        window.isPresent()
            ? ofDays(selected, window.get(), query.most())
            : selected.limit(query.most() + 1).collectAsList();
    if (collected.size() > query.most()) {
      throw new UnreadableRowsException(
          "has more rows than " + query.most() + ", expected fewer", null);
    }
    return new Found(names, collected.stream().map(SparkRowReader::cells).toList(), others);
  }

  /** The rows of some days and those without a day; where there is none, the newest row before. */
  private static List<Row> ofDays(Dataset<Row> rows, Window window, int most) {
    Column day = col(window.column()).try_cast("date");
    Column written = coalesce(day.cast("string"), col(window.column()).cast("string"));
    Dataset<Row> dated = rows.withColumn(window.column(), written);
    Column wanted = day.isNull().or(day.between(lit(window.first()), lit(window.last())));
    List<Row> found = dated.where(wanted).limit(most + 1).collectAsList();
    if (found.isEmpty()) {
      return dated.where(day.lt(lit(window.first()))).orderBy(day.desc()).limit(1).collectAsList();
    }
    return found;
  }

  private static void requireCell(StructField field) {
    DataType type = field.dataType();
    boolean plain =
        type instanceof NumericType
            || type instanceof StringType
            || type instanceof DateType
            || type instanceof TimestampType
            || type instanceof TimestampNTZType
            || type instanceof BooleanType;
    if (!plain) {
      throw new UnreadableRowsException(
          "column %s of type %s, expected numbers, texts or dates"
              .formatted(field.name(), type.simpleString()),
          null);
    }
  }

  private static List<String> cells(Row row) {
    String[] cells = new String[row.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = row.isNullAt(i) ? null : row.get(i).toString();
    }
    return Arrays.asList(cells);
  }

  private static RuntimeException unreadable(Query query, Exception error) {
    String expected = query.source() == Source.TABLE ? "a table" : "a Parquet file or folder";
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable) {
        String message =
            cause instanceof AnalysisException analysis
                ? analysis.getSimpleMessage()
                : cause.getMessage();
        return new UnreadableRowsException(
            "cannot be read, expected %s that can: %s".formatted(expected, message.strip()), error);
      }
    }
    return new UnreadableRowsException(
        "cannot be read, expected %s that can: %s".formatted(expected, error), error);
  }
}
