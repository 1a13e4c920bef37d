package io.pathwise.calibrate.history;

import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.ParameterSpace;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Maximum likelihood of the parameters of any time-homogeneous equation from a history of its first
 * state, given the first observation.
 *
 * <p>The first state must move without regard to time, curves and other states, as the short rate
 * does beside its integral. Observations are of the state: of black-scholes, whose state is log S,
 * the logarithms of closes.
 */
public final class TransitionFit {
  private static final double TOLERANCE = 1e-12;

  private TransitionFit() {}

  /**
   * The estimates.
   *
   * @param sde the equation
   * @param space its parameters: what is free and where the search starts; those that only the
   *     initial value reads may be missing
   * @param history equally spaced observations of the first state
   * @param method how the transition density is had
   * @return under the equation's name; its log-likelihood is the sum over the steps
   * @throws IllegalArgumentException naming all that is wrong: an equation that is no diffusion of
   *     one state, parameters that are missing or that the history does not determine, a diffusion
   *     that is not above 0 on the history, a method that does not know the equation, a start at
   *     which the history has density 0
   */
  public static HistoryFit of(
      Sde sde, ParameterSpace space, Observations history, TransitionDensity method) {
    ScalarDiffusion diffusion = diffusion(sde, history);
    check(diffusion, space);
    Map<String, Double> start = space.values(space.start());
    diffusion.requireNoise(history, start);
    TransitionLikelihood likelihood = TransitionLikelihood.of(diffusion, history, method);
    double atStart = likelihood.logLikelihood(start);
    if (!Double.isFinite(atStart)) {
      throw new IllegalArgumentException(
          sde.name()
              + ": the log-likelihood is "
              + atStart
              + " at the start "
              + start
              + ", expected a finite number: start nearer to the history");
    }
    return new MaximumLikelihood(space, likelihood::logLikelihood, history.steps())
        .fit(sde.name(), TOLERANCE);
  }

  /**
   * A log-likelihood.
   *
   * @param value the sum over the steps; minus infinity where a density is 0
   * @param simulationError its standard error from simulation, 0 of methods that do not simulate;
   *     the logarithm of a mean is also biased downwards, by half the square of this
   */
  public record LogLikelihood(double value, double simulationError) {}

  /**
   * The log-likelihood of a history at given parameters.
   *
   * @throws IllegalArgumentException as {@link #of} does
   */
  public static LogLikelihood logLikelihood(
      Sde sde, Map<String, Double> parameters, Observations history, TransitionDensity method) {
    ScalarDiffusion diffusion = diffusion(sde, history);
    requireValues(diffusion, parameters.keySet(), List.of());
    diffusion.requireNoise(history, parameters);
    TransitionLikelihood likelihood = TransitionLikelihood.of(diffusion, history, method);
    return new LogLikelihood(
        likelihood.logLikelihood(parameters), likelihood.simulationError(parameters));
  }

  private static ScalarDiffusion diffusion(Sde sde, Observations history) {
    ScalarDiffusion diffusion = ScalarDiffusion.of(sde);
    boolean isPositive = Arrays.stream(history.values()).allMatch(value -> value > 0);
    return isPositive ? diffusion.above0() : diffusion;
  }

  private static void check(ScalarDiffusion diffusion, ParameterSpace space) {
    List<String> problems = new ArrayList<>();
    Set<String> read = diffusion.parameters();
    for (String name : space.freeNames()) {
      if (!read.contains(name)) {
        problems.add(name + " is free, and neither drift nor diffusion reads it");
      }
    }
    if (space.freeNames().isEmpty()) {
      problems.add("no parameter is free, expected at least one");
    }
    Set<String> known = new HashSet<>();
    space.parameters().stream().map(CalibrationParameter::name).forEach(known::add);
    requireValues(diffusion, known, problems);
  }

  private static void requireValues(
      ScalarDiffusion diffusion, Set<String> known, List<String> others) {
    List<String> problems = new ArrayList<>(others);
    diffusion.parameters().stream()
        .sorted()
        .filter(name -> !known.contains(name))
        .forEach(name -> problems.add("the parameter " + name + " has no value"));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(diffusion.name() + ": " + String.join("; ", problems));
    }
  }
}
