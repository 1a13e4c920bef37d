package io.pathwise.spark.job;

/** What values the quoted options under the model. */
public enum CalibrationPricer {
  /** Semi-analytic prices with exact derivatives. */
  ANALYTIC,
  /** Simulated prices with pathwise derivatives. */
  MONTE_CARLO
}
