package io.pathwise.spark.cli;

import io.pathwise.spark.job.SessionSettings;
import java.util.Optional;

/** Publishes calibrations that are held, and holds published ones. */
public interface Publisher {

  /**
   * Publishes a run.
   *
   * @param master Spark's master, where one is asked for
   * @return whether it was held; false where it is published already
   * @throws io.pathwise.spark.job.BadJobException if it is no calibration that came to its end
   */
  boolean publish(SessionSettings settings, Optional<String> master, String runId);

  /**
   * Holds a run.
   *
   * @param master Spark's master, where one is asked for
   * @return whether it was published; false where it is held already
   * @throws io.pathwise.spark.job.BadJobException if it is no calibration that came to its end
   */
  boolean hold(SessionSettings settings, Optional<String> master, String runId);
}
