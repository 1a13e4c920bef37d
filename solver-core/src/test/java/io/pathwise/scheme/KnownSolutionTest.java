package io.pathwise.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.estimate.Moments;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.solve.Solver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Schemes converge to the right process: closed forms on the path, known moments, known density.
 */
class KnownSolutionTest {

  /** A scheme and an equation whose solution is known. */
  record Pair(Scheme scheme, TestSdes.Problem problem) {
    @Override
    public String toString() {
      return scheme.name() + " on " + problem + ", " + problem.sde().calculus();
    }
  }

  private static Stream<Pair> pairs(List<Function<Calculus, TestSdes.Problem>> problems) {
    List<Pair> pairs = new ArrayList<>();
    for (Function<Calculus, TestSdes.Problem> of : problems) {
      for (Calculus calculus : Calculus.values()) {
        TestSdes.Problem problem = of.apply(calculus);
        for (Scheme scheme : Schemes.all()) {
          boolean again = problem.sde().noise() == NoiseType.ADDITIVE && calculus != Calculus.ITO;
          if (!again && scheme.supports(problem.sde())) {
            pairs.add(new Pair(scheme, problem));
          }
        }
      }
    }
    return pairs.stream();
  }

  static Stream<Pair> closedForms() {
    return pairs(
        List.of(
            TestSdes::gbm,
            TestSdes::kubo,
            TestSdes::additiveInTime,
            TestSdes::arctangent,
            TestSdes::stretchAndTurn,
            TestSdes::heisenberg));
  }

  /** Read in the other calculus, these end 0.08 to 0.3 elsewhere; 256 paths of a fixed seed. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("closedForms")
  void aSchemeFollowsTheClosedFormOfItsCalculus(Pair pair) {
    Orders.Measured measured = Orders.strong(pair.scheme(), pair.problem());
    double order = pair.scheme().strongOrder(pair.problem().sde().noise());
    assertThat(measured.last()).as(measured.toString()).isLessThan(0.05);
    assertThat(measured.last() < 1e-12 || measured.order() > order - 0.15)
        .as(measured.toString())
        .isTrue();
  }

  static Stream<Pair> laws() {
    return pairs(
            List.of(
                TestSdes::gbm,
                TestSdes::ornsteinUhlenbeck,
                calculus -> TestSdes.cir(),
                calculus -> TestSdes.nonCommuting(),
                TestSdes::heisenberg))
        .distinct();
  }

  /** 5 standard errors and 0.02 for the bias of 64 steps: kernels, 8,192 paths of a fixed seed. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("laws")
  void aSchemeHasTheKnownMeanAndVariance(Pair pair) {
    TestSdes.Problem problem = pair.problem();
    double[][] law = problem.law().at(1);
    for (int i = 0; i < law[0].length; i++) {
      String state = problem.sde().states().get(i);
      Moments found =
          Solver.of(problem.sde())
              .scheme(pair.scheme())
              .parameters(problem.parameters())
              .step(1.0 / 64)
              .seed(3)
              .threads(1)
              .observe(state, 1.0)
              .solve(8192)
              .observed(state, 1.0);
      assertThat(found.mean())
          .as("mean of " + state)
          .isCloseTo(law[0][i], within(0.02 + 5 * found.standardError()));
      assertThat(found.variance())
          .as("variance of " + state)
          .isCloseTo(law[1][i], within(0.02 + 0.2 * law[1][i]));
    }
  }

  static Stream<Pair> wells() {
    // Reversible Heun is stable on no dissipative equation for long: it grows without bound here.
    return pairs(List.of(TestSdes::doubleWell))
        .filter(pair -> !pair.scheme().name().equals("reversible-heun"));
  }

  /** KS p >= 1e-5 on 4,096 paths of a fixed seed; the bias of the step is below its resolution. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("wells")
  void aSchemeReachesTheStationaryDensityOfTheDoubleWell(Pair pair) {
    double[] ends =
        Solver.of(pair.problem().sde())
            .scheme(pair.scheme())
            .parameters(pair.problem().parameters())
            .step(1.0 / 32)
            .seed(11)
            .threads(1)
            .observe("y", 12.0)
            .solve(4096)
            .paths("y", 12.0);
    assertThat(distance(ends) * Math.sqrt(ends.length)).isLessThan(2.47); // p = 1e-5
  }

  /** The largest distance of the empirical distribution to the density's integral. */
  private static double distance(double[] sample) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    int cells = 6000;
    double[] distribution = new double[cells + 1];
    for (int i = 1; i <= cells; i++) {
      distribution[i] =
          distribution[i - 1] + TestSdes.doubleWellDensity(-3 + 6 * (i - 0.5) / cells);
    }
    double largest = 0;
    for (int i = 0; i < sorted.length; i++) {
      int cell = (int) Math.round((Math.max(-3, Math.min(3, sorted[i])) + 3) / 6 * cells);
      double p = distribution[cell] / distribution[cells];
      largest =
          Math.max(
              largest, Math.max(p - (double) i / sorted.length, (i + 1.0) / sorted.length - p));
    }
    return largest;
  }

  /** The reference is QUICSORT on 2,048 steps: schemes of other families come to the same end. */
  @Test
  void langevinSchemesAgreeWithOthersOnTheEndOfThePath() {
    for (Scheme scheme : List.of(new Ubu(), new Quicsort(), new Shark(), new Heun())) {
      assertThat(Orders.strong(scheme, TestSdes.pendulum()).last())
          .as(scheme.name())
          .isLessThan(2e-3);
    }
  }
}
