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
    List<HestonPrice> all = model(values).prices(options, forward, discountFactor, expiry);
    double[] prices = new double[all.size()];
    double[][] slopes = new double[all.size()][];
    for (int i = 0; i < prices.length; i++) {
      HestonPrice price = all.get(i);
      prices[i] = price.price();
      slopes[i] = new double[] {price.v0(), price.kappa(), price.theta(), price.xi(), price.rho()};
    }
    return new Smile(prices, slopes);
  }

  /** Heston with the first five values. */
  static HestonAnalytic model(double[] values) {
    return new HestonAnalytic(values[0], values[1], values[2], values[3], values[4]);
  }
}
