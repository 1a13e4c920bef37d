package io.pathwise.spark.checkpoint;

/** A stored slice is not what was written; the message names the file. */
public final class DamagedSliceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public DamagedSliceException(String message) {
    super(message);
  }

  DamagedSliceException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
