package io.pathwise.model.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All strikes of an expiry at once, against one option at a time and finite differences. */
class SmileModelTest {
  private static final double FORWARD = 102;
  private static final double DISCOUNT = 0.97;
  private static final double[] HESTON = {0.05, 1.5, 0.06, 0.6, -0.7};
  private static final List<EuropeanOption> OPTIONS =
      List.of(
          EuropeanOption.put(70),
          EuropeanOption.put(95),
          EuropeanOption.call(95),
          EuropeanOption.call(102),
          EuropeanOption.call(140));

  private static final Map<String, double[]> VALUES =
      Map.of(
          "black-scholes", new double[] {0.25},
          "heston", HESTON,
          "merton", new double[] {0.15, 0.4, -0.15, 0.2},
          "kou", new double[] {0.15, 1.5, 0.35, 9, 6},
          "bates", new double[] {0.05, 1.5, 0.06, 0.6, -0.7, 0.4, -0.1, 0.15},
          "variance-gamma", new double[] {0.2, 0.15, -0.2});

  static Stream<String> models() {
    return SmileModel.all().stream().map(SmileModel::name);
  }

  @ParameterizedTest
  @MethodSource("models")
  void pricesAreThoseOfTheFormulaForOneOption(String name) {
    SmileModel model = SmileModel.find(name).orElseThrow();
    for (double expiry : new double[] {0.08, 0.7, 5}) {
      Smile smile = model.smile(VALUES.get(name), OPTIONS, FORWARD, DISCOUNT, expiry);
      for (int i = 0; i < OPTIONS.size(); i++) {
        assertThat(smile.prices()[i])
            .as("%s at %s years", OPTIONS.get(i), expiry)
            .isCloseTo(single(name, OPTIONS.get(i), expiry), within(1e-8));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void slopesAreThoseOfCentralDifferences(String name) {
    SmileModel model = SmileModel.find(name).orElseThrow();
    double[] values = VALUES.get(name);
    assertThat(model.parameters()).hasSize(values.length);
    for (double expiry : new double[] {0.08, 0.7, 5}) {
      Smile smile = model.smile(values, OPTIONS, FORWARD, DISCOUNT, expiry);
      for (int p = 0; p < values.length; p++) {
        double bump = 1e-4 * Math.max(Math.abs(values[p]), 0.1);
        double[] up = shifted(model, values, p, bump, expiry);
        double[] down = shifted(model, values, p, -bump, expiry);
        for (int i = 0; i < OPTIONS.size(); i++) {
          double difference = (up[i] - down[i]) / (2 * bump);
          assertThat(smile.slopes()[i][p])
              .as("d %s / d %s at %s", OPTIONS.get(i), model.parameters().get(p), expiry)
              .isCloseTo(difference, within(3e-5 + 1e-6 * Math.abs(difference)));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void pricesAloneAreThoseWithDerivatives(String name) {
    SmileModel model = SmileModel.find(name).orElseThrow();
    for (double expiry : new double[] {0.08, 0.7, 5}) {
      double[] alone = model.prices(VALUES.get(name), OPTIONS, FORWARD, DISCOUNT, expiry);
      double[] with = model.smile(VALUES.get(name), OPTIONS, FORWARD, DISCOUNT, expiry).prices();
      for (int i = 0; i < OPTIONS.size(); i++) {
        assertThat(alone[i])
            .as("%s at %s years", OPTIONS.get(i), expiry)
            .isCloseTo(with[i], within(1e-10 * FORWARD));
      }
    }
  }

  private static double[] shifted(
      SmileModel model, double[] values, int p, double bump, double expiry) {
    double[] moved = values.clone();
    moved[p] += bump;
    return model.smile(moved, OPTIONS, FORWARD, DISCOUNT, expiry).prices();
  }

  private static double single(String name, EuropeanOption option, double expiry) {
    double[] v = VALUES.get(name);
    HestonAnalytic heston =
        new HestonAnalytic(HESTON[0], HESTON[1], HESTON[2], HESTON[3], HESTON[4]);
    return switch (name) {
      case "black-scholes" ->
          DISCOUNT * BlackScholes.black(option, FORWARD, v[0] * Math.sqrt(expiry));
      case "heston" -> heston.price(option, FORWARD, DISCOUNT, expiry).price();
      case "merton" ->
          new MertonAnalytic(v[0], v[1], v[2], v[3]).price(option, FORWARD, DISCOUNT, expiry);
      case "kou" ->
          new KouAnalytic(v[0], v[1], v[2], v[3], v[4]).price(option, FORWARD, DISCOUNT, expiry);
      case "bates" ->
          new BatesAnalytic(heston, v[5], v[6], v[7]).price(option, FORWARD, DISCOUNT, expiry);
      case "variance-gamma" ->
          new VarianceGammaAnalytic(v[0], v[1], v[2]).price(option, FORWARD, DISCOUNT, expiry);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
