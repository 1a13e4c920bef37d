package io.pathwise.spark.job;

import io.pathwise.model.CorrelatedGbm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The models whose parameters can be had from a history, and by which likelihoods. */
public enum HistoryModel {
  /** One price. */
  BLACK_SCHOLES("black-scholes", true, ModelSpec.SPOT, HistorySpec.Likelihood.EXACT),

  /** Several prices. */
  CORRELATED_GBM(CorrelatedGbm.FAMILY.name(), true, ModelSpec.SPOT, HistorySpec.Likelihood.EXACT),

  /** A level that reverts to a mean. */
  ORNSTEIN_UHLENBECK("ornstein-uhlenbeck", false, "x0", HistorySpec.Likelihood.EXACT),

  /** A short rate that may be negative. */
  VASICEK("vasicek", false, "r0", HistorySpec.Likelihood.EXACT),

  /** A short rate that may not. */
  CIR("cir", true, "r0", HistorySpec.Likelihood.EXACT),

  /** A price with jumps. */
  MERTON("merton", true, ModelSpec.SPOT, HistorySpec.Likelihood.EXACT),

  /** A price whose variance is not seen. */
  HESTON("heston", true, ModelSpec.SPOT, HistorySpec.Likelihood.FILTER),

  /** The first state of formulas. */
  FORMULA(FormulaModel.TYPE, false, "", HistorySpec.Likelihood.AIT_SAHALIA);

  private final String type;
  private final boolean positive;
  private final String initial;
  private final HistorySpec.Likelihood usual;

  HistoryModel(String type, boolean positive, String initial, HistorySpec.Likelihood usual) {
    this.type = type;
    this.positive = positive;
    this.initial = initial;
    this.usual = usual;
  }

  /** The model of a type in job files. */
  public static Optional<HistoryModel> find(String type) {
    return Stream.of(values()).filter(model -> model.type.equals(type)).findFirst();
  }

  /** The parameter that the last observation is; the empty text where there is none. */
  public String initial() {
    return initial;
  }

  /** The types in job files. */
  static List<String> types() {
    return Stream.of(values()).map(model -> model.type).toList();
  }

  /** The type in job files. */
  String type() {
    return type;
  }

  /** What an observation has to be. */
  Range range() {
    return positive ? Range.above(0, "") : Range.FINITE;
  }

  /** The likelihoods there are, the usual one first. */
  List<HistorySpec.Likelihood> likelihoods() {
    return this == FORMULA
        ? List.of(usual, HistorySpec.Likelihood.SIMULATED, HistorySpec.Likelihood.EXACT)
        : List.of(usual);
  }
}
