package io.pathwise.spark.calibrate;

import io.pathwise.calibrate.history.IndexHistory;
import io.pathwise.spark.job.HistoryModel;
import io.pathwise.spark.job.HistorySpec;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.PublishedFit;
import io.pathwise.spark.job.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Estimates a model from a history. The driver does it by itself: a likelihood is one sum over the
 * observations, and takes seconds.
 */
public final class HistoryRun {
  private HistoryRun() {}

  /**
   * Runs an estimation to its end.
   *
   * @throws IllegalArgumentException if the history has no estimate under the model, with the
   *     reason
   */
  public static CalibrationRun.Outcome run(JobSpec job, RunOptions options, SparkSession spark) {
    HistorySpec spec = job.history().orElseThrow();
    Optional<PublishedFit> before =
        PublishedFits.newest(spark, job.name(), job.model().type(), options.asOf().minusDays(1));
    List<String> notes = new ArrayList<>();
    notes.add(
        before
            .map(fit -> "published before: " + fit.origin())
            .orElse("no published fit before " + options.asOf()));
    FitRows rows;
    if (spec.model() == HistoryModel.CORRELATED_GBM) {
      IndexHistory indices =
          IndexHistory.of(
              assets(job),
              spec.step(),
              spec.series().stream().map(HistorySpec.Series::array).toArray(double[][]::new));
      rows = EstimateRows.of(spec, indices);
      if (indices.distance() > 0) {
        notes.add(
            String.format(
                Locale.ROOT,
                "the days that pairs have in common make no correlation matrix; the nearest one is"
                    + " %.3g away (Frobenius norm)",
                indices.distance()));
      }
    } else {
      rows = EstimateRows.of(spec, job.model().type(), SeriesFit.of(job.model(), spec, before));
    }
    notes.add(
        String.format(
            Locale.ROOT,
            "log-likelihood %.6g of %d observations %.6g years apart",
            -rows.objective(),
            spec.observations(),
            spec.step()));
    List<String> held = GuardCheck.reasons(spec.guards(), rows, before, notes);
    return CalibrationRun.outcome(rows, held, notes);
  }

  /** The names of the assets, which columns may be called otherwise than. */
  private static List<String> assets(JobSpec job) {
    return job.model().sde().observables().keySet().stream().toList();
  }
}
