package io.pathwise.spark.cli;

import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.report.ResultTable;
import java.time.LocalDate;
import java.util.Map;

/** Reads stored slices of runs. */
public interface Slices {

  /**
   * The slices of a run, newest first, every byte of them checked.
   *
   * @param dir the directory of checkpoints, any Hadoop path
   * @param sparkConf Spark's own settings, for those of Hadoop
   * @throws io.pathwise.spark.job.BadJobException if there are none
   */
  ResultTable list(String dir, String runId, Map<String, String> sparkConf);

  /**
   * A stored job, to continue one of its slices.
   *
   * @param job the job under the new settings
   * @param asOf the date of its market data
   */
  record Stored(JobSpec job, LocalDate asOf) {}

  /**
   * The job of a run, as it is stored with its slices.
   *
   * @param overrides settings that stand over the stored ones
   * @throws io.pathwise.spark.job.BadJobException if there is none, or a setting is wrong
   */
  Stored job(
      String dir, String runId, Map<String, String> sparkConf, Map<String, String> overrides);
}
