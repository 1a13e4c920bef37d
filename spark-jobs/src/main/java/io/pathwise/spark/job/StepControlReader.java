package io.pathwise.spark.job;

import io.pathwise.control.StepControl;
import java.util.List;
import java.util.Optional;

/** Reads how paths choose their steps. */
final class StepControlReader {
  private static final String KEY = "step-control";

  /** The steps of the grid for all paths. */
  private static final String FIXED = "fixed";

  /** The steps of the grid, cut at the jump times of each path. */
  private static final String JUMP_ADAPTED = "jump-adapted";

  /** A path's own steps, by its error. */
  private static final String ADAPTIVE = "adaptive";

  private static final Range TOLERANCE = new Range(0, false, 1, "");
  private static final Range YEARS = new Range(0, true, 1000, "years");
  private static final double RTOL = 1e-3;
  private static final double ATOL = 1e-6;
  private static final double SMALLEST_SHARE = 0x1p-20;

  private StepControlReader() {}

  /**
   * The control; nothing where all paths step over the grid.
   *
   * @param simulation the section above
   * @param step the largest step unless the section says another, years
   */
  static Optional<StepControl> read(Section simulation, double step) {
    if (!simulation.has(KEY)) {
      return Optional.empty();
    }
    return simulation
        .section(KEY, "{ method = adaptive, rtol = ..., ... }")
        .flatMap(section -> control(section, step));
  }

  /** A setting that the method does not use is a mistake. */
  private static void requireUse(Section section, String method) {
    for (String key : List.of("rtol", "atol", "dt-min", "dt-max")) {
      boolean used =
          method.equals(ADAPTIVE) || (method.equals(JUMP_ADAPTED) && key.equals("dt-max"));
      if (section.has(key) && !used) {
        section.complain(key, "given with method = " + method + ", expected only with " + ADAPTIVE);
      }
    }
  }

  private static Optional<StepControl> control(Section section, double step) {
    int before = section.problems().count();
    List<String> methods = List.of(FIXED, JUMP_ADAPTED, ADAPTIVE);
    if (!section.has("method")) {
      section.missing("method", "one of " + String.join(", ", methods));
    }
    String method = section.choice("method", methods).orElse(FIXED);
    double rtol = section.number("rtol", TOLERANCE).orElse(RTOL);
    double atol = section.number("atol", Range.between(0, Double.MAX_VALUE)).orElse(ATOL);
    double dtMax = section.number("dt-max", YEARS).orElse(step);
    double dtMin = section.number("dt-min", YEARS).orElse(dtMax * SMALLEST_SHARE);
    section.finish("key");
    if (section.problems().count() == before) {
      requireUse(section, method);
    }
    if (section.problems().count() == before) {
      if (dtMin > dtMax) {
        section.complain("dt-min", dtMin + " is above dt-max, expected at most " + dtMax);
      }
      if (rtol + atol == 0) {
        section.complain("rtol", "0 with atol = 0, expected one of them above 0");
      }
    }
    if (section.problems().count() > before || !(dtMax > 0)) {
      return Optional.empty();
    }
    return switch (method) {
      case ADAPTIVE -> Optional.of(StepControl.adaptive(rtol, atol, dtMin, dtMax));
      case JUMP_ADAPTED -> Optional.of(StepControl.fixed(dtMax));
      default -> Optional.empty();
    };
  }
}
