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
}
