package io.pathwise.spark.job;

/** A table or file cannot be read; the message says why, for the user. */
public final class UnreadableRowsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong and what was expected. */
  public UnreadableRowsException(String message, Throwable cause) {
    super(message, cause);
  }
}
