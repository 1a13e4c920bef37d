package io.pathwise.spark.job;

/** What happens to quotes that cannot be right. */
public enum OnBad {
  /** The job is refused with every one of them named. */
  FAIL,
  /** They are left out, named and counted. */
  DROP
}
