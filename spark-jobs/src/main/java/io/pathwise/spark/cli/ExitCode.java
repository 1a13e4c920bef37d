package io.pathwise.spark.cli;

/** The exit codes of every command. */
final class ExitCode {
  /** Done. */
  static final int DONE = 0;

  /** The run failed. */
  static final int FAILED = 1;

  /** Wrong usage or bad input. */
  static final int USAGE = 2;

  /** A calibration is done and held back from being published. */
  static final int HELD = 3;

  private ExitCode() {}
}
