package io.pathwise.spark.job;

import java.util.ArrayList;
import java.util.List;

/** A job file, or a setting on the command line, that cannot be run: one line a problem. */
public sealed class BadJobException extends IllegalArgumentException permits StaleQuotesException {
  private static final long serialVersionUID = 1L;

  /** The problems; a serialisable list. */
  private final ArrayList<String> lines;

  /**
   * An error with every problem that was found.
   *
   * @param problems one line each, at least one
   */
  public BadJobException(List<String> problems) {
    this(problems, null);
  }

  /**
   * An error with every problem that was found, and what led to it.
   *
   * @param problems one line each, at least one
   * @param cause may be null
   */
  public BadJobException(List<String> problems, Throwable cause) {
    super(String.join("\n", problems), cause);
    this.lines = new ArrayList<>(problems);
  }

  /** The problems, one line each, in the order in which they were found. */
  public final List<String> problems() {
    return List.copyOf(lines);
  }
}
