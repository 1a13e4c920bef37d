package io.pathwise.spark.job;

import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the command line says about one run of a job.
 *
 * @param runId names the run in the tables; a run of the same name is replaced
 * @param asOf the date of the market data
 * @param master Spark's master, where one is asked for
 * @param progress told how far the run is
 * @param resume what to do with stored slices of the run
 */
public record RunOptions(
    String runId, LocalDate asOf, Optional<String> master, Progress progress, Resume resume) {
  /** What a run id looks like, in words. */
  static final String RUN_ID_FORM =
      "1 to 64 letters, digits, '.', '-', '_', the first a letter or digit";

  private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it is not 1 to 64 letters, digits, dots, hyphens and
   *     underscores that start with a letter or digit
   */
  public RunOptions {
    if (!isRunId(runId)) {
      throw new IllegalArgumentException("run id '" + runId + "', expected " + RUN_ID_FORM);
    }
  }

  /** Whether a text can name a run. */
  public static boolean isRunId(String text) {
    return RUN_ID.matcher(text).matches();
  }
}
