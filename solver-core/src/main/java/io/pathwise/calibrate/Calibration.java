package io.pathwise.calibrate;

import io.pathwise.calibrate.optimise.Optimiser;
import io.pathwise.calibrate.optimise.OptimiserState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A fit of a model's parameters to quotes.
 *
 * @param problem what was minimised
 * @param parameters every parameter's value at the best point met
 * @param state the optimiser's last state, with the path of the objective
 */
public record Calibration(
    CalibrationProblem problem, Map<String, Double> parameters, OptimiserState state) {

  /** Fits from the start values, in at most a number of iterations. */
  public static Calibration fit(CalibrationProblem problem, Optimiser optimiser, int iterations) {
    return fit(problem, optimiser, problem.space().start(), iterations);
  }

  /** Fits from coordinates. */
  public static Calibration fit(
      CalibrationProblem problem, Optimiser optimiser, double[] start, int iterations) {
    return resume(problem, optimiser, optimiser.start(problem, start), iterations, state -> {});
  }

  /**
   * Goes on from a state.
   *
   * @param observer is told every new state, to store it
   */
  public static Calibration resume(
      CalibrationProblem problem,
      Optimiser optimiser,
      OptimiserState state,
      int iterations,
      Consumer<OptimiserState> observer) {
    return of(problem, optimiser.run(state, problem, iterations, observer));
  }

  /** The fit that a state stands for. */
  public static Calibration of(CalibrationProblem problem, OptimiserState state) {
    return new Calibration(problem, problem.space().values(state.best()), state);
  }

  /** The sum of squared residuals, penalties included. */
  public double sumOfSquares() {
    return 2 * state.bestValue();
  }

  /** Whether the optimiser met a criterion of convergence. */
  public boolean isConverged() {
    return state.status() == OptimiserState.Status.CONVERGED;
  }

  /** The free parameters that ended at a bound. */
  public List<String> atBound() {
    List<String> names = new ArrayList<>();
    for (CalibrationParameter parameter : problem.space().free()) {
      if (parameter.isAtBound(parameters.get(parameter.name()))) {
        names.add(parameter.name());
      }
    }
    return names;
  }

  /** Quotes beside the model's values for them. */
  public List<QuoteFit> fits() {
    return problem.fits(parameters);
  }

  /**
   * The same parameters valued by a pricer with noise of its own, such as a simulation with a fresh
   * seed and more paths: the objective without the luck of the paths that it was minimised on.
   */
  public NoiseReport revalued(Pricer fresh) {
    List<QuoteFit> fits = problem.with(fresh).fits(parameters);
    double sum = 0;
    double noise = 0;
    double spread = 0;
    for (QuoteFit fit : fits) {
      sum += fit.residual() * fit.residual();
      noise += fit.residualError() * fit.residualError();
      spread += 2 * Math.abs(fit.residual() * fit.residualError());
    }
    double before = fits().stream().mapToDouble(f -> f.residual() * f.residual()).sum();
    return new NoiseReport(before, sum, noise, spread);
  }

  /** The sandwich estimate of the parameters' uncertainty. */
  public Uncertainty uncertainty() {
    return Uncertainty.of(problem, parameters);
  }
}
