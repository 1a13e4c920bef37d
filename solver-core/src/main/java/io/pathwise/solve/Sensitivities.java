package io.pathwise.solve;

import io.pathwise.adjoint.Differentiation;
import io.pathwise.adjoint.SensitivityMethod;
import io.pathwise.adjoint.TimeScale;
import io.pathwise.kernel.PathProgram;
import io.pathwise.sde.FractionalDriver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives a run the outputs whose means, or the means of whose derivatives, are the derivatives of
 * its claims. They stand behind the outputs of the claims, whose values stay what they are.
 */
final class Sensitivities {
  private Sensitivities() {}

  /**
   * A run with derivatives.
   *
   * @param derivatives where they stand
   */
  record Result(PathRun run, Derivatives derivatives) {}

  /**
   * The run with the derivatives that are asked for.
   *
   * @throws IllegalArgumentException naming every claim that has no such derivative, with the
   *     reason and what can be used
   */
  static Result of(SimulationRequest request, PathRun plain) {
    Differentiation asked = request.differentiation();
    if (asked.all().isEmpty() && !asked.theta()) {
      return new Result(plain, Derivatives.NONE);
    }
    PathRun run = asked.theta() ? scaled(request, plain) : plain;
    return asked.sensitivity() instanceof SensitivityMethod.LikelihoodRatio
        ? new ScoreSensitivities(request, run).result()
        : new EstimandSensitivities(request, run).result();
  }

  private static PathRun scaled(SimulationRequest request, PathRun plain) {
    List<String> problems = new ArrayList<>();
    if (!request.sde().jumps().isEmpty()) {
      problems.add("jumps, whose number has no pathwise derivative in time");
    }
    if (request.sde().capability(FractionalDriver.class).isPresent()) {
      problems.add("a fractional driver, whose law does not scale with the root of time");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "theta of an equation with " + String.join("; ", problems));
    }
    PathProgram program = TimeScale.of(plain.program());
    Map<String, Double> parameters = new HashMap<>(plain.parameters());
    parameters.put(TimeScale.NAME, 1.0);
    return plain.with(program, plain.schedule(), parameters);
  }
}
