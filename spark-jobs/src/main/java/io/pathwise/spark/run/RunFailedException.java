package io.pathwise.spark.run;

/** A run came to no end; the message is what the user and the table of runs get. */
public final class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RunFailedException(String message) {
    super(message);
  }

  private RunFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What is behind an exception of Spark: its causes say it, its own message is a stack trace. */
  static RunFailedException of(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null && !(deepest instanceof RunFailedException)) {
      deepest = deepest.getCause();
    }
    if (deepest instanceof RunFailedException known) {
      return known;
    }
    String message = deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    return new RunFailedException(message.lines().findFirst().orElse(message), e);
  }
}
