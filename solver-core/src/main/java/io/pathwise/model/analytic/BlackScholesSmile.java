package io.pathwise.model.analytic;

import java.util.List;

/** Black's formula and vega (Black 1976) for the options of one expiry. */
final class BlackScholesSmile implements SmileModel {
  @Override
  public String name() {
    return "black-scholes";
  }

  @Override
  public List<String> parameters() {
    return List.of("sigma");
  }

  @Override
  public Smile smile(
      double[] values,
      List<EuropeanOption> options,
      double forward,
      double discountFactor,
      double expiry) {
    double rate = -StrictMath.log(discountFactor) / expiry;
    double yield = rate - StrictMath.log(forward) / expiry;
    BlackScholes model = new BlackScholes(1, rate, yield, values[0]);
    double[] prices = new double[options.size()];
    double[][] slopes = new double[options.size()][];
    for (int i = 0; i < prices.length; i++) {
      EuropeanValue value = model.european(options.get(i), expiry);
      prices[i] = value.price();
      slopes[i] = new double[] {value.vega()};
    }
    return new Smile(prices, slopes);
  }
}
