package io.pathwise.spark.job;

/** Runs jobs and writes their result tables. */
public interface JobRunner {

  /**
   * Runs a job to its end.
   *
   * @return what came of it; a run that fails on its way, and is recorded as failed, returns its
   *     error too
   * @throws BadJobException if the job cannot be run as it is asked for, such as a warehouse that
   *     cannot be written
   */
  RunOutcome run(JobSpec job, RunOptions options);
}
