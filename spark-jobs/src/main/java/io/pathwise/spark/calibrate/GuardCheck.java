package io.pathwise.spark.calibrate;

import io.pathwise.spark.job.CalibrationSpec;
import io.pathwise.spark.job.PublishedFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why a fit is not published by itself. */
final class GuardCheck {
  private GuardCheck() {}

  /** The reasons; none where the fit may be published. Notes say which guard could not look. */
  static List<String> reasons(
      CalibrationSpec.Guards guards,
      FitRows rows,
      Optional<PublishedFit> before,
      List<String> notes) {
    if (guards.maxJump().isPresent() && before.isEmpty()) {
      notes.add("guard max-jump has nothing to compare with");
    }
    List<String> reasons = new ArrayList<>();
    if (guards.notConverged() && !rows.isConverged()) {
      reasons.add("not converged: " + rows.end());
    }
    if (guards.atBound()) {
      for (FitRows.Parameter row : rows.parameters()) {
        if (row.atBound()) {
          reasons.add(
              "%s = %s is at a bound, of [%s, %s]"
                  .formatted(row.parameter(), row.value(), row.lower(), row.upper()));
        }
      }
    }
    guards.maxResidual().ifPresent(limit -> reasons.addAll(misfit(limit, rows)));
    if (guards.maxJump().isPresent() && before.isPresent()) {
      reasons.addAll(jumps(guards.maxJump().getAsDouble(), rows, before.get()));
    }
    return reasons;
  }

  private static List<String> misfit(double limit, FitRows rows) {
    FitRows.Residual worst = null;
    int beyond = 0;
    for (FitRows.Residual row : rows.residuals()) {
      beyond += Math.abs(row.residual()) <= limit ? 0 : 1; // NaN is beyond.
      boolean worse = worst == null || !(Math.abs(row.residual()) <= Math.abs(worst.residual()));
      worst = worse ? row : worst;
    }
    return beyond == 0
        ? List.of()
        : List.of(
            "%d quotes have residuals beyond %s, the largest %s: %s"
                .formatted(beyond, limit, worst.instrument(), worst.residual()));
  }

  private static List<String> jumps(double limit, FitRows rows, PublishedFit before) {
    List<String> reasons = new ArrayList<>();
    for (FitRows.Parameter row : rows.parameters()) {
      Double old = before.values().get(row.parameter());
      Double error = before.errors().get(row.parameter());
      if (old == null || row.stdErr() == null || error == null) {
        continue;
      }
      double jump = Math.abs(row.value() - old) / Math.hypot(row.stdErr(), error);
      if (!(jump <= limit)) {
        reasons.add(
            String.format(
                Locale.ROOT,
                "%s moved from %s on %s to %s, %.1f standard errors of the difference, limit %s",
                row.parameter(),
                old,
                before.asOf(),
                row.value(),
                jump,
                limit));
      }
    }
    return reasons;
  }
}
