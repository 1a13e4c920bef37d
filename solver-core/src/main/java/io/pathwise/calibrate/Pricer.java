package io.pathwise.calibrate;

import java.util.List;
import java.util.Map;

/**
 * Prices options under a model whose parameters are being calibrated; the same parameters give the
 * same bits.
 */
public interface Pricer {

  /** The model's name in job files. */
  String model();

  /** The parameters that can be calibrated, by their names in job files. */
  List<String> parameters();

  /** What the options are priced on. */
  Market market();

  /**
   * Present values, and their derivatives where wanted.
   *
   * @param values every parameter's value
   * @param options what to price
   * @param derivatives the parameters to differentiate in; none for prices alone
   * @throws ArithmeticException where the model has no price
   * @throws IllegalArgumentException where a parameter is missing or out of the model's range
   */
  ModelPrices price(Map<String, Double> values, List<Vanilla> options, List<String> derivatives);
}
