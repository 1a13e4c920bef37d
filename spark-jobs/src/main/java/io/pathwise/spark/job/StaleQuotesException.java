package io.pathwise.spark.job;

import java.util.List;

/** A calibration of a date that has no quotes, or none that are new enough. */
public final class StaleQuotesException extends BadJobException {
  private static final long serialVersionUID = 1L;

  StaleQuotesException(List<String> problems) {
    super(problems);
  }
}
