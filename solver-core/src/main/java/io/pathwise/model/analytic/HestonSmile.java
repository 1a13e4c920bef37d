package io.pathwise.model.analytic;

import java.util.List;

/** {@link HestonAnalytic} for the options of one expiry. */
final class HestonSmile implements SmileModel {
  static final List<String> PARAMETERS = List.of("v0", "kappa", "theta", "xi", "rho");

  @Override
  public String name() {
    return "heston";
  }

  @Override
  public List<String> parameters() {
    return PARAMETERS;
  }

  @Override
  public Smile smile(
      double[] values,
      List<EuropeanOption> options,
      double forward,
      double discountFactor,
      double expiry) {
    return model(values).smile(options, forward, discountFactor, expiry);
  }

  @Override
  public double[] prices(
      double[] values,
      List<EuropeanOption> options,
      double forward,
      double discountFactor,
      double expiry) {
    return model(values).values(options, forward, discountFactor, expiry);
  }

  /** Heston with the first five values. */
  static HestonAnalytic model(double[] values) {
    return new HestonAnalytic(values[0], values[1], values[2], values[3], values[4]);
  }
}
