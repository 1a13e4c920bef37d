package io.pathwise.solve;

/** A device cannot do what was asked of it; the message is for the user. */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean certain;

  /** Another attempt, or another device, may succeed. */
  public DeviceException(String message) {
    this(message, false);
  }

  /**
   * With a message for the user.
   *
   * @param certain whether every attempt would end the same
   */
  public DeviceException(String message, boolean certain) {
    super(message);
    this.certain = certain;
  }

  /** Whether every attempt would end the same. */
  public boolean certain() {
    return certain;
  }
}
