package io.pathwise.spark.run;

import io.pathwise.solve.Estimator;
import io.pathwise.solve.Prepared;
import io.pathwise.spark.job.JobSpec;
import io.pathwise.spark.job.TradeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What pilots say of an estimator, for the user. */
final class EstimatorNotes {
  /** Trades beyond this number are counted and not listed. */
  private static final int MOST_LISTED = 10;

  private EstimatorNotes() {}

  static List<String> of(JobSpec job, Prepared prepared) {
    List<String> notes = new ArrayList<>();
    if (prepared.estimator() instanceof Estimator.Importance importance) {
      notes.add("importance sampling with the drift theta = " + rounded(importance.theta()));
    }
    List<String> ratios = new ArrayList<>();
    for (TradeSpec trade : job.trades()) {
      Double ratio = prepared.varianceRatios().get(JobPlan.estimator(trade));
      if (ratio != null) {
        ratios.add(trade.id() + " " + rounded(ratio));
      }
    }
    if (!ratios.isEmpty()) {
      int more = ratios.size() - MOST_LISTED;
      notes.add(
          "the variance of a sample is cut (pilot of %d paths) by: %s%s"
              .formatted(
                  job.simulation().estimator().pilotPaths(),
                  String.join(", ", ratios.subList(0, Math.min(MOST_LISTED, ratios.size()))),
                  more > 0 ? " and %d more".formatted(more) : ""));
    }
    return notes;
  }

  private static String rounded(double x) {
    return String.format(Locale.ROOT, "%.3g", x);
  }

  private static List<String> rounded(List<Double> xs) {
    return xs.stream().map(EstimatorNotes::rounded).toList();
  }
}
