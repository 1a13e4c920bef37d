package io.pathwise.adjoint;

/** What is averaged over paths for a derivative of a mean. */
public sealed interface SensitivityMethod {

  /** The name in job files. */
  String key();

  /**
   * The derivative of the value of every path: for claims that are continuous in the path
   * (Glasserman 2003, "Monte Carlo Methods in Financial Engineering", section 7.2).
   */
  record Pathwise() implements SensitivityMethod {
    @Override
    public String key() {
      return "pathwise";
    }
  }

  /**
   * The pathwise derivative of the mean given all but one normal of the last step before the claim
   * is read: for European payoffs, continuous or not, twice differentiable and unbiased for the
   * discretised law (Glasserman 2003, section 7.2.3; Giles 2009, "Vibrato Monte Carlo
   * sensitivities").
   */
  record Conditional() implements SensitivityMethod {
    @Override
    public String key() {
      return "conditional";
    }
  }

  /**
   * The value times the derivative of the logarithm of the path's density: for any payoff, on
   * schemes whose step has a normal density (Glasserman 2003, section 7.3; Broadie and Glasserman
   * 1996).
   */
  record LikelihoodRatio() implements SensitivityMethod {
    @Override
    public String key() {
      return "likelihood-ratio";
    }
  }

  /**
   * The pathwise derivative with every jump of the payoff spread out as a normal distribution
   * function: for any payoff, with a bias of the order of width squared.
   *
   * @param width the standard deviation, as a part of the strike or barrier it is at
   */
  record Smoothing(double width) implements SensitivityMethod {

    /**
     * Checks the width.
     *
     * @throws IllegalArgumentException if it is not above 0 and finite
     */
    public Smoothing {
      if (!(width > 0) || Double.isInfinite(width)) {
        throw new IllegalArgumentException(
            "smoothing width = " + width + ", expected a part of the strike above 0");
      }
    }

    @Override
    public String key() {
      return "smoothing";
    }
  }
}
