package io.pathwise.scheme;

import io.pathwise.expr.Expr;
import io.pathwise.noise.LevyTerm;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Map;
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

  /** What a step asks of the Brownian motion beside its increment. */
  default Set<LevyTerm> levyTerms(Sde sde) {
    return Set.of();
  }

  /** How many standard normals a step takes that are independent of the Brownian motion. */
  default int extraNormals(Sde sde) {
    return 0;
  }

  /** What the scheme carries beside the states: they follow the states, in {@link #state} too. */
  default List<Auxiliary> auxiliaries(Sde sde) {
    return List.of();
  }

  /** The states of the equation and then the auxiliaries at the start of the step: a vector. */
  default Expr state(Sde sde) {
    return Sde.state(sde.states().size() + auxiliaries(sde).size());
  }

  /**
   * The state at the end of the step.
   *
   * @return a vector of n, and then one element an auxiliary, that reads {@link Sde#state()} or
   *     {@link #state}, {@link Sde#TIME}, {@link Step#DT}, the increments and the extra normals
   */
  Expr step(Sde sde, Step step);

  /**
   * The state at the start of the step from that at its end, on the same increments: a vector as
   * {@link #step} gives it, that reads the state at the end where the step reads that at the start.
   * Empty, as for most, where a step cannot be undone in closed form.
   */
  default Optional<Expr> inverse(Sde sde, Step step) {
    return Optional.empty();
  }

  /** What of the scheme's own can be observed by name; reads {@link #state}. */
  default Map<String, Expr> observables(Sde sde) {
    return Map.of();
  }

  /** The scheme without what it draws at boundaries, by which the error of a step is judged. */
  default Scheme free() {
    return this;
  }

  /**
   * Another state after the step whose distance from that of {@link #step} tells the error of the
   * step. It reads what the step reads and the space-time area, which a Brownian tree has in any
   * case. Empty where there is none: then two steps over the halves tell it.
   */
  default Optional<Embedded> embedded(Sde sde, Step step) {
    return Optional.empty();
  }

  /**
   * Whether the scheme keeps its limit where the step sizes depend on the path: schemes of strong
   * order below 1 need not, since a square of an increment counts for its mean there (Gaines and
   * Lyons 1997).
   */
  default boolean adaptive(Sde sde) {
    return strongOrder(sde.noise()) >= 1;
  }

  /**
   * The structure that the equation would need beside its calculus and noise type, such as a known
   * transition law; empty, as for most: none, or it has it.
   */
  default Optional<String> missingStructure(Sde sde) {
    return Optional.empty();
  }

  /**
   * Checks that the scheme fits the equation.
   *
   * @throws IllegalArgumentException naming what does not fit, the schemes that would, and the
   *     conversion to the other calculus where that would do
   */
  default void requireSupport(Sde sde) {
    misfit(sde)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
  }

  /**
   * What does not fit the equation, the schemes that would, and the conversion to the other
   * calculus where that would do; empty where the scheme fits.
   */
  default Optional<String> misfit(Sde sde) {
    return supports(sde) ? Optional.empty() : Optional.of(Misfit.message(this, sde));
  }

  /** What does not fit the values of the parameters; empty, as for most: all fit. */
  default Optional<String> misfit(Sde sde, Map<String, Double> parameters) {
    return Optional.empty();
  }

  /**
   * Whether the scheme fits the equation's calculus, noise type and structure. Additive noise is
   * the same in both calculi.
   */
  default boolean supports(Sde sde) {
    return (calculi().contains(sde.calculus()) || sde.noise() == NoiseType.ADDITIVE)
        && noiseTypes().contains(sde.noise())
        && missingStructure(sde).isEmpty();
  }
}
