package io.pathwise.spark.job;

import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import java.util.List;
import java.util.Map;

/** The model of a job: an equation, and the values of what it leaves open. */
public sealed interface ModelSpec permits CatalogueModel, FormulaModel {

  /** The observable that trades are written on. */
  String PRICE = "S";

  /** The parameter, or curve, that discounts. */
  String RATE = "r";

  /** The parameter, or curve, of the dividend yield of catalogue models. */
  String YIELD = "q";

  /** The parameter of catalogue models that is the price today. */
  String SPOT = "spot";

  /** The parameter of catalogue models of a forward price that is the price today. */
  String FORWARD = "f0";

  /** The observable that a stochastic short rate discounts with, where the model has it. */
  String DISCOUNT = "discount";

  /** The type in the job file: a catalogue name, or "formula". */
  String type();

  /**
   * The values of the scalar parameters, in the order of {@link Sde#parameters()}; parameters that
   * are curves are not among them.
   */
  Map<String, Double> parameters();

  /** The term structures, by the name of the parameter each replaces. */
  Map<String, ZeroCurve> curves();

  /** The equation; a curve is read through {@link Sde#curve}. */
  Sde sde();

  /** The names of the scalar parameters, in the order gradients use. */
  default List<String> parameterNames() {
    return List.copyOf(parameters().keySet());
  }
}
