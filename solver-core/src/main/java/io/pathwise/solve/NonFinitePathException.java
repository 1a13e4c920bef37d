package io.pathwise.solve;

/** A path has a value that is NaN or infinite. */
public final class NonFinitePathException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long path;

  /** Names the path. */
  public NonFinitePathException(long path, String message) {
    super(message);
    this.path = path;
  }

  /** The number of the first such path. */
  public long path() {
    return path;
  }
}
