package io.pathwise.calibrate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hipparchus.distribution.continuous.GammaDistribution;
import org.junit.jupiter.api.Test;

/** Known parameters come back from simulated histories, and real histories give sensible ones. */
class HistoryFitTest {
  private static final double DAY = 1.0 / 252;

  /** Within 5 standard errors: a false alarm in a million and a half. */
  private static void assertRecovers(HistoryFit fit, Map<String, Double> truth) {
    assertThat(fit.isConverged()).isTrue();
    truth.forEach(
        (name, value) ->
            assertThat(fit.parameters().get(name))
                .as(name)
                .isCloseTo(value, within(5 * fit.standardErrors().get(name))));
  }

  @Test
  void geometricBrownianMotionComesBack() {
    Random random = new Random(1);
    double[] s = new double[5001];
    s[0] = 100;
    for (int i = 0; i < 5000; i++) {
      double z = random.nextGaussian();
      s[i + 1] = s[i] * Math.exp((0.08 - 0.5 * 0.04) * DAY + 0.2 * Math.sqrt(DAY) * z);
    }
    HistoryFit fit = GeometricBrownianFit.of(new Observations(DAY, s));
    assertRecovers(fit, Map.of("mu", 0.08, "sigma", 0.2));
    assertThat(fit.standardErrors().get("sigma")).isCloseTo(0.002, within(1e-4));
  }

  @Test
  void ornsteinUhlenbeckComesBackAndMaximisesItsLikelihood() {
    Random random = new Random(2);
    double[] x = new double[4001];
    x[0] = 1;
    double b = Math.exp(-3 * DAY);
    double deviation = 0.5 * Math.sqrt((1 - b * b) / 6);
    for (int i = 0; i < 4000; i++) {
      x[i + 1] = 1 + (x[i] - 1) * b + deviation * random.nextGaussian();
    }
    Observations history = new Observations(DAY, x);
    HistoryFit fit = OrnsteinUhlenbeckFit.of(history);
    assertRecovers(fit, Map.of("kappa", 3.0, "theta", 1.0, "sigma", 0.5));
    for (String name : fit.parameters().keySet()) {
      for (double factor : new double[] {0.98, 1.02}) {
        Map<String, Double> moved = new HashMap<>(fit.parameters());
        moved.merge(name, factor, (x0, f) -> x0 * f);
        assertThat(OrnsteinUhlenbeckFit.logLikelihood(history, moved))
            .isLessThan(fit.logLikelihood());
      }
    }
  }

  @Test
  void ornsteinUhlenbeckStandardErrorsAreThoseOfRepeatedHistories() {
    int histories = 100;
    double b = Math.exp(-3 * DAY);
    double deviation = 0.5 * Math.sqrt((1 - b * b) / 6);
    double sum = 0;
    double square = 0;
    double stated = 0;
    for (int h = 0; h < histories; h++) {
      Random random = new Random(100 + h);
      double[] x = new double[2001];
      for (int i = 0; i < 2000; i++) {
        x[i + 1] = x[i] * b + deviation * random.nextGaussian();
      }
      HistoryFit fit = OrnsteinUhlenbeckFit.of(new Observations(DAY, x));
      double sigma = fit.parameters().get("sigma");
      sum += sigma / histories;
      square += sigma * sigma / histories;
      stated += fit.standardErrors().get("sigma") / histories;
    }
    double observed = Math.sqrt(square - sum * sum);
    assertThat(observed / stated).isCloseTo(1, within(5 / Math.sqrt(2.0 * histories)));
  }

  @Test
  void aTrendIsNoMeanReversion() {
    double[] x = new double[100];
    for (int i = 0; i < x.length; i++) {
      x[i] = i * i;
    }
    assertThatThrownBy(() -> OrnsteinUhlenbeckFit.of(new Observations(DAY, x)))
        .hasMessageContaining("does not revert")
        .hasMessageContaining("expected a number between 0 and 1");
  }

  /** Monthly steps, drawn exactly as a Poisson mixture of gammas. */
  @Test
  void theSquareRootProcessComesBack() {
    double a = 1.5;
    double level = 0.05;
    double sigma = 0.2;
    double dt = 1.0 / 12;
    double c = 2 * a / (sigma * sigma * (1 - Math.exp(-a * dt)));
    double q = 2 * a * level / (sigma * sigma) - 1;
    Random random = new Random(4);
    double[] r = new double[1201];
    r[0] = 0.05;
    for (int i = 0; i < 1200; i++) {
      double u = c * r[i] * Math.exp(-a * dt);
      int jumps = poisson(random, u);
      double gamma =
          new GammaDistribution(q + 1 + jumps, 1).inverseCumulativeProbability(random.nextDouble());
      r[i + 1] = gamma / c;
    }
    HistoryFit fit = CoxIngersollRossFit.of(new Observations(dt, r));
    assertRecovers(fit, Map.of("a", a, "b", level, "sigma", sigma));
  }

