package io.pathwise.spark.job;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads rows through Spark while a job file is read: tables of any catalog, Parquet files. The
 * session is that of the job, started by the first who asks and used by the run afterwards.
 */
public interface RowReader {

  /**
   * The rows of a query; they have to fit in memory.
   *
   * @throws UnreadableRowsException if there is no such table or file, or Spark cannot read it
   */
  Found read(Session session, Query query);

  /**
   * What a session is made from.
   *
   * @param application its name
   * @param master Spark's master, where one is asked for
   * @param settings the warehouse and Spark's settings
   */
  record Session(String application, Optional<String> master, SessionSettings settings) {}

  /** What rows are kept in. */
  enum Source {
    /** A file or folder of Parquet at any Hadoop path. */
    PARQUET,
    /** A table of the session's catalogs. */
    TABLE
  }

  /**
   * What is read.
   *
   * @param source what the rows are kept in
   * @param name the path or the table's name
   * @param where a predicate in SQL
   * @param columns the columns that are read where they are there; capitals make no difference
   * @param window the days that are read, where the column is there
   * @param most the largest number of rows
   */
  record Query(
      Source source,
      String name,
      Optional<String> where,
      Set<String> columns,
      Optional<Window> window,
      int most) {}

  /**
   * Days of a column of dates. Where the window has none, the newest day before it is read, to be
   * named; rows whose cell is no date are read too.
   *
   * @param column its name
   * @param first the first day
   * @param last the last day
   */
  record Window(String column, LocalDate first, LocalDate last) {}

  /**
   * What was read.
   *
   * @param columns the names, in lower case where the query has them so
   * @param rows a list of cells a row, as texts; null is no value. In no order.
   * @param others the columns that the query does not name
   */
  record Found(List<String> columns, List<List<String>> rows, List<String> others) {}
}
