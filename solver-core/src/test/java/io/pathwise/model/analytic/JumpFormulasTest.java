package io.pathwise.model.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.payoff.OptionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jump models' closed forms against each other, their limits and values printed elsewhere. */
class JumpFormulasTest {
  private static final double FORWARD = 102;
  private static final double DISCOUNT = 0.97;

  private static EuropeanOption call(double strike) {
    return EuropeanOption.call(strike);
  }

  private static double black(EuropeanOption option, double deviation) {
    return DISCOUNT * BlackScholes.black(option, FORWARD, deviation);
  }

  /** Merton's law by its characteristic function: another road to the same price. */
  private record MertonLaw(double sigma, double lambda, double mu, double delta, double expiry)
      implements LogPriceLaw {
    @Override
    public Complex moment(double u) {
      Complex s = LogPriceLaw.argument(u);
      Complex diffusion = s.square().minus(s).times(0.5 * sigma * sigma);
      return diffusion.plus(MertonAnalytic.jumpExponent(s, lambda, mu, delta)).times(expiry).exp();
    }

    @Override
    public double variance() {
      return expiry * (sigma * sigma + lambda * (mu * mu + delta * delta));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {60, 90, 102, 115, 160})
  void theSeriesAndTheTransformOfMertonAgree(double strike) {
    for (double expiry : new double[] {0.1, 1, 5}) {
      double series =
          new MertonAnalytic(0.15, 0.8, -0.15, 0.1).price(call(strike), FORWARD, DISCOUNT, expiry);
      double transform =
          LewisIntegral.price(
              new MertonLaw(0.15, 0.8, -0.15, 0.1, expiry), call(strike), FORWARD, DISCOUNT);
      assertThat(transform).isCloseTo(series, within(1e-9));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {80, 102, 130})
  void withoutJumpsEveryModelIsItsDiffusion(double strike) {
    double black = black(call(strike), 0.2);
    assertThat(new MertonAnalytic(0.2, 0, -0.1, 0.3).price(call(strike), FORWARD, DISCOUNT, 1))
        .isCloseTo(black, within(1e-12));
    assertThat(new KouAnalytic(0.2, 0, 0.4, 10, 5).price(call(strike), FORWARD, DISCOUNT, 1))
        .isCloseTo(black, within(1e-9));
    HestonAnalytic heston = new HestonAnalytic(0.04, 1.5, 0.06, 0.5, -0.7);
    assertThat(new BatesAnalytic(heston, 0, 0.1, 0.1).price(call(strike), FORWARD, DISCOUNT, 1))
        .isCloseTo(heston.price(call(strike), FORWARD, DISCOUNT, 1).price(), within(1e-9));
  }

  @Test
  void batesWithoutVolatilityOfVarianceIsMerton() {
    HestonAnalytic flat = new HestonAnalytic(0.0225, 1, 0.0225, 0, 0);
    double bates = new BatesAnalytic(flat, 0.8, -0.15, 0.1).price(call(95), FORWARD, DISCOUNT, 0.7);
    double merton =
        new MertonAnalytic(0.15, 0.8, -0.15, 0.1).price(call(95), FORWARD, DISCOUNT, 0.7);
    assertThat(bates).isCloseTo(merton, within(1e-9));
  }

  @Test
  void kouHasTheValueOfHisPaper() {
    // Kou (2002), section 5.2: S = 100, K = 98, r = 0.05, T = 0.5, sigma = 0.16, lambda = 1, p =
    // 0.4, eta1 = 10, eta2 = 5: 9.14732.
    double forward = 100 * Math.exp(0.025);
    double price =
        new KouAnalytic(0.16, 1, 0.4, 10, 5).price(call(98), forward, Math.exp(-0.025), 0.5);
    assertThat(price).isCloseTo(9.14732, within(5e-6));
  }

  /** The law of the clock mixed by quadrature: Black's formula given the gamma time. */
  private static double mixedOverTheClock(EuropeanOption option, double expiry) {
    double sigma = 0.12;
    double nu = 0.2;
    double theta = -0.14;
    double mean = Math.log1p(-nu * (theta + 0.5 * sigma * sigma)) / nu * expiry;
    double shape = expiry / nu;
    double norm = 1;
    for (int i = 1; i < shape; i++) {
      norm *= i; // Gamma of a whole number.
    }
    int n = 20_000;
    double h = 60.0 / n;
    double sum = 0;
    for (int i = 1; i < n; i++) {
      double g = i * h;
      double density = Math.pow(g, shape - 1) * Math.exp(-g) / norm;
      double clock = nu * g;
      double shifted = FORWARD * Math.exp(mean + (theta + 0.5 * sigma * sigma) * clock);
      double value = BlackScholes.black(option, shifted, sigma * Math.sqrt(clock));
      sum += (i % 2 == 0 ? 2 : 4) * density * value;
    }
    return DISCOUNT * sum * h / 3;
  }

  @ParameterizedTest
  @ValueSource(doubles = {80, 102, 120})
  void varianceGammaIsBlackMixedOverTheGammaClock(double strike) {
    for (double expiry : new double[] {1, 2}) {
      double price =
          new VarianceGammaAnalytic(0.12, 0.2, -0.14)
              .price(call(strike), FORWARD, DISCOUNT, expiry);
      assertThat(price).isCloseTo(mixedOverTheClock(call(strike), expiry), within(1e-7));
    }
  }

  @Test
  void putsAndCallsAreInParity() {
    EuropeanOption put = new EuropeanOption(OptionType.PUT, 110);
    double parity = DISCOUNT * (FORWARD - 110);
    KouAnalytic kou = new KouAnalytic(0.16, 1, 0.4, 10, 5);
    assertThat(kou.price(call(110), FORWARD, DISCOUNT, 1) - kou.price(put, FORWARD, DISCOUNT, 1))
        .isCloseTo(parity, within(1e-10));
    MertonAnalytic merton = new MertonAnalytic(0.15, 0.8, -0.15, 0.1);
    assertThat(
            merton.price(call(110), FORWARD, DISCOUNT, 1) - merton.price(put, FORWARD, DISCOUNT, 1))
        .isCloseTo(parity, within(1e-10));
  }

  @Test
  void badArgumentsAreNamedAllAtOnce() {
    assertThatThrownBy(() -> new KouAnalytic(-1, 1, 2, 0.5, 5))
        .hasMessageContaining("sigma = -1")
        .hasMessageContaining("p = 2")
        .hasMessageContaining("eta1 = 0.5, expected a finite number > 1");
    assertThatThrownBy(() -> new VarianceGammaAnalytic(0.2, 10, 0.2))
        .hasMessageContaining("theta nu + sigma^2 nu / 2");
    assertThatThrownBy(() -> new MertonAnalytic(0, -1, 0, -1))
        .hasMessageContaining("sigma = 0")
        .hasMessageContaining("lambda = -1")
        .hasMessageContaining("sigma-j = -1");
  }
}