  /** The transition density integrates to one: Simpson over 0 .. 0.4. */
  @Test
  void theSquareRootDensityIntegratesToOne() {
    Map<String, Double> p = Map.of("a", 1.5, "b", 0.05, "sigma", 0.2);
    double sum = 0;
    int n = 4000;
    double width = 0.4 / n;
    for (int i = 1; i < n; i++) {
      double[] path = new double[10];
      java.util.Arrays.fill(path, 0.05);
      path[9] = i * width;
      double with = CoxIngersollRossFit.logLikelihood(new Observations(0.25, path), p);
      path[9] = 0.05;
      double eight = 8.0 / 9 * CoxIngersollRossFit.logLikelihood(new Observations(0.25, path), p);
      sum += Math.exp(with - eight) * (i % 2 == 1 ? 4 : 2) * width / 3;
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  @Test
  void mertonsJumpsComeBack() {
    Random random = new Random(5);
    double[] s = new double[8001];
    s[0] = 100;
    double k = Math.exp(-0.03 + 0.5 * 0.04 * 0.04) - 1;
    for (int i = 0; i < 8000; i++) {
      int jumps = poisson(random, 10 * DAY);
      double x =
          (0.1 - 0.5 * 0.0225 - 10 * k) * DAY + 0.15 * Math.sqrt(DAY) * random.nextGaussian();
      for (int j = 0; j < jumps; j++) {
        x += -0.03 + 0.04 * random.nextGaussian();
      }
      s[i + 1] = s[i] * Math.exp(x);
    }
    HistoryFit fit = MertonFit.of(new Observations(DAY, s));
    assertRecovers(
        fit, Map.of("mu", 0.1, "sigma", 0.15, "lambda", 10.0, "mu-j", -0.03, "sigma-j", 0.04));
  }

  @Test
  void jumpsExplainTheSp500BetterThanDiffusionAlone() {
    double[] closes =
        rows("sp500-daily-close.csv").stream().mapToDouble(r -> Double.parseDouble(r[1])).toArray();
    Observations history = new Observations(DAY, closes);
    HistoryFit diffusion = GeometricBrownianFit.of(history);
    HistoryFit jumps = MertonFit.of(history);
    assertThat(diffusion.parameters().get("sigma")).isBetween(0.18, 0.22);
    assertThat(jumps.isConverged()).isTrue();
    assertThat(jumps.logLikelihood()).isGreaterThan(diffusion.logLikelihood() + 500);
    assertThat(jumps.parameters().get("sigma")).isLessThan(0.15);
    assertThat(jumps.standardErrors().values()).allSatisfy(e -> assertThat(e).isPositive());
  }

  @Test
  void europeanIndicesHaveACorrelationMatrixAndVolatilities() {
    List<String[]> rows = rows("eu-indices.csv");
    double[][] closes = new double[4][rows.size()];
    for (int day = 0; day < rows.size(); day++) {
      for (int i = 0; i < 4; i++) {
        closes[i][day] = Double.parseDouble(rows.get(day)[2 + i]);
      }
    }
    List<String> names = List.of("DAX", "SMI", "CAC", "FTSE");
    IndexHistory history = IndexHistory.of(names, 1.0 / 260, closes);
    assertThat(history.distance()).isZero();
    assertThat(history.correlation()[0][1]).isBetween(0.6, 0.8);
    assertThat(history.fits().get(0).parameters().get("sigma")).isBetween(0.14, 0.19);
    assertThat(NearestCorrelation.leastEigenvalue(history.correlation())).isPositive();
  }

  @Test
  void missingDaysMayLeaveNoCorrelationMatrixAndTheNearestTakesItsPlace() {
    Random random = new Random(8);
    int days = 60;
    double[][] closes = new double[3][days];
    for (int i = 0; i < 3; i++) {
      java.util.Arrays.fill(closes[i], Double.NaN);
    }
    int[][] pairs = {{0, 1}, {1, 2}, {0, 2}};
    double[] signs = {1, 1, -1};
    for (int part = 0; part < 3; part++) {
      double x = 0;
      double y = 0;
      for (int day = 20 * part; day < 20 * (part + 1); day++) {
        double z = random.nextGaussian();
        x += 0.01 * z;
        y += 0.01 * (signs[part] * z + 0.1 * random.nextGaussian());
        closes[pairs[part][0]][day] = Math.exp(x);
        closes[pairs[part][1]][day] = Math.exp(y);
      }
    }
    IndexHistory history = IndexHistory.of(List.of("a", "b", "c"), DAY, closes);
    assertThat(history.distance()).isGreaterThan(0.5);
    assertThat(NearestCorrelation.leastEigenvalue(history.correlation())).isGreaterThan(1e-9);
  }

  @Test
  void closesThatAreNoPricesAreAllNamed() {
    double[][] closes = new double[2][20];
    java.util.Arrays.fill(closes[0], 5);
    java.util.Arrays.fill(closes[1], 5);
    closes[0][3] = -1;
    closes[1][7] = 0;
    assertThatThrownBy(() -> IndexHistory.of(List.of("a", "b"), DAY, closes))
        .hasMessageContaining("a is -1.0 on day 4")
        .hasMessageContaining("b is 0.0 on day 8");
  }

  private static int poisson(Random random, double mean) {
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  private static List<String[]> rows(String name) {
    try (InputStream in =
        HistoryFitTest.class.getResourceAsStream("/io/pathwise/calibrate/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split(","))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
