package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.control.Boundary;
import io.pathwise.control.Boundary.Kind;
import io.pathwise.control.Boundary.Side;
import io.pathwise.control.StepControl;
import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Leaf;
import io.pathwise.expr.Op;
import io.pathwise.expr.Shape;
import io.pathwise.model.Catalogue;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * First passages of a Brownian motion with drift, whose laws are known and met at any step size.
 * Statistical bounds are five standard errors or a KS distance of p = 1e-5, at fixed seeds.
 */
class BoundaryTest {
  private static final double DRIFT = -0.3;
  private static final double SIGMA = 0.5;
  private static final double LEVEL = -0.4;

  private static final Interpreter NORMAL_CDF =
      new Interpreter(List.of(Expr.apply(Op.NORMAL_CDF, Expr.leaf(Leaf.LANE, "x"))));

  private static double cdf(double x) {
    return NORMAL_CDF.evaluate(leaf -> x)[0];
  }

  private static Sde drifted() {
    return Sde.ito("drifted")
        .state("x", Expr.ZERO)
        .state("clock", Expr.ZERO)
        .drift((t, y) -> Expr.vector(DRIFT, 1))
        .diffusion(NoiseType.ADDITIVE, (t, y) -> Expr.vector(SIGMA, 0).reshape(Shape.matrix(2, 1)));
  }

  private static Solver solver(Kind kind) {
    return Solver.of(drifted())
        .parameters(Map.of())
        .scheme(Schemes.find("euler").orElseThrow())
        .boundary(new Boundary(kind, "x", Side.BELOW, Expr.of(LEVEL)))
        .step(0.5)
        .seed(8);
  }

  /** P(first passage <= t): Karatzas and Shreve 1991, (3.5.12), as an inverse Gaussian law. */
  private static double passed(double t) {
    double a = -LEVEL / SIGMA;
    double m = -DRIFT / SIGMA;
    double root = Math.sqrt(t);
    return cdf((m * t - a) / root) + Math.exp(2 * m * a) * cdf((-m * t - a) / root);
  }

  @Test
  void theProbabilityOfAPassageIsItsClosedFormAtAnyStep() {
    for (double step : new double[] {2, 0.25}) {
      Solution solution = solver(Kind.STOP).step(step).observe("stop.x.alive", 2.0).solve(40_000);
      Moments alive = solution.observed("stop.x.alive", 2.0);
      assertThat(alive.mean()).isCloseTo(1 - passed(2), within(5 * alive.standardError()));
    }
  }

  @Test
  void theTimeOfAPassageHasTheInverseGaussianLaw() {
    Solution solution =
        solver(Kind.STOP).observe("stop.x.alive", 2.0).observe("stop.x.time", 2.0).solve(20_000);
    timesFit(solution);
  }

  private static void timesFit(Solution solution) {
    double[] alive = solution.paths("stop.x.alive", 2.0);
    double[] time = solution.paths("stop.x.time", 2.0);
    double[] stopped = new double[time.length];
    int n = 0;
    for (int path = 0; path < time.length; path++) {
      if (alive[path] == 0) {
        stopped[n++] = time[path];
      } else {
        assertThat(time[path]).isEqualTo(2.0);
      }
    }
    assertThat(distance(Arrays.copyOf(stopped, n), t -> passed(t) / passed(2)))
        .isLessThan(2.47 / Math.sqrt(n));
  }

  /** The Kolmogorov-Smirnov distance; 2.47 / sqrt(n) is passed once in 1e5 samples. */
  private static double distance(double[] sample, DoubleUnaryOperator law) {
    Arrays.sort(sample);
    double most = 0;
    for (int i = 0; i < sample.length; i++) {
      double p = law.applyAsDouble(sample[i]);
      most =
          Math.max(most, Math.max(p - (double) i / sample.length, (i + 1.0) / sample.length - p));
    }
    return most;
  }

  @Test
  void aStoppedPathStandsExactlyOnTheBoundaryAtItsStoppingTime() {
    Solution solution =
        solver(Kind.STOP)
            .observe("x", 2.0)
            .observe("clock", 2.0)
            .observe("stop.x.alive", 2.0)
            .observe("stop.x.time", 2.0)
            .solve(1000);
    double[] x = solution.paths("x", 2.0);
    for (int path = 0; path < x.length; path++) {
      if (solution.paths("stop.x.alive", 2.0)[path] == 0) {
        assertThat(x[path]).isEqualTo(LEVEL);
      } else {
        assertThat(x[path]).isGreaterThan(LEVEL);
      }
      assertThat(solution.paths("clock", 2.0)[path])
          .isCloseTo(solution.paths("stop.x.time", 2.0)[path], within(1e-12));
    }
  }

