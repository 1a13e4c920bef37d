package io.pathwise.adjoint;

import java.util.Locale;

/** How the derivatives of outputs in parameters are computed. */
public enum GradientMethod {
  /** One of the others, chosen from what is declared alone. */
  AUTO,
  /** The adjoint with all states and normals kept (Giles and Glasserman 2006). */
  STORED,
  /**
   * The adjoint with states kept at binomial checkpoints and noise drawn again (Griewank and
   * Walther 2000, algorithm 799).
   */
  CHECKPOINTED,
  /** The adjoint with states reconstructed by undoing the steps (Kidger et al. 2021). */
  REVERSIBLE,
  /** The continuous stochastic adjoint, solved backwards in time (Li et al. 2020). */
  BACKSOLVE,
  /** Forward mode: states carry their derivatives along. */
  TANGENT;

  /** The name in job files. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
