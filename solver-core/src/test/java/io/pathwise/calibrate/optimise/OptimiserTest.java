package io.pathwise.calibrate.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimisers against known minima and against Hipparchus; resumed runs against whole ones. */
class OptimiserTest {
  private static final double[] FAR = {-1.2, 1};

  static Stream<Optimiser> optimisers() {
    return Stream.of(new LevenbergMarquardt(), new LbfgsB(), new Adam(0.05), new CmaEs(0.5, 7));
  }

  @Test
  void levenbergMarquardtFindsTheEndOfRosenbrocksValley() {
    OptimiserState end = new LevenbergMarquardt().minimise(TestProblems.rosenbrock(), FAR, 100);
    assertThat(end.status()).isEqualTo(OptimiserState.Status.CONVERGED);
    assertThat(end.best()).containsExactly(new double[] {1, 1}, within(1e-8));
    assertThat(end.evaluations()).isLessThan(60);
  }

  @Test
  void levenbergMarquardtEndsWhereHipparchusDoes() {
    Objective objective = TestProblems.decay();
    double[] start = {1, 1, 1};
    OptimiserState end = new LevenbergMarquardt().minimise(objective, start, 100);
    double[] theirs =
        new LevenbergMarquardtOptimizer()
            .optimize(
                new LeastSquaresBuilder()
                    .start(start)
                    .model(
                        point -> {
                          Evaluation e = objective.evaluate(point.toArray(), true);
                          return new Pair<>(
                              new ArrayRealVector(e.residuals()),
                              MatrixUtils.createRealMatrix(e.jacobian()));
                        })
                    .target(new double[20])
                    .maxEvaluations(200)
                    .maxIterations(200)
                    .build())
            .getPoint()
            .toArray();
    assertThat(end.best()).containsExactly(theirs, within(1e-7));
    assertThat(end.status()).isEqualTo(OptimiserState.Status.CONVERGED);
  }

  @Test
  void lbfgsbFindsTheEndOfRosenbrocksValley() {
    OptimiserState end = new LbfgsB().minimise(TestProblems.rosenbrock(), FAR, 200);
    assertThat(end.best()).containsExactly(new double[] {1, 1}, within(1e-5));
    assertThat(end.evaluations()).isLessThan(100);
  }

  @Test
  void lbfgsbStopsAtTheBoundThatHoldsIt() {
    OptimiserState end = new LbfgsB().minimise(TestProblems.boxedRosenbrock(), FAR, 200);
    assertThat(end.status()).isEqualTo(OptimiserState.Status.CONVERGED);
    assertThat(end.best()).containsExactly(new double[] {0.5, 0.25}, within(1e-6));
    assertThat(end.best()[0]).isEqualTo(0.5);
  }

  @Test
  void adamApproachesTheMinimum() {
    OptimiserState end =
        new Adam(0.02).minimise(TestProblems.decay(), new double[] {1, 1, 1}, 4000);
    double least =
        new LevenbergMarquardt()
            .minimise(TestProblems.decay(), new double[] {1, 1, 1}, 100)
            .value();
    assertThat(end.bestValue()).isLessThan(least + 1e-6);
  }

  @Test
  void cmaEsFindsTheLeastOfManyMinima() {
    int found = 0;
    for (int seed = 1; seed <= 10; seed++) {
      OptimiserState end =
          new CmaEs(2, seed, 40).minimise(TestProblems.rastrigin(), new double[] {3.3, -2.7}, 300);
      found += end.bestValue() < 1e-6 ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(8);
  }

  @Test
  void cmaEsFindsTheEndOfRosenbrocksValley() {
    OptimiserState end = new CmaEs(0.5, 3).minimise(TestProblems.rosenbrock(), FAR, 500);
    assertThat(end.status()).isEqualTo(OptimiserState.Status.CONVERGED);
    assertThat(end.best()).containsExactly(new double[] {1, 1}, within(1e-4));
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void aRunThatIsStoppedWrittenAndReadEndsWithTheBitsOfAWholeOne(Optimiser optimiser) {
    Objective objective = TestProblems.rosenbrock();
    byte[] whole = StateCodec.write(optimiser.minimise(objective, FAR, 25));
    for (int stop : new int[] {0, 1, 7, 24}) {
      OptimiserState half = optimiser.start(objective, FAR);
      while (half.iteration() < stop && !half.isFinished()) {
        half = optimiser.next(half, objective);
      }
      OptimiserState read = StateCodec.read(StateCodec.write(half));
      OptimiserState end = optimiser.run(read, objective, 25, state -> {});
      assertThat(StateCodec.write(end)).as("stopped after %s", stop).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void thePathCountsEvaluationsAndNeverLosesTheBest(Optimiser optimiser) {
    OptimiserState end = optimiser.minimise(TestProblems.rosenbrock(), FAR, 30);
    double best = Double.POSITIVE_INFINITY;
    for (OptimiserState.Progress progress : end.path()) {
      best = Math.min(best, progress.value());
      assertThat(progress.best()).isEqualTo(best);
    }
    assertThat(end.path().get(end.path().size() - 1).evaluations()).isEqualTo(end.evaluations());
    assertThat(end.bestValue()).isEqualTo(best);
  }

  @Test
  void aDamagedStateIsRefused() {
    byte[] bytes = StateCodec.write(new LbfgsB().minimise(TestProblems.rosenbrock(), FAR, 3));
    byte[] flipped = bytes.clone();
    flipped[40] ^= 1;
    assertThatThrownBy(() -> StateCodec.read(flipped)).hasMessageContaining("checksum");
    assertThatThrownBy(() -> StateCodec.read(Arrays.copyOf(bytes, 30)))
        .hasMessageContaining("damaged");
    assertThatThrownBy(() -> StateCodec.read(new byte[20])).hasMessageContaining("signature");
  }

  @Test
  void theStateOfAnotherMethodIsRefused() {
    Objective objective = TestProblems.rosenbrock();
    OptimiserState state = new LbfgsB().start(objective, FAR);
    assertThatThrownBy(() -> new Adam(0.1).run(state, objective, 5, s -> {}))
        .hasMessageContaining("a state of l-bfgs-b, expected one of adam");
  }

  @Test
  void aStartOutsideTheBoxIsRefused() {
    assertThatThrownBy(
            () -> new LbfgsB().start(TestProblems.boxedRosenbrock(), new double[] {0.7, 0}))
        .hasMessageContaining("0.7")
        .hasMessageContaining("[-2.0, 0.5]");
  }

  @Test
  void methodsForUnboundedCoordinatesRefuseABox() {
    assertThatThrownBy(() -> new LevenbergMarquardt().start(TestProblems.boxedRosenbrock(), FAR))
        .hasMessageContaining("transforms");
    assertThatThrownBy(() -> new CmaEs(1, 1).start(TestProblems.boxedRosenbrock(), FAR))
        .hasMessageContaining("transforms");
  }
}
