package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.kernel.PathProgram;
import io.pathwise.model.Catalogue;
import io.pathwise.sde.JumpTerm;
import io.pathwise.sde.Marks;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistical bounds are 5 standard errors: a false alarm in less than a million runs each. */
class GridJumpsTest {
  private static final Map<String, Double> MERTON =
      Map.of(
          "spot", 100.0, "r", 0.03, "q", 0.01, "sigma", 0.2, "lambda", 3.0, "mu-j", -0.1, "sigma-j",
          0.15);

  /** dy = 0 dt + 0 dW and jumps: what is left is the compound Poisson process. */
  private static Sde.Builder builder(String... parameters) {
    return Sde.ito("pure jumps").parameters(parameters).state("y", Expr.ZERO);
  }

  private static Sde still(Sde.Builder builder) {
    return builder.diffusion(NoiseType.ADDITIVE, (t, y) -> Expr.ZERO.reshape(Shape.matrix(1, 1)));
  }

  private static Expr one(Expr scalar) {
    return scalar.reshape(Shape.vector(1));
  }

  private static Sde counter(Expr intensity, Optional<Expr> bound, String... parameters) {
    return still(builder(parameters))
        .with(
            new JumpTerm(
                "count", intensity, bound, new Marks.Deterministic(Expr.ONE), one(Marks.MARK)));
  }

  private static Solver merton() {
    Sde sde = Catalogue.find("merton").orElseThrow().sde(Set.of());
    return Solver.of(sde).parameters(MERTON).step(0.1).seed(5).observe("S", 1);
  }

  @Test
  void aParameterOfTheIntensityIsNotDifferentiated() {
    assertThatThrownBy(() -> merton().gradient("spot", "lambda").plan())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no gradient in lambda: it moves the intensity of jump log-price");
  }

  @Test
  void jumpNumbersFollowThePoissonLaw() {
    Sde sde = counter(Expr.param("lambda"), Optional.empty(), "lambda");
    double[] paths =
        Solver.of(sde)
            .parameters(Map.of("lambda", 2.5))
            .step(0.25)
            .observe("y", 1)
            .seed(8)
            .solve(200_000)
            .paths("y", 1);
    double probability = Math.exp(-2.5);
    for (int k = 0; k < 10; k++) {
      int wanted = k;
      double share = 0;
      for (double y : paths) {
        share += y == wanted ? 1 : 0;
      }
      double error = Math.sqrt(probability * (1 - probability) / paths.length);
      assertThat(share / paths.length).as("P(N = %d)", k).isCloseTo(probability, within(5 * error));
      probability *= 2.5 / (k + 1);
    }
  }

  @Test
  void aTimeDependentIntensityIsIntegratedByTheMidpoint() {
    Sde sde = counter(Expr.param("slope").times(Sde.TIME), Optional.empty(), "slope");
    Moments count = count(sde, Map.of("slope", 4.0), 0.5);
    assertThat(count.mean()).isCloseTo(2, within(5 * count.standardError()));
    assertThat(count.variance()).isCloseTo(2, within(0.05));
  }

  @Test
  void aStateDependentIntensityGivesTheYuleProcess() {
    // Births at rate y + 1 from 0: E y(1) = e - 1, approached as the steps get smaller.
    Sde sde = counter(Sde.state(1).get(0).plus(1), Optional.of(Expr.param("cap")), "cap");
    Moments count = count(sde, Map.of("cap", 400.0), 1.0 / 400);
    assertThat(count.mean())
        .isCloseTo(Math.E - 1, within(5 * count.standardError() + Math.E / 800));
  }

  private static Moments count(Sde sde, Map<String, Double> parameters, double step) {
    return Solver.of(sde)
        .parameters(parameters)
        .step(step)
        .observe("y", 1)
        .seed(9)
        .solve(40_000)
        .observed("y", 1);
  }

  @Test
  void anIntensityAboveItsBoundFailsTheRun() {
    Sde sde = counter(Sde.state(1).get(0).plus(1), Optional.of(Expr.param("cap")), "cap");
    assertThatThrownBy(() -> count(sde, Map.of("cap", 2.0), 0.1))
        .isInstanceOf(NonFinitePathException.class)
        .hasMessageContaining("state y is NaN");
  }

  @Test
  void aStateDependentIntensityNeedsABound() {
    Sde sde = counter(Sde.state(1).get(0).plus(1), Optional.empty());
    assertThatThrownBy(() -> count(sde, Map.of(), 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jump count: the intensity reads the state, expected its bound");
  }

  @Test
  void moreJumpsThanAStepHasRoomForAreRefused() {
    Sde sde = counter(Expr.param("lambda"), Optional.empty(), "lambda");
    assertThatThrownBy(() -> count(sde, Map.of("lambda", 50.0), 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5.00 jumps a step are to be expected")
        .hasMessageContaining("jump-adapted");
  }

  @Test
  void jumpsThatReadTheStateComeOneAfterTheOther() {
    // y doubles at each jump: E y(1) = exp(lambda), whatever the step.
    Sde sde =
        Sde.ito("doubling")
            .parameters("lambda")
            .state("y", Expr.ONE)
            .diffusion(NoiseType.ADDITIVE, (t, y) -> Expr.ZERO.reshape(Shape.matrix(1, 1)))
            .with(
                new JumpTerm(
                    "double",
                    Expr.param("lambda"),
                    new Marks.Deterministic(Expr.ONE),
                    Sde.state(1).times(Marks.MARK)));
    Solution solution =
        Solver.of(sde)
            .parameters(Map.of("lambda", 1.5))
            .step(0.5)
            .observe("y", 1)
            .companion()
            .seed(10)
            .solve(100_000);
    Moments end = solution.observed("y", 1);
    assertThat(end.mean()).isCloseTo(Math.exp(1.5), within(5 * end.standardError()));
    assertThat(solution.atTwiceTheStep(Solution.id("y", 1)).orElseThrow().mean())
        .isCloseTo(end.mean(), within(1e-9));
  }

  @Test
  void aDeclarationThatReadsWhatItMayNotIsRefused() {
    assertThatThrownBy(
            () ->
                still(builder("lambda"))
                    .with(
                        new JumpTerm(
                            "bad",
                            Marks.MARK,
                            Optional.of(Sde.TIME),
                            new Marks.Normal(Expr.param("mean"), Expr.ONE),
                            Marks.MARK)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jump bad: amplitude is a scalar, expected a vector 1")
        .hasMessageContaining("jump bad: intensity reads mark, which it must not")
        .hasMessageContaining("jump bad: bound reads t, which it must not")
        .hasMessageContaining("jump bad: marks reads parameter mean, which is not declared");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-4, 0.01, 0.3, 1.4})
  void theRoomLeavesNextToNothingOut(double mean) {
    int most = PoissonCap.of(mean);
    double tail = 0;
    double term = Math.exp(-mean);
    for (int k = 1; k < 60; k++) {
      term *= mean / k;
      tail += k > most ? term : 0;
    }
    assertThat(most).isBetween(1, PoissonCap.LARGEST);
    assertThat(tail).isLessThan(PoissonCap.NEGLIGIBLE);
  }

  @Test
  void aStepDrawsANormalForTheCountAndOneForTheSumOfNormalMarks() {
    PathProgram program = merton().plan().fine().program();
    assertThat(program.channels()).isEqualTo(3);
  }
}
