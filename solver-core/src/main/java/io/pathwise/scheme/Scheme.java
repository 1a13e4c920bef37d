package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.Optional;
import java.util.Set;

/** A numerical method: writes the state after one step as a graph. */
public interface Scheme {

  /** The name in job files. */
  String name();

  /** What it is, when to use it, and its source. */
  String description();

  /** The order of strong convergence for a noise type it supports. */
  double strongOrder(NoiseType noise);

  /** The order of weak convergence for a noise type it supports. */
  double weakOrder(NoiseType noise);

  /** The calculi it is consistent with. */
  Set<Calculus> calculi();

  /** The noise types it supports. */
  Set<NoiseType> noiseTypes();

  /** Why an OpenCL device cannot run it; empty, as for most: it can. */
  default Optional<String> notOnGpu() {
    return Optional.empty();
  }

  /**
   * The state at the end of the step.
   *
   * @return a vector of n that reads {@link Sde#state()}, {@link Sde#TIME}, {@link Step#DT} and the
   *     increments
   */
  Expr step(Sde sde, Step step);

  /**
   * Checks that the scheme fits the equation.
   *
   * @throws IllegalArgumentException naming what does not fit and the schemes that would
   */
  default void requireSupport(Sde sde) {
    if (!supports(sde)) {
      throw new IllegalArgumentException(
          "scheme "
              + name()
              + " does not support "
              + sde.noise()
              + " noise in "
              + sde.calculus()
              + " calculus; schemes that do: "
              + Schemes.all().stream().filter(s -> s.supports(sde)).map(Scheme::name).toList());
    }
  }

  /** Whether the scheme fits the equation's calculus and noise type. */
  default boolean supports(Sde sde) {
    return calculi().contains(sde.calculus()) && noiseTypes().contains(sde.noise());
  }
}
