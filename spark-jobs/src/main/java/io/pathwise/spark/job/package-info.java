/**
 * The job file: HOCON text in, an immutable {@link io.pathwise.spark.job.JobSpec} out, or one error
 * that lists every problem of the file.
 */
package io.pathwise.spark.job;
