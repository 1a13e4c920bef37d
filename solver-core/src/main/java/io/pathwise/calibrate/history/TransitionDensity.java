package io.pathwise.calibrate.history;

/** How the density of an observation given the one before is had from an equation. */
public sealed interface TransitionDensity {

  /** The closed form, of the equations that have one. */
  TransitionDensity EXACT = new Exact();

  /** The closed-form expansion to the second order. */
  TransitionDensity AIT_SAHALIA = new AitSahalia(2);

  /** Simulation with 16 sub-steps and 32 paths an observation. */
  TransitionDensity SIMULATED = new Simulated(16, 32, 1);

  /**
   * The closed form: Gaussian where the diffusion is constant and the drift affine, lognormal where
   * both are proportional to the state, noncentral chi-squared where the drift is affine and the
   * diffusion proportional to the square root of the state.
   */
  record Exact() implements TransitionDensity {}

  /**
   * The closed-form expansion in the time between observations (Ait-Sahalia 2002).
   *
   * @param order of the last power of time in the logarithm of the density, 1 to 3
   */
  record AitSahalia(int order) implements TransitionDensity {

    /**
     * Checks.
     *
     * @throws IllegalArgumentException if the order is not 1, 2 or 3
     */
    public AitSahalia {
      if (order < 1 || order > 3) {
        throw new IllegalArgumentException("order = " + order + ", expected 1, 2 or 3");
      }
    }
  }

  /**
   * Simulated likelihood (Pedersen 1995) on the modified Brownian bridge (Durham and Gallant 2002).
   * Its bias, that of Euler's step, falls with one over the sub-steps; its error with one over the
   * root of the paths.
   *
   * @param subSteps Euler's steps between two observations, at least 2
   * @param paths bridges between two observations, even (antithetic pairs), at least 2
   * @param seed of the noise, which is the same for all parameters
   */
  record Simulated(int subSteps, int paths, long seed) implements TransitionDensity {

    /**
     * Checks.
     *
     * @throws IllegalArgumentException naming what is out of range
     */
    public Simulated {
      if (subSteps < 2 || paths < 2 || paths % 2 != 0) {
        throw new IllegalArgumentException(
            subSteps + " sub-steps and " + paths + " paths, expected 2 or more, the paths even");
      }
    }
  }
}