  @Test
  void anAbsorbedStateStaysWhileTheOthersGoOn() {
    Solution solution =
        solver(Kind.ABSORB)
            .observe("x", 2.0)
            .observe("clock", 2.0)
            .observe("absorb.x.alive", 2.0)
            .solve(500);
    double[] x = solution.paths("x", 2.0);
    for (int path = 0; path < x.length; path++) {
      assertThat(solution.paths("clock", 2.0)[path]).isEqualTo(2.0);
      assertThat(x[path] == LEVEL).isEqualTo(solution.paths("absorb.x.alive", 2.0)[path] == 0);
    }
  }

  @Test
  void aReflectedBrownianMotionIsTheSizeOfOne() {
    Sde sde =
        Sde.ito("brownian")
            .state("x", Expr.ZERO)
            .diffusion(NoiseType.ADDITIVE, (t, y) -> Expr.ONE.reshape(Shape.matrix(1, 1)));
    Solution solution =
        Solver.of(sde)
            .parameters(Map.of())
            .boundary(new Boundary(Kind.REFLECT, "x", Side.ABOVE, Expr.ZERO))
            .step(0.25)
            .observe("x", 1.0)
            .seed(2)
            .solve(5000);
    double[] x = solution.paths("x", 1.0);
    assertThat(distance(x, v -> 1 - (2 * cdf(-v) - 1))).isLessThan(2.47 / Math.sqrt(x.length));
  }

  @Test
  void pathsThatChooseTheirStepsStopByTheSameLaw() {
    Solution solution =
        solver(Kind.STOP)
            .adaptive(StepControl.adaptive(1e-2, 1e-2, 1e-4, 1))
            .observe("stop.x.alive", 2.0)
            .observe("stop.x.time", 2.0)
            .observe("x", 2.0)
            .solve(10_000);
    Moments alive = solution.observed("stop.x.alive", 2.0);
    assertThat(alive.mean()).isCloseTo(1 - passed(2), within(5 * alive.standardError()));
    timesFit(solution);
  }

  @Test
  void aPathWithABoundaryHasTheBitsOfItsReplay() {
    SimulationPlan plan = solver(Kind.STOP).observe("x", 2.0).observe("stop.x.time", 2.0).plan();
    double[][] captured = new double[2][100];
    new CpuExecutor()
        .open(plan.fine())
        .run(
            new Shard(0, 0, 100),
            (output, paths, values, n) -> System.arraycopy(values, 0, captured[output], 0, n));
    PathReplay replay = new PathReplay(plan.fine());
    for (int path = 0; path < 100; path += 9) {
      double[] outputs = replay.outputs(replay.states(path));
      assertThat(new double[] {captured[0][path], captured[1][path]}).containsExactly(outputs);
    }
  }

  @Test
  void derivativesOfStoppedPathsAreRefused() {
    assertThatThrownBy(
            () ->
                Solver.of(Catalogue.find("black-scholes").orElseThrow().sde(Set.of()))
                    .parameters(Map.of("spot", 1.0, "r", 0.0, "q", 0.0, "sigma", 0.2))
                    .boundary(new Boundary(Kind.STOP, "x", Side.BELOW, Expr.of(-1)))
                    .observe("S", 1)
                    .gradient("spot")
                    .plan())
        .hasMessageContaining("gradient in [spot]: when a path reaches a boundary is drawn");
  }

  @Test
  void aBoundaryOfAnUnknownStateOrAMovingLevelIsRefused() {
    assertThatThrownBy(() -> new Boundary(Kind.STOP, "x", Side.BELOW, Sde.TIME))
        .hasMessageContaining("boundary of x: level t, expected a scalar of parameters alone");
    assertThatThrownBy(
            () ->
                Solver.of(drifted())
                    .parameters(Map.of())
                    .boundary(new Boundary(Kind.STOP, "z", Side.BELOW, Expr.ZERO))
                    .observe("x", 1)
                    .plan())
        .hasMessageContaining("boundary of z, expected one of " + List.of("x", "clock"));
  }
}
