package io.pathwise.calibrate;

import java.util.List;
import java.util.Map;

/** What is added to the sum of squares to prefer some parameters over others. */
public sealed interface Penalty permits FellerPenalty, SmoothnessPenalty, YesterdayPenalty {

  /** The parameters that it reads. */
  List<String> parameters();

  /** One or more residuals, whose squares are added. */
  List<Term> terms(Map<String, Double> values);

  /**
   * A residual with its derivatives.
   *
   * @param residual its value
   * @param slopes the derivatives in the parameters that it reads
   */
  record Term(double residual, Map<String, Double> slopes) {}
}
