package io.pathwise.model;

import io.pathwise.sde.Parameter;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Set;

/** A catalogue model: parameters with bounds, and the equation they stand in. */
public interface ModelType {

  /** The name in job files. */
  String name();

  /** What it is, with its source. */
  String description();

  /** The parameters in the order gradients use. */
  List<Parameter> parameters();

  /** The names of parameters that a job may replace by a term structure. */
  Set<String> curves();

  /**
   * The equation.
   *
   * @param curves the parameters, out of {@link #curves()}, that are term structures here: the
   *     equation reads {@link Sde#curve} for them and does not list them as parameters
   */
  Sde sde(Set<String> curves);

  /**
   * The contracts whose mean on simulated paths is known in closed form, exactly on every grid:
   * those that can be control variates ({@link KnownMeans}). A model whose simulated mean has an
   * error of the step size does not know it.
   *
   * @param scheme the name of the numerical method
   */
  default Set<KnownMean> knownMeans(String scheme) {
    return Set.of();
  }
}
