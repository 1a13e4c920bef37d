package io.pathwise.control;

/**
 * How every path chooses its step sizes: halves of halves of the grid's steps, so that the error of
 * a step, measured against the tolerances, is at most 1. An accepted or rejected step of error e
 * scales the size by {@code safety e^-(integral + proportional)/q e'^(proportional/q)} with e' the
 * error of the step before and q the order of a step's error: the PI controller of Gustafsson
 * (1991), with the coefficients that suit rough paths (Ilie, Jackson and Enright 2015). A rejected
 * step is halved, never passed over: the sizes stay nested, on which the convergence of adaptive
 * schemes rests (Gaines and Lyons 1997, "Variable step size control in the numerical solution of
 * stochastic differential equations").
 *
 * @param adaptive whether there is a control; without, steps are those of the grid
 * @param rtol the tolerance relative to the state
 * @param atol the tolerance beside it, in the units of the states
 * @param dtMin years: a step that cannot be halved without falling below is accepted whatever its
 *     error, and counted
 * @param dtMax years: the steps of the grid, of which a path's are fractions
 * @param integral the weight of a step's own error
 * @param proportional the weight of its change
 * @param safety what sizes are multiplied by, below 1
 * @param least the smallest factor between sizes
 * @param most the largest factor between sizes
 */
public record StepControl(
    boolean adaptive,
    double rtol,
    double atol,
    double dtMin,
    double dtMax,
    double integral,
    double proportional,
    double safety,
    double least,
    double most) {

  /** Why no OpenCL device runs such paths: it walks one list of calls for all paths of a shard. */
  public static final String NOT_ON_GPU = "paths that choose their steps run on the CPU alone";

  /**
   * Checks.
   *
   * @throws IllegalArgumentException naming all that is out of range
   */
  public StepControl {
    StringBuilder problems = new StringBuilder();
    require(
        problems,
        rtol >= 0 && atol >= 0 && rtol + atol > 0,
        "rtol = " + rtol + ", atol = " + atol + ": expected at least 0, and one above");
    require(
        problems,
        dtMin > 0 && dtMax >= dtMin && dtMax < Double.POSITIVE_INFINITY,
        "dt-min = " + dtMin + ", dt-max = " + dtMax + ": expected 0 < dt-min <= dt-max");
    require(
        problems,
        integral >= 0 && proportional >= 0 && integral + proportional > 0,
        "integral = "
            + integral
            + ", proportional = "
            + proportional
            + ": expected at least 0, and one above");
    require(
        problems,
        safety > 0 && safety < 1 && least > 0 && least < 1 && most > 1,
        "safety = "
            + safety
            + ", least = "
            + least
            + ", most = "
            + most
            + ": expected 0 < safety, least < 1 < most");
    if (problems.length() > 0) {
      throw new IllegalArgumentException("step control: " + problems);
    }
  }

  private static void require(StringBuilder problems, boolean holds, String problem) {
    if (!holds) {
      problems.append(problems.length() > 0 ? "; " : "").append(problem);
    }
  }

  /**
   * A control with the usual coefficients.
   *
   * @param rtol the tolerance relative to the state
   * @param atol the tolerance beside it
   * @param dtMin the smallest step, years
   * @param dtMax the largest step, years
   */
  public static StepControl adaptive(double rtol, double atol, double dtMin, double dtMax) {
    return new StepControl(true, rtol, atol, dtMin, dtMax, 0.3, 0.1, 0.9, 0.2, 4);
  }

  /**
   * Steps of the grid on the Brownian tree: the path that adaptive runs of the same largest step
   * see, and for equations with jumps the steps between a path's jumps.
   *
   * @param step years
   */
  public static StepControl fixed(double step) {
    return new StepControl(false, 1, 1, step, step, 0.3, 0.1, 0.9, 0.2, 4);
  }
}
