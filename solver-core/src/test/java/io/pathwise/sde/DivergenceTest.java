package io.pathwise.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Scalarise;
import io.pathwise.expr.Shape;
import io.pathwise.model.Catalogue;
import io.pathwise.solve.Solver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DivergenceTest {

  private static double[] drift(Sde sde, double... state) {
    Map<String, Double> point = new HashMap<>(Map.of("s", 0.5));
    for (int i = 0; i < state.length; i++) {
      point.put("y[" + i + "]", state[i]);
    }
    return Interpreter.evaluate(Scalarise.scalars(List.of(sde.drift())), point);
  }

  private static Sde.Builder pair() {
    return Sde.ito("pair")
        .parameters("s")
        .state("x", Expr.ONE)
        .state("y", Expr.ONE)
        .drift((t, z) -> z.times(0.3));
  }

  @Test
  void diagonalNoiseDividesTheGapOfTheDriftsByTheDiffusion() {
    Sde sde = pair().diagonal((t, z) -> z.times(Expr.param("s")));
    Sde joint = Divergence.from(sde, sde.state().times(0.1));
    assertThat(joint.states()).containsExactly("x", "y", "logqp");
    assertThat(joint.channels()).isEqualTo(3);
    assertThat(drift(joint, 2, -3, 0)[2]).isCloseTo(0.16, within(1e-15));
    assertThat(drift(joint, 2, -3, 7)).startsWith(0.6, -0.3 * 3);
  }

  @Test
  void scalarNoiseProjectsTheGapOnTheOneColumn() {
    Sde sde =
        pair().diffusion(NoiseType.SCALAR, (t, z) -> Expr.vector(3, 4).reshape(Shape.matrix(2, 1)));
    Sde joint = Divergence.from(sde, Expr.vector(0, 0));
    double u = (3 * 0.3 + 4 * 0.6) / 25;
    assertThat(drift(joint, 1, 2, 0)[2]).isCloseTo(u * u / 2, within(1e-15));
  }

  @Test
  void moreChannelsThanStatesTakeTheSolutionOfLeastNorm() {
    Sde sde =
        Sde.ito("line")
            .state("x", Expr.ONE)
            .drift((t, x) -> x)
            .diffusion(
                NoiseType.ADDITIVE, (t, x) -> Expr.vector(0.3, 0.4).reshape(Shape.matrix(1, 2)));
    Sde joint = Divergence.from(sde, Expr.vector(0.5));
    assertThat(drift(joint, 1.5, 0)[1]).isCloseTo(1 / (2 * 0.25), within(1e-14));
  }

  @Test
  void aSquareDiffusionIsInverted() {
    Sde sde =
        pair()
            .diffusion(
                NoiseType.ADDITIVE,
                (t, z) -> Expr.vector(0.5, 0.2, 0, 0.4).reshape(Shape.matrix(2, 2)));
    Sde joint = Divergence.from(sde, Expr.vector(0, 0));
    double u2 = 0.6 / 0.4;
    double u1 = (0.3 - 0.2 * u2) / 0.5;
    assertThat(drift(joint, 1, 2, 0)[2]).isCloseTo((u1 * u1 + u2 * u2) / 2, within(1e-13));
  }

  /**
   * Both laws are Brownian motions with drifts 0.7 and 0.2: the divergence is (0.5/0.4)^2 t / 2.
   */
  @Test
  void theDivergenceOfTwoDriftsIsKnownOnEveryPath() {
    Sde sde =
        Sde.ito("drifting")
            .state("x", Expr.ZERO)
            .drift((t, x) -> Expr.vector(0.7))
            .diffusion(NoiseType.ADDITIVE, (t, x) -> Expr.of(0.4).reshape(Shape.matrix(1, 1)));
    double mean =
        Solver.of(Divergence.from(sde, Expr.vector(0.2)))
            .step(0.1)
            .observe("logqp", 1.5)
            .solve(100)
            .observed("logqp", 1.5)
            .mean();
    assertThat(mean).isCloseTo(1.5625 * 1.5 / 2, within(1e-12));
  }

  @Test
  void jumpsOfBothLawsLeaveTheDivergenceAsItIs() {
    JumpTerm jump =
        new JumpTerm(
            "shock",
            Sde.state(2).get(0),
            Optional.of(Expr.ONE),
            new Marks.Deterministic(Expr.ONE),
            Sde.state(2));
    Sde sde = pair().diagonal((t, z) -> z).with(jump);
    Sde joint = Divergence.from(sde, sde.state());
    assertThat(joint.jumps()).hasSize(1);
    assertThat(joint.jumps().get(0).intensity()).isEqualTo(joint.state().get(0));
    assertThat(joint.jumps().get(0).amplitude().get(2).isConst(0)).isTrue();
    assertThat(sde.toStratonovich().jumps()).containsExactly(jump);
  }

  @Test
  void aPriorOfAnotherShapeAndATakenNameAreRefused() {
    Sde sde = pair().diagonal((t, z) -> z);
    assertThatThrownBy(() -> Divergence.from(sde, Expr.ONE))
        .hasMessageContaining("prior drift is a scalar, expected a vector 2");
    Sde joint = Divergence.from(sde, sde.state());
    assertThatThrownBy(() -> Divergence.from(joint, joint.state()))
        .hasMessageContaining("logqp is a state or observable");
  }

  @Test
  void noiseThatIsNotBrownianIsRefused() {
    for (String model : new String[] {"fractional-ou", "variance-gamma"}) {
      Sde sde = Catalogue.find(model).orElseThrow().sde(Set.of());
      assertThatThrownBy(() -> Divergence.from(sde, sde.drift()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected Brownian noise");
    }
  }

  @Test
  void aGammaClockHasNoVarianceBetweenSteps() {
    Sde sde = Catalogue.find("variance-gamma").orElseThrow().sde(Set.of());
    assertThatThrownBy(() -> QuadraticVariation.of(sde, sde.state().get(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a gamma clock moves it by jumps alone");
  }
}
