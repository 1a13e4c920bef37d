package io.pathwise.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ControlFitTest {
  private static double[] noise(long seed, int n) {
    return new Random(seed).doubles(n).map(u -> u - 0.5).toArray();
  }

  private static double[] combine(double a, double[] x, double b, double[] y) {
    double[] sum = new double[x.length];
    Arrays.setAll(sum, i -> a * x[i] + b * y[i]);
    return sum;
  }

  @Test
  void theCoefficientsOfALinearFunctionComeBack() {
    double[] x = noise(1, 200);
    double[] y = combine(1, noise(2, 200), 3, x);
    double[] target = Arrays.stream(combine(2, x, -0.25, y)).map(v -> v + 7).toArray();
    ControlFit fit = ControlFit.of(target, new double[][] {x, y});
    assertThat(fit.coefficients()).containsExactly(new double[] {2, -0.25}, within(1e-12));
    assertThat(fit.varianceRatio()).isInfinite();
  }

  @Test
  void theRatioIsOneOverTheUnexplainedPart() {
    double[] x = noise(1, 100_000);
    ControlFit fit = ControlFit.of(combine(3, x, 1, noise(2, 100_000)), new double[][] {x});
    assertThat(fit.coefficients()[0]).isCloseTo(3, within(0.02));
    assertThat(fit.varianceRatio()).as("(9 + 1) / 1").isCloseTo(10, within(0.2));
  }

  @Test
  void aControlThatRepeatsOthersGetsNothing() {
    double[] x = noise(1, 50);
    double[] y = noise(2, 50);
    double[] target = combine(1, x, 2, y);
    ControlFit fit =
        ControlFit.of(target, new double[][] {x, combine(4, x, 0, x), new double[50], y});
    assertThat(fit.coefficients()).containsExactly(new double[] {1, 0, 0, 2}, within(1e-12));
  }

  @Test
  void samplesWithoutVarianceNeedNoControl() {
    ControlFit fit = ControlFit.of(new double[50], new double[][] {noise(1, 50)});
    assertThat(fit.coefficients()).containsExactly(0);
    assertThat(fit.varianceRatio()).isEqualTo(1);
  }

  @Test
  void tooFewSamplesAreRefused() {
    assertThatThrownBy(() -> ControlFit.of(new double[2], new double[1][2]))
        .hasMessage("2 samples for 1 controls, expected at least 3");
  }
}
