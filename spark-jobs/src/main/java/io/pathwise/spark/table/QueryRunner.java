package io.pathwise.spark.table;

import io.pathwise.spark.report.ResultTable;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Runs SQL that reads the result tables. They go by their short names, {@code select * from npv},
 * and so do Iceberg's tables about them: {@code npv.snapshots}, {@code npv.files}, {@code
 * npv.history}, {@code npv.partitions} (in full: {@code pathwise.pathwise.npv.snapshots}). The
 * session has to come from {@code SparkSessions}, whose catalog resolves those names.
 */
public final class QueryRunner {

  private final SparkSession spark;

  /** Queries through this session. */
  public QueryRunner(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * The rows of one statement; they have to fit in memory. Instants and days are ISO 8601 text,
   * numbers and booleans are themselves.
   *
   * @throws IllegalArgumentException if the statement changes anything, or Spark refuses it; with
   *     Spark's message, without its plan and stack
   */
  public ResultTable run(String sql) {
    try {
      ReadingStatement.check(spark, sql);
      Dataset<Row> rows = spark.sql(sql);
      return new ResultTable(
          List.of(rows.columns()), rows.collectAsList().stream().map(Cells::of).toList());
    } catch (IllegalArgumentException known) {
      throw known;
    } catch (Exception error) {
      throw refused(error);
    }
  }

  private static RuntimeException refused(Exception error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof AnalysisException analysis) {
        return new IllegalArgumentException(analysis.getSimpleMessage().strip(), error);
      }
      if (cause instanceof SparkThrowable known && isOfTheQuery(known)) {
        return new IllegalArgumentException(cause.getMessage().strip(), error);
      }
    }
    return error instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("the query could not be run: " + error.getMessage(), error);
  }

  /** Errors of the query's own values, such as a division by zero, have an SQLSTATE of class 22. */
  private static boolean isOfTheQuery(SparkThrowable error) {
    return error.getSqlState() != null && error.getSqlState().startsWith("22");
  }
}
