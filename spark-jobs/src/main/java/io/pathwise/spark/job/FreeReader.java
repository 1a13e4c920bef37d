package io.pathwise.spark.job;

import com.typesafe.config.ConfigObject;
import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.ModelSpace;
import io.pathwise.calibrate.Transform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Reads which parameters are free: where they start, between which bounds they are searched and how
 * they become coordinates. Without the section they are those that {@link ModelSpace} frees.
 */
final class FreeReader {
  private static final String KEY = "free";
  private static final String FORM = "{ PARAMETER { start = ..., min = ..., max = ... } }";

  private final Section section;
  private final Map<String, CalibrationParameter> parameters = new LinkedHashMap<>();
  private final Map<String, Transform> transforms = new LinkedHashMap<>();
  private final Map<String, Double> values = new LinkedHashMap<>();

  private FreeReader(Section section) {
    this.section = section;
  }

  /** The free parameters; those that are wrong have a problem and are left out. */
  static FreeReader of(Section calibration, String model) {
    List<CalibrationParameter> usual =
        ModelSpace.find(model).map(space -> space.free()).orElse(List.of());
    FreeReader reader = new FreeReader(calibration);
    if (!calibration.has(KEY)) {
      usual.forEach(reader::add);
      if (usual.isEmpty()) {
        calibration.missing(KEY, FORM);
      }
      return reader;
    }
    calibration
        .section(KEY, FORM)
        .ifPresent(
            free -> {
              for (String name : free.keys()) {
                Optional<CalibrationParameter> known =
                    usual.stream().filter(p -> p.name().equals(name)).findFirst();
                known.ifPresent(p -> reader.values.put(name, p.start()));
                if (free.value(name).filter(ConfigObject.class::isInstance).isPresent()) {
                  free.section(name, FORM).ifPresent(inner -> reader.parameter(name, inner, known));
                } else {
                  free.complain(name, "expected { start = ..., min = ..., max = ... }");
                }
              }
            });
    return reader;
  }

  private void parameter(String name, Section inner, Optional<CalibrationParameter> known) {
    int before = inner.problems().count();
    double start = number(inner, "start", known.map(CalibrationParameter::start));
    double lower = number(inner, "min", known.map(CalibrationParameter::lower));
    double upper = number(inner, "max", known.map(CalibrationParameter::upper));
    inner.choice("transform", Transform.class).ifPresent(given -> transforms.put(name, given));
    inner.finish("key of a free parameter");
    if (inner.problems().count() > before) {
      return;
    }
    if (!(lower < upper)) {
      inner.complain(
          inner.has("max") ? "max" : "min",
          "bounds %s and %s, expected min below max".formatted(lower, upper));
    } else if (!(start > lower && start < upper)) {
      inner.complain(
          "start",
          "start %s, expected a number inside the bounds %s and %s".formatted(start, lower, upper));
    } else {
      add(CalibrationParameter.free(name, start, lower, upper));
    }
  }

  private void add(CalibrationParameter parameter) {
    parameters.put(parameter.name(), parameter);
    values.put(parameter.name(), parameter.start());
  }

  private static double number(Section inner, String key, Optional<Double> usual) {
    OptionalDouble given = inner.number(key, Range.FINITE);
    if (!inner.has(key) && usual.isEmpty()) {
      inner.missing(key, Range.FINITE.expected());
    }
    return given.orElse(usual.orElse(Double.NaN));
  }

  /** Where free parameters start; where one is wrong, the usual start of its name. */
  Map<String, Double> values() {
    return values;
  }

  /** Reports names that the model does not have. */
  void check(Set<String> known) {
    for (String name : parameters.keySet()) {
      if (!known.contains(name)) {
        section
            .section(KEY, FORM)
            .orElseThrow()
            .complain(name, "cannot be free, " + Suggestion.expected(name, known));
      }
    }
  }

  /**
   * A free parameter with its transform; nothing where it is fixed.
   *
   * @param boxed whether the optimiser knows bounds, and needs no transform for them
   */
  Optional<CalibrationParameter> of(String name, boolean boxed) {
    Transform usual = boxed ? Transform.IDENTITY : Transform.LOGIT;
    Transform transform = transforms.getOrDefault(name, usual);
    if (transform == Transform.IDENTITY && !boxed && parameters.containsKey(name)) {
      section
          .section(KEY, FORM)
          .flatMap(free -> free.section(name, FORM))
          .orElseThrow()
          .complain(
              "transform",
              "the optimiser knows no bounds, expected log or logit, or optimiser = l-bfgs-b");
    }
    return Optional.ofNullable(parameters.get(name)).map(parameter -> parameter.by(transform));
  }
}
