package io.pathwise.calibrate.history;

import java.util.Map;

/** The likelihood of a history as a function of parameters. */
interface TransitionLikelihood {

  /** The density that a method gives a history under a diffusion. */
  static TransitionLikelihood of(
      ScalarDiffusion diffusion, Observations history, TransitionDensity method) {
    if (method instanceof TransitionDensity.AitSahalia expansion) {
      return new AitSahalia(diffusion, history, expansion.order());
    }
    if (method instanceof TransitionDensity.Simulated simulated) {
      return new SimulatedLikelihood(diffusion, history, simulated);
    }
    return ExactLikelihood.of(diffusion, history);
  }

  /**
   * The logarithm of the densities of all observations given those before.
   *
   * @param parameters by name
   * @return minus infinity where a density is 0 or is not defined
   */
  double logLikelihood(Map<String, Double> parameters);

  /** The standard error of that from simulation; 0 of methods that do not simulate. */
  default double simulationError(Map<String, Double> parameters) {
    return 0;
  }
}
