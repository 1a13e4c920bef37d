package io.pathwise.spark.job;

import java.util.List;
import java.util.OptionalDouble;

/** Reads what holds a calibration back from being published. */
final class GuardsReader {
  private static final String KEY = "guards";
  private static final List<String> POLICIES = List.of("hold", "publish");

  private GuardsReader() {}

  static CalibrationSpec.Guards read(Section calibration) {
    CalibrationSpec.Guards usual =
        new CalibrationSpec.Guards(OptionalDouble.empty(), OptionalDouble.empty(), true, true);
    if (!calibration.has(KEY)) {
      return usual;
    }
    return calibration
        .section(KEY, "{ max-residual = ..., max-jump = ... }")
        .map(
            found -> {
              CalibrationSpec.Guards guards =
                  new CalibrationSpec.Guards(
                      found.number("max-residual", Range.above(0, "")),
                      found.number("max-jump", Range.above(0, "standard errors")),
                      found.choice("at-bound", POLICIES).orElse("hold").equals("hold"),
                      found.choice("not-converged", POLICIES).orElse("hold").equals("hold"));
              found.finish("guard");
              return guards;
            })
        .orElse(usual);
  }
}
