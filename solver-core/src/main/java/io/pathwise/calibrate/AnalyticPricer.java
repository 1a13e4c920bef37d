package io.pathwise.calibrate;

import io.pathwise.model.analytic.EuropeanOption;
import io.pathwise.model.analytic.Smile;
import io.pathwise.model.analytic.SmileModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Semi-analytic prices with exact derivatives under the same integral: one pass an expiry gives all
 * strikes and all parameters. Prices without derivatives differ from those with by less than the
 * quadrature's error, 1e-10 of the forward.
 */
public final class AnalyticPricer implements Pricer {
  private final SmileModel model;
  private final Market market;

  /**
   * A pricer of a model on a market.
   *
   * @throws IllegalArgumentException if the model has no semi-analytic prices
   */
  public AnalyticPricer(String model, Market market) {
    this.model =
        SmileModel.find(model)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "analytic prices of "
                            + model
                            + ", expected one of "
                            + SmileModel.all().stream().map(SmileModel::name).toList()));
    this.market = market;
  }

  @Override
  public String model() {
    return model.name();
  }

  @Override
  public List<String> parameters() {
    return model.parameters();
  }

  @Override
  public Market market() {
    return market;
  }

  @Override
  public ModelPrices price(
      Map<String, Double> values, List<Vanilla> options, List<String> derivatives) {
    double[] point = new double[model.parameters().size()];
    for (int p = 0; p < point.length; p++) {
      String name = model.parameters().get(p);
      Double value = values.get(name);
      if (value == null) {
        throw new IllegalArgumentException(
            model.name() + " without " + name + ", expected " + model.parameters());
      }
      point[p] = value;
    }
    Map<Double, List<Integer>> expiries = new TreeMap<>();
    for (int i = 0; i < options.size(); i++) {
      expiries.computeIfAbsent(options.get(i).expiry(), t -> new ArrayList<>()).add(i);
    }
    double[] prices = new double[options.size()];
    double[][] slopes = new double[options.size()][derivatives.size()];
    expiries.forEach(
        (expiry, members) -> {
          List<EuropeanOption> strip = members.stream().map(i -> options.get(i).option()).toList();
          double forward = market.forward(expiry);
          double discount = market.discount(expiry);
          Smile smile =
              derivatives.isEmpty()
                  ? new Smile(
                      model.prices(point, strip, forward, discount, expiry), new double[0][])
                  : model.smile(point, strip, forward, discount, expiry);
          for (int k = 0; k < members.size(); k++) {
            int i = members.get(k);
            prices[i] = smile.prices()[k];
            for (int d = 0; d < derivatives.size(); d++) {
              slopes[i][d] = smile.slopes()[k][position(derivatives.get(d))];
            }
          }
        });
    return new ModelPrices(prices, slopes, new double[options.size()]);
  }

  private int position(String parameter) {
    int position = model.parameters().indexOf(parameter);
    if (position < 0) {
      throw new IllegalArgumentException(
          "derivative in " + parameter + ", expected one of " + model.parameters());
    }
    return position;
  }
}
