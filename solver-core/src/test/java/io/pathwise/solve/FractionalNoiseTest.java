package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.payoff.Claim;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.FractionalDriver;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The laws of fractional noise. Covariances are within 5 standard errors: a false alarm once in 1.7
 * million comparisons of a seed; the seeds are fixed.
 */
class FractionalNoiseTest {
  private static final int PATHS = 40_000;

  private static Solution solve(double hurst, double step, double... times) {
    return Solver.of(PreparedNoiseTest.rough())
        .parameters(Map.of("hurst", hurst))
        .step(step)
        .observe("w", times)
        .observe("b", times)
        .observe("y", times)
        .seed(12)
        .solve(PATHS);
  }

  private static double covariance(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum / x.length;
  }

  private static void assertCovariance(
      double[] x, double[] y, double xx, double yy, double xy, double bias) {
    double error = Math.sqrt((xx * yy + xy * xy) / x.length);
    assertThat(covariance(x, y)).isCloseTo(xy, within(5 * error + bias));
  }

  private static double motion(double hurst, double s, double t) {
    double power = 2 * hurst;
    return (Math.pow(s, power) + Math.pow(t, power) - Math.pow(Math.abs(t - s), power)) / 2;
  }

  /** Steps of 1/8 alone are equal; with the times 0.3 and 0.7 they are not: Cholesky. */
  @ParameterizedTest
  @CsvSource({"0.07, 0.25", "0.3, 0.25", "0.7, 0.25", "0.07, 0.3", "0.3, 0.3", "0.7, 0.3"})
  void fractionalMotionHasItsCovariance(double hurst, double first) {
    double[] times = {0.125, first, 1 - first, 1};
    Solution solution = solve(hurst, 0.125, times);
    for (double s : times) {
      for (double t : times) {
        assertCovariance(
            solution.paths("b", s),
            solution.paths("b", t),
            motion(hurst, s, s),
            motion(hurst, t, t),
            motion(hurst, s, t),
            0);
        assertCovariance(
            solution.paths("b", s), solution.paths("w", t), motion(hurst, s, s), t, 0, 0);
      }
    }
  }

  /** Cov(Y_s, Y_t), s <= t, by the midpoint rule in x = (s - u)^(H + 1/2). */
  private static double volterra(double hurst, double s, double t) {
    double power = hurst + 0.5;
    int n = 20_000;
    double end = Math.pow(s, power);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double x = (i + 0.5) * end / n;
      sum += Math.pow(t - s + Math.pow(x, 1 / power), hurst - 0.5);
    }
    return 2 * hurst / power * sum * end / n;
  }

  /** Beside the sampling error 0.5 % for the hybrid scheme's, on 64 steps and on unequal ones. */
  @ParameterizedTest
  @CsvSource({"0.07, 0.25", "0.3, 0.25", "0.3, 0.3"})
  void theRiemannLiouvilleProcessHasItsLaw(double hurst, double first) {
    double[] times = {first, 1 - first, 1};
    Solution solution = solve(hurst, 1.0 / 64, times);
    for (double s : times) {
      for (double t : times) {
        double ss = Math.pow(s, 2 * hurst);
        double tt = Math.pow(t, 2 * hurst);
        double st = s == t ? ss : volterra(hurst, Math.min(s, t), Math.max(s, t));
        assertCovariance(solution.paths("y", s), solution.paths("y", t), ss, tt, st, 0.005 * st);
        double common = Math.min(s, t);
        double power = hurst + 0.5;
        double withBrownian =
            Math.sqrt(2 * hurst) * (Math.pow(t, power) - Math.pow(t - common, power)) / power;
        assertCovariance(
            solution.paths("w", s),
            solution.paths("y", t),
            s,
            tt,
            withBrownian,
            0.005 * withBrownian);
      }
    }
  }

  /** With H = 1/2 the process is the Brownian motion that it is built on. */
  @Test
  void atHalfTheRiemannLiouvilleProcessIsItsBrownianMotion() {
    Solution solution = solve(0.5, 0.1, 1.0);
    double[] w = solution.paths("w", 1);
    double[] y = solution.paths("y", 1);
    for (int i = 0; i < 100; i++) {
      assertThat(y[i]).isCloseTo(w[i], within(1e-12));
    }
  }

  /** The companion's joined steps end on the paths of the run where nothing else is computed. */
  @Test
  void theCompanionSeesTheSameFractionalPath() {
    Solver solver =
        Solver.of(PreparedNoiseTest.rough())
            .parameters(Map.of("hurst", 0.3))
            .step(1.0 / 7)
            .claim(Claim.value("b", Sde.state(3).get(1), 1))
            .companion()
            .seed(2);
    Solution solution = solver.solve(1000);
    assertThat(solution.atTwiceTheStep("b").orElseThrow().mean())
        .isCloseTo(solution.value("b").mean(), within(1e-13));
  }

  @ParameterizedTest
  @ValueSource(strings = {"milstein"})
  void aSchemeThatNeedsBrownianIncrementsIsRefused(String scheme) {
    Sde scalar =
        Sde.ito("scalar")
            .state("x", Expr.ZERO)
            .diagonal((t, x) -> Expr.vector(1))
            .with(FractionalDriver.motion(0, Expr.of(0.3)));
    assertThatThrownBy(
            () ->
                Solver.of(scalar)
                    .scheme(Schemes.find(scheme).orElseThrow())
                    .observe("x", 1)
                    .solve(10))
        .hasMessageContaining("channel 0 is fractional")
        .hasMessageContaining("expected scheme euler");
  }

  @Test
  void aRoughDriverOfMultiplicativeNoiseIsRefused() {
    Sde geometric =
        Sde.ito("geometric")
            .state("x", Expr.ONE)
            .diffusion(NoiseType.SCALAR, (t, x) -> x.reshape(Shape.matrix(1, 1)))
            .with(FractionalDriver.motion(0, Expr.of(0.3)));
    assertThatThrownBy(() -> Solver.of(geometric).observe("x", 1).solve(10))
        .hasMessageContaining("expected additive noise, or H above 1/2");
  }

  @Test
  void tooManyUnequalStepsAreRefused() {
    assertThatThrownBy(
            () ->
                Solver.of(PreparedNoiseTest.rough())
                    .parameters(Map.of("hurst", 0.3))
                    .step(1.0 / 2000)
                    .times(List.of(0.12345))
                    .observe("b", 1)
                    .plan())
        .hasMessageContaining("unequal steps, expected at most 1000");
    assertThatThrownBy(
            () ->
                Solver.of(PreparedNoiseTest.rough())
                    .parameters(Map.of("hurst", 0.3))
                    .step(1.0 / 5000)
                    .observe("b", 1)
                    .plan())
        .hasMessageContaining("on 5000 steps, expected at most 4096");
  }

  @Test
  void moreArraysThanABlockMayHaveAreRefused() {
    Sde motion =
        Sde.ito("motion")
            .state("x", Expr.ZERO)
            .diagonal((t, x) -> Expr.vector(1))
            .with(FractionalDriver.motion(0, Expr.of(0.7)));
    assertThatThrownBy(() -> Solver.of(motion).step(1e-5).observe("x", 1).plan())
        .hasMessageContaining("over 1024 MiB a thread: use fewer steps or channels");
  }
}
