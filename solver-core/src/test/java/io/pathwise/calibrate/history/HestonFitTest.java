package io.pathwise.calibrate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.hipparchus.distribution.continuous.GammaDistribution;
import org.junit.jupiter.api.Test;

/** The filter's likelihood, and parameters from simulated returns. */
class HestonFitTest {
  private static final double DAY = 1.0 / 252;
  private static final Map<String, Double> TRUTH =
      Map.of("mu", 0.08, "kappa", 6.0, "theta", 0.04, "xi", 0.6, "rho", -0.7);

  /** Closes of days of eight Euler steps each. */
  static Observations closes(int days, long seed) {
    return path(days, seed).closes;
  }

  private record Path(Observations closes, double variance) {}

  private static Path path(int days, long seed) {
    Random random = new Random(seed);
    double dt = DAY / 8;
    double x = 0;
    double v = 0.04;
    double[] closes = new double[days + 1];
    closes[0] = 1;
    for (int day = 1; day <= days; day++) {
      for (int k = 0; k < 8; k++) {
        double z = random.nextGaussian();
        double w = -0.7 * z + Math.sqrt(1 - 0.49) * random.nextGaussian();
        double variance = Math.max(v, 0);
        x += (0.08 - 0.5 * variance) * dt + Math.sqrt(variance * dt) * z;
        v += 6 * (0.04 - variance) * dt + 0.6 * Math.sqrt(variance * dt) * w;
      }
      closes[day] = Math.exp(x);
    }
    return new Path(new Observations(DAY, closes), Math.max(v, 0));
  }

  private static double filtered(Observations closes, double spacing, Map<String, Double> values) {
    return new VarianceFilter(closes.logReturns(), DAY, spacing).logLikelihood(values);
  }

  /**
   * Against the mean of the likelihood over simulated variances, which is unbiased: within five of
   * its standard errors, a false alarm in a million and a half.
   */
  @Test
  void theLikelihoodIsTheMeanOverVariancesThatNobodySees() {
    double[] returns = {0.011, -0.023, 0.004, -0.035, 0.018, 0.002, 0.027, -0.009, 0.006, -0.014};
    double kappa = 6;
    double theta = 0.04;
    double xi = 0.5;
    double rho = -0.7;
    Map<String, Double> values =
        Map.of("mu", 0.08, "kappa", kappa, "theta", theta, "xi", xi, "rho", rho);
    Random random = new Random(11);
    GammaDistribution start =
        new GammaDistribution(2 * kappa * theta / (xi * xi), xi * xi / (2 * kappa));
    int samples = 40_000;
    double scale = Math.exp(new VarianceFilter(returns, DAY, 0.4).logLikelihood(values));
    double[] starts = new double[500];
    for (int k = 0; k < starts.length; k++) {
      starts[k] = start.inverseCumulativeProbability((k + 0.5) / starts.length);
    }
    double sum = 0;
    double square = 0;
    for (int s = 0; s < samples; s++) {
      double v = starts[s % starts.length];
      double likelihood = 1 / scale;
      for (double r : returns) {
        double e = (r - (0.08 - 0.5 * v) * DAY) / Math.sqrt(v * DAY);
        likelihood *= Math.exp(-0.5 * e * e) / Math.sqrt(2 * Math.PI * v * DAY);
        if (Math.abs(e) > 9) {
          likelihood = 0;
          break;
        }
        double next;
        do {
          double w = rho * e + Math.sqrt(1 - rho * rho) * random.nextGaussian();
          next = v + kappa * (theta - v) * DAY + xi * Math.sqrt(v * DAY) * w;
        } while (next <= 0);
        v = next;
      }
      sum += likelihood;
      square += likelihood * likelihood;
    }
    double mean = sum / samples;
    double error = Math.sqrt((square / samples - mean * mean) / samples);
    assertThat(error).isLessThan(0.01);
    assertThat(mean).isCloseTo(1, within(5 * error));
  }

  /**
   * Of 200 last variances those within 1.645 standard deviations are 180 in expectation, for a
   * normal law; seeds are fixed.
   */
  @Test
  void theLastVarianceLiesWhereTheFilterSaysItDoes() {
    int within = 0;
    double filtered = 0;
    double stationary = 0;
    for (int seed = 0; seed < 200; seed++) {
      Path path = path(60, 100 + seed);
      VarianceFilter.Filtered last =
          new VarianceFilter(path.closes.logReturns(), DAY, 0.8).filtered(TRUTH);
      double miss = path.variance - last.mean();
      within += Math.abs(miss) < 1.645 * last.deviation() ? 1 : 0;
      filtered += miss * miss;
      stationary += (path.variance - 0.04) * (path.variance - 0.04);
    }
    assertThat(within).isBetween(165, 195);
    assertThat(filtered).isLessThan(0.6 * stationary);
  }

  /** A log-likelihood is a statistic of size one. */
  @Test
  void aFinerGridChangesTheLikelihoodByLittle() {
    Observations closes = closes(500, 2);
    double finest = filtered(closes, 0.2, TRUTH);
    assertThat(filtered(closes, 0.8, TRUTH)).isCloseTo(finest, within(0.1));
    assertThat(filtered(closes, 0.4, TRUTH)).isCloseTo(finest, within(0.03));
  }

  @Test
  void theTruthIsLikelierThanWhatIsFarFromIt() {
    Observations closes = closes(1500, 3);
    double at = filtered(closes, 0.8, TRUTH);
    for (Map.Entry<String, Double> wrong :
        Map.of("kappa", 40.0, "theta", 0.09, "xi", 0.1, "rho", 0.3).entrySet()) {
      Map<String, Double> values = new HashMap<>(TRUTH);
      values.putAll(Map.ofEntries(wrong));
      assertThat(filtered(closes, 0.8, values)).as("%s", wrong).isLessThan(at - 3);
    }
  }

  /** Within 5 standard errors: a false alarm in a million and a half but for the method's bias. */
  @Test
  void parametersComeBackFromReturns() {
    HistoryFit fit = HestonFit.of(closes(1000, 4));
    assertThat(fit.isConverged()).isTrue();
    TRUTH.forEach(
        (name, value) ->
            assertThat(fit.parameters().get(name))
                .as("%s +- %s", name, fit.standardErrors().get(name))
                .isCloseTo(value, within(5 * fit.standardErrors().get(name))));
    assertThat(fit.standardErrors().get("rho")).isBetween(0.03, 0.3);
    assertThat(fit.standardErrors().get("kappa")).isBetween(0.8, 4.0);
  }
}
