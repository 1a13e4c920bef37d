package io.pathwise.calibrate;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Search bounds and starts that suit equity and index surfaces, where a job gives none. They are
 * wider than what fits of such surfaces find and narrower than what models admit.
 */
public final class ModelSpace {
  private static final List<CalibrationParameter> HESTON =
      List.of(
          CalibrationParameter.free("v0", 0.1, 1e-4, 1),
          CalibrationParameter.free("kappa", 1, 1e-2, 20),
          CalibrationParameter.free("theta", 0.1, 1e-4, 1),
          CalibrationParameter.free("xi", 0.5, 1e-2, 5),
          CalibrationParameter.free("rho", -0.5, -0.999, 0.999));

  private static final List<CalibrationParameter> JUMPS =
      List.of(
          CalibrationParameter.free("lambda", 0.3, 1e-4, 10),
          CalibrationParameter.free("mu-j", -0.1, -1, 1),
          CalibrationParameter.free("sigma-j", 0.1, 1e-3, 1));

  private static final CalibrationParameter VOLATILITY =
      CalibrationParameter.free("sigma", 0.2, 1e-3, 2);

  private static final Map<String, List<CalibrationParameter>> SPACES =
      Map.of(
          "black-scholes", List.of(VOLATILITY),
          "heston", HESTON,
          "merton", join(List.of(VOLATILITY), JUMPS),
          "bates", join(HESTON, JUMPS),
          "kou",
              List.of(
                  VOLATILITY,
                  CalibrationParameter.free("lambda", 1, 1e-4, 50),
                  CalibrationParameter.free("p", 0.4, 1e-3, 0.999),
                  CalibrationParameter.free("eta1", 10, 1.01, 200),
                  CalibrationParameter.free("eta2", 5, 0.1, 200)),
          "variance-gamma",
              List.of(
                  VOLATILITY,
                  CalibrationParameter.free("nu", 0.2, 1e-3, 5),
                  CalibrationParameter.free("theta", -0.1, -1, 0.5)));

  private ModelSpace() {}

  /** The space of a model that has one. */
  public static Optional<ParameterSpace> find(String model) {
    return Optional.ofNullable(SPACES.get(model)).map(ParameterSpace::new);
  }

  private static List<CalibrationParameter> join(
      List<CalibrationParameter> first, List<CalibrationParameter> second) {
    return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
  }
}
