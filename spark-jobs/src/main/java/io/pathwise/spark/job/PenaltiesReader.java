package io.pathwise.spark.job;

import io.pathwise.calibrate.SmoothnessPenalty;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what a calibration adds to the sum of squares. */
final class PenaltiesReader {
  private static final String KEY = "penalties";
  private static final String SMOOTHNESS = "smoothness";
  private static final String PARAMETERS = "parameters";
  private static final int LEAST = 3;
  private static final Range WEIGHT = new Range(0, false, Double.MAX_VALUE, "");
  private static final Set<String> FELLER = Set.of("kappa", "theta", "xi");
  private static final CalibrationSpec.Penalties NONE =
      new CalibrationSpec.Penalties(0, 0, Optional.empty());

  private PenaltiesReader() {}

  static CalibrationSpec.Penalties read(Section calibration) {
    if (!calibration.has(KEY)) {
      return NONE;
    }
    return calibration
        .section(KEY, "{ feller = weight, yesterday = weight, smoothness { ... } }")
        .map(PenaltiesReader::penalties)
        .orElse(NONE);
  }

  private static CalibrationSpec.Penalties penalties(Section section) {
    CalibrationSpec.Penalties penalties =
        new CalibrationSpec.Penalties(
            section.number("feller", WEIGHT).orElse(0),
            section.number("yesterday", WEIGHT).orElse(0),
            section.has(SMOOTHNESS) ? smoothness(section) : Optional.empty());
    section.finish("penalty");
    return penalties;
  }

  private static Optional<SmoothnessPenalty> smoothness(Section penalties) {
    return penalties
        .section(SMOOTHNESS, "{ weight = ..., parameters = [...] }")
        .flatMap(
            section -> {
              int before = section.problems().count();
              double weight = section.requiredNumber("weight", WEIGHT);
              String expected = "a list of at least three parameters in a sequence";
              if (!section.has(PARAMETERS)) {
                section.missing(PARAMETERS, expected);
              }
              List<String> names = section.texts(PARAMETERS, expected);
              if (section.problems().count() == before
                  && (names.size() < LEAST || new HashSet<>(names).size() < names.size())) {
                section.complain(PARAMETERS, "expected " + expected + ", each once");
              }
              section.finish("key of smoothness");
              return section.problems().count() > before
                  ? Optional.empty()
                  : Optional.of(new SmoothnessPenalty(names, weight));
            });
  }

  /** Reports parameters that a model does not have. */
  static void check(Section calibration, CalibrationSpec.Penalties penalties, Set<String> known) {
    if (penalties.feller() > 0 && !known.containsAll(FELLER)) {
      calibration.complain(KEY, "feller of a model without kappa, theta and xi");
    }
    penalties
        .smoothness()
        .ifPresent(
            smooth -> {
              for (String name : smooth.parameters()) {
                if (!known.contains(name)) {
                  calibration.complain(
                      KEY,
                      "smoothness of '%s', %s".formatted(name, Suggestion.expected(name, known)));
                }
              }
            });
  }
}
