package io.pathwise.calibrate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CorrelatedReturnsTest {
  private static final double DAY = 1.0 / 252;

  private static double[][] closes(int assets, int days) {
    Random random = new Random(5);
    double[][] closes = new double[assets][days];
    double[] z = new double[assets];
    for (int k = 0; k < days; k++) {
      for (int i = 0; i < assets; i++) {
        z[i] = random.nextGaussian() + (i > 0 ? 0.7 * z[i - 1] : 0);
        closes[i][k] = k == 0 ? 100 : closes[i][k - 1] * StrictMath.exp(0.01 * z[i] + 1e-4 * i);
      }
    }
    return closes;
  }

  /**
   * With every day there, the estimates maximise the normal likelihood, whose maximum is that of
   * each index alone less n/2 ln det R (Anderson 1958, section 3.2).
   */
  @Test
  void theJointLikelihoodIsThatOfTheMarginsAndTheDeterminantOfTheCorrelations() {
    IndexHistory history = IndexHistory.of(List.of("a", "b", "c"), DAY, closes(3, 500));
    double[][] r = history.correlation();
    double determinant =
        1
            + 2 * r[0][1] * r[0][2] * r[1][2]
            - r[0][1] * r[0][1]
            - r[0][2] * r[0][2]
            - r[1][2] * r[1][2];
    double margins = history.fits().stream().mapToDouble(HistoryFit::logLikelihood).sum();
    assertThat(history.logLikelihood())
        .isCloseTo(margins - 0.5 * 499 * StrictMath.log(determinant), within(1e-7));
    assertThat(history.logLikelihood()).isGreaterThan(margins + 100);
  }

  @Test
  void aDayCountsByTheIndicesThatHaveAReturnOnIt() {
    double[][] returns = {{0.01, Double.NaN, Double.NaN}, {-0.02, 0.03, Double.NaN}};
    double[] means = {0.001, 0.002};
    double[] deviations = {0.01, 0.02};
    double[][] correlation = {{1, 0.5}, {0.5, 1}};
    double x = (0.01 - 0.001) / 0.01;
    double y = (-0.02 - 0.002) / 0.02;
    double both =
        -0.5 * (x * x - x * y + y * y) / 0.75
            - StrictMath.log(2 * Math.PI * 0.01 * 0.02 * Math.sqrt(0.75));
    double alone = (0.03 - 0.002) / 0.02;
    double one = -0.5 * alone * alone - StrictMath.log(0.02 * Math.sqrt(2 * Math.PI));
    assertThat(CorrelatedReturns.logLikelihood(returns, means, deviations, correlation))
        .isCloseTo(both + one, within(1e-12));
  }
}
