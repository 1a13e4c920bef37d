package io.pathwise.spark.job;

/** What a run does with the slices that it finds of an earlier one of its name. */
public enum Resume {
  /** Goes on where an unfinished run stopped; does a finished one again. */
  UNFINISHED,
  /** Goes on wherever it stopped: of a finished run, only the tables are written again. */
  ANY,
  /** Starts anew and deletes them. */
  NOTHING
}
