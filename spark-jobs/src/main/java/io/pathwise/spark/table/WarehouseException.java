package io.pathwise.spark.table;

/**
 * The warehouse cannot be used as asked; the message names the setting, its value and the cause.
 */
public final class WarehouseException extends RuntimeException {

  /** With the message for the user and what went wrong underneath. */
  public WarehouseException(String message, Throwable cause) {
    super(message, cause);
  }

  /** With the message for the user. */
  public WarehouseException(String message) {
    super(message);
  }
}
