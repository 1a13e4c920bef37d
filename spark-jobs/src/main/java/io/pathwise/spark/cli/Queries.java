package io.pathwise.spark.cli;

import io.pathwise.spark.job.SessionSettings;
import io.pathwise.spark.report.ResultTable;
import java.util.Optional;

/** Reads the result tables. */
public interface Queries {

  /**
   * The rows of a query over the result tables, which go by their short names.
   *
   * @param master Spark's master, where one is asked for
   * @throws IllegalArgumentException if the query is wrong, with what Spark says about it
   */
  ResultTable sql(SessionSettings settings, Optional<String> master, String query);

  /** The runs, newest first. */
  ResultTable runs(SessionSettings settings, Optional<String> master);
}
