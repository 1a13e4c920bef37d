package io.pathwise.spark.job;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Looks published fits up through Spark while a job file is read, as {@link RowReader} does rows.
 */
public interface FitReader {

  /**
   * The newest published fit up to a date, that day included; nothing where there is none.
   *
   * @param name the name of the job that made it
   * @param model the type of its model
   * @throws UnreadableRowsException if the result tables cannot be read
   */
  Optional<PublishedFit> newest(
      RowReader.Session session, String name, String model, LocalDate last);

  /**
   * The names of the jobs that have published fits to models of a type, in alphabetical order.
   *
   * @throws UnreadableRowsException if the result tables cannot be read
   */
  List<String> names(RowReader.Session session, String model);
}
