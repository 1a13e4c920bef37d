package io.pathwise.solve;

/** The intensity of a jump passes the bound that was declared for it: the law would be wrong. */
public final class JumpBoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Names where.
   *
   * @param jump the name of the term
   * @param path the number of the path
   * @param time years
   * @param intensity jumps a year
   * @param bound what was declared
   */
  public JumpBoundException(String jump, long path, double time, double intensity, double bound) {
    super(
        "path "
            + path
            + ": the intensity of jump "
            + jump
            + " is "
            + intensity
            + " at t = "
            + time
            + ", above its declared bound "
            + bound);
  }
}
