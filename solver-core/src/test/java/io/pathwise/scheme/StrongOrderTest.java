package io.pathwise.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.expr.Expr;
import io.pathwise.payoff.Claim;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.solve.PathReplay;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.Solver;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The order at which a scheme converges on one Brownian path, and that it converges to the exact
 * solution: the slope of log error against log step over five halvings, on 400 paths of a fixed
 * seed.
 */
class StrongOrderTest {
  private static final int FINEST = 256;
  private static final int PATHS = 400;

  private static final Sde GBM =
      Sde.ito("gbm")
          .parameters("mu", "sigma")
          .state("S", Expr.ONE)
          .drift((t, y) -> y.times(Expr.param("mu")))
          .diagonal((t, y) -> y.times(Expr.param("sigma")));

  private static final Sde STRATONOVICH_GBM =
      Sde.stratonovich("gbm")
          .parameters("mu", "sigma")
          .state("S", Expr.ONE)
          .drift((t, y) -> y.times(Expr.param("mu")))
          .diagonal((t, y) -> y.times(Expr.param("sigma")));

  /** dy = -mu y dt + sigma dW: the exact solution needs the integral, so a fine grid stands in. */
  private static final Sde ORNSTEIN_UHLENBECK =
      Sde.ito("ou")
          .parameters("mu", "sigma")
          .state("x", Expr.ONE)
          .drift((t, y) -> y.times(Expr.param("mu")).neg())
          .diffusion(
              NoiseType.ADDITIVE,
              (t, y) -> Expr.param("sigma").reshape(io.pathwise.expr.Shape.matrix(1, 1)));

  static Stream<Arguments> schemes() {
    DoubleUnaryOperator ito = w -> Math.exp(0.3 - 0.5 * 0.36 + 0.6 * w);
    DoubleUnaryOperator stratonovich = w -> Math.exp(0.3 + 0.6 * w);
    return Stream.of(
        Arguments.of("euler", GBM, ito, 0.5),
        Arguments.of("milstein", GBM, ito, 1.0),
        Arguments.of("milstein", STRATONOVICH_GBM, stratonovich, 1.0),
        Arguments.of("euler", ORNSTEIN_UHLENBECK, null, 1.0));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("schemes")
  void aSchemeConvergesToTheSolutionAtItsStrongOrder(
      String name, Sde sde, DoubleUnaryOperator exact, double order) {
    Scheme scheme = Schemes.find(name).orElseThrow();
    assertThat(scheme.strongOrder(sde.noise())).isEqualTo(order);
    int coarsest = 4;
    double[] errors = new double[6];
    PathReplay reference = exact == null ? replay(sde, scheme, FINEST) : null;
    PathReplay[] replays = new PathReplay[errors.length];
    for (int j = 0; j < errors.length; j++) {
      replays[j] = replay(sde, scheme, coarsest << j);
    }
    Random random = new Random(17);
    for (int path = 0; path < PATHS; path++) {
      double[] increments = new double[FINEST];
      java.util.Arrays.setAll(increments, i -> gaussian(random));
      double w = java.util.Arrays.stream(increments).sum();
      double solution = exact != null ? exact.applyAsDouble(w) : end(reference, increments, FINEST);
      for (int j = 0; j < errors.length; j++) {
        errors[j] += Math.abs(end(replays[j], increments, coarsest << j) - solution) / PATHS;
      }
    }
    assertThat(slope(errors)).isBetween(order - 0.1, order + 0.25);
    assertThat(errors[5]).isLessThan(errors[0] / Math.pow(2, 5 * (order - 0.1)));
  }

  private static double gaussian(Random random) {
    return random.nextGaussian() / Math.sqrt(FINEST);
  }

  private static PathReplay replay(Sde sde, Scheme scheme, int steps) {
    String state = sde.states().get(0);
    PathRun run =
        Solver.of(sde)
            .parameters(Map.of("mu", 0.3, "sigma", 0.6))
            .scheme(scheme)
            .step(1.0 / steps)
            .claim(Claim.value("end", sde.observables().get(state), 1))
            .plan()
            .fine();
    return new PathReplay(run);
  }

  /** The end of the path over {@code steps} steps whose increments are sums of the finest ones. */
  private static double end(PathReplay replay, double[] increments, int steps) {
    int ratio = FINEST / steps;
    double[][] states =
        replay.states(
            (step, channel) -> {
              double dW = 0;
              for (int i = step * ratio; i < (step + 1) * ratio; i++) {
                dW += increments[i];
              }
              return dW * Math.sqrt(steps);
            });
    return states[steps][0];
  }

  /** The least-squares slope of -log2(error) against the number of halvings. */
  private static double slope(double[] errors) {
    double mean = 0;
    for (double error : errors) {
      mean += Math.log(error) / errors.length;
    }
    double covariance = 0;
    double variance = 0;
    for (int j = 0; j < errors.length; j++) {
      double x = j - (errors.length - 1) / 2.0;
      covariance += x * (Math.log(errors[j]) - mean);
      variance += x * x;
    }
    return -covariance / variance / Math.log(2);
  }
}
