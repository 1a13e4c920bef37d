package io.pathwise.spark.job;

import com.typesafe.config.ConfigValueType;
import io.pathwise.calibrate.ParameterSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads which intervals of its parameters a calibration computes besides standard errors. */
final class UncertaintyReader {
  private static final String KEY = "uncertainty";
  private static final String PROFILE = "profile";
  private static final String BOOTSTRAP = "bootstrap";
  private static final String ALL = "all";
  private static final int MOST = 1_000_000;
  private static final double LEVEL = 0.95;
  private static final CalibrationSpec.Intervals NONE =
      new CalibrationSpec.Intervals(List.of(), LEVEL, 0, 1);

  private UncertaintyReader() {}

  static CalibrationSpec.Intervals read(Section calibration, CalibrationPricer pricer) {
    if (!calibration.has(KEY)) {
      return NONE;
    }
    if (pricer == CalibrationPricer.MONTE_CARLO) {
      calibration.complain(
          KEY,
          "every point of a profile and every resample is a fit of its own, too many simulations;"
              + " expected pricer = analytic, or standard errors alone");
    }
    return calibration
        .section(KEY, "{ profile = [...], level = 0.95, bootstrap = 200 }")
        .map(UncertaintyReader::intervals)
        .orElse(NONE);
  }

  private static CalibrationSpec.Intervals intervals(Section section) {
    CalibrationSpec.Intervals intervals =
        new CalibrationSpec.Intervals(
            profile(section),
            section.number("level", Range.between(0.5, 0.9999)).orElse(LEVEL),
            (int) section.whole(BOOTSTRAP, 2, MOST).orElse(0),
            section.whole("bootstrap-seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(1));
    section.finish("key of uncertainty");
    return intervals;
  }

  private static List<String> profile(Section section) {
    boolean word =
        section.value(PROFILE).filter(v -> v.valueType() == ConfigValueType.STRING).isPresent();
    if (word) {
      return section.choice(PROFILE, List.of(ALL)).map(List::of).orElse(List.of());
    }
    return section.texts(PROFILE, "a list of free parameters, or all");
  }

  /** The intervals of a fit: all free parameters by their names. Reports what does not fit. */
  static CalibrationSpec.Intervals checked(
      Section calibration, CalibrationSpec.Intervals asked, ParameterSpace space, int quotes) {
    List<String> free = space.freeNames();
    List<String> profile = asked.profile().equals(List.of(ALL)) ? free : asked.profile();
    Set<String> once = new HashSet<>();
    for (String name : profile) {
      if (!free.contains(name)) {
        calibration.complain(
            KEY, "profile of '%s', %s".formatted(name, Suggestion.expected(name, free)));
      } else if (!once.add(name)) {
        calibration.complain(KEY, "profile of '%s' twice, expected once".formatted(name));
      }
    }
    if (!profile.isEmpty() && quotes > 0 && quotes <= free.size()) {
      calibration.complain(
          KEY,
          "profiles from %d quotes, expected more than the %d free parameters"
              .formatted(quotes, free.size()));
    }
    return new CalibrationSpec.Intervals(profile, asked.level(), asked.bootstrap(), asked.seed());
  }
}
