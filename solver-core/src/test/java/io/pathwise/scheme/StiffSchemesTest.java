package io.pathwise.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StiffSchemesTest {

  private static Expr vector(Expr... entries) {
    return Expr.concat(List.of(entries));
  }

  /** dx = -1000 (x - cos-like pull of y) dt: a stiff pair with coupling. */
  private static Sde stiffPair() {
    return Sde.ito("stiff-pair")
        .state("x", Expr.ONE)
        .state("y", Expr.ONE)
        .drift(
            (t, s) ->
                vector(s.get(1).minus(s.get(0)).times(1000), s.get(0).times(0.5).minus(s.get(1))))
        .diagonal((t, s) -> s.times(0.1));
  }

  private static Sde cubic() {
    return Sde.ito("cubic")
        .state("x", Expr.ONE)
        .drift((t, x) -> x.minus(x.pow(3).times(20)).plus(t))
        .diagonal((t, x) -> x.times(0.3));
  }

  @Test
  void implicitEulerSolvesALinearStepToRounding() {
    double dt = 0.1;
    double[] z =
        new OneStep(stiffPair(), "implicit-euler", Map.of())
            .from(new double[] {2, 1}, 0, dt, 0.3, -0.2);
    double[] c = {2 + 0.1 * 2 * 0.3, 1 - 0.1 * 0.2};
    assertThat(z[0] - c[0] - dt * 1000 * (z[1] - z[0])).isCloseTo(0, within(1e-12));
    assertThat(z[1] - c[1] - dt * (0.5 * z[0] - z[1])).isCloseTo(0, within(1e-13));
  }

  @Test
  void implicitMilsteinSolvesANonlinearStepByItsThreeNewtonIterations() {
    double dt = 0.05;
    double w = 0.1;
    double[] z =
        new OneStep(cubic(), "implicit-milstein", Map.of()).from(new double[] {0.7}, 0.4, dt, w);
    double c = 0.7 + 0.3 * 0.7 * w + 0.5 * 0.09 * 0.7 * (w * w - dt);
    double drift = z[0] - 20 * Math.pow(z[0], 3) + 0.4 + dt;
    assertThat(z[0] - c - dt * drift).isCloseTo(0, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"implicit-euler", "implicit-milstein", "exp-euler"})
  void aStiffPairStaysBoundedAtStepsWhereEulerExplodes(String scheme) {
    OneStep stiff = new OneStep(stiffPair(), scheme, Map.of());
    OneStep euler = new OneStep(stiffPair(), "euler", Map.of());
    double[] y = {1, 1};
    double[] exploding = {1, 1};
    for (int k = 0; k < 40; k++) {
      double w = 0.2 * Math.sin(k);
      y = stiff.from(y, k * 0.05, 0.05, w, -w);
      exploding = euler.from(exploding, k * 0.05, 0.05, w, -w);
    }
    assertThat(Math.abs(y[0]) + Math.abs(y[1])).isLessThan(4);
    assertThat(Math.abs(exploding[0])).isGreaterThan(1e20);
  }

  @Test
  void exponentialEulerIntegratesALinearDriftExactly() {
    Sde sde =
        Sde.ito("linear")
            .parameters("a", "c")
            .state("x", Expr.ONE)
            .drift((t, x) -> x.times(Expr.param("a")).plus(Expr.param("c")))
            .diffusion(NoiseType.ADDITIVE, (t, x) -> Expr.of(0.4).reshape(Shape.matrix(1, 1)));
    for (double a : new double[] {-300, -0.2, 0, 1.5}) {
      double[] x =
          new OneStep(sde, "exp-euler", Map.of("a", a, "c", 0.8)).from(new double[] {2}, 0, 0.5, 0);
      double growth = Math.exp(a * 0.5);
      double expected = 2 * growth + 0.8 * (a == 0 ? 0.5 : Math.expm1(a * 0.5) / a);
      assertThat(x[0]).isCloseTo(expected, within(2e-15 * (2 + Math.abs(expected))));
    }
  }

  @Test
  void tamedEulerMovesByLessThanOneWhateverTheDrift() {
    OneStep tamed = new OneStep(cubic(), "tamed-euler", Map.of());
    OneStep euler = new OneStep(cubic(), "euler", Map.of());
    double[] x = {10};
    double[] exploding = {10};
    for (int k = 0; k < 100; k++) {
      double before = x[0];
      x = tamed.from(x, 0, 0.05, 0);
      assertThat(Math.abs(x[0] - before)).isLessThan(1);
      exploding = euler.from(exploding, 0, 0.05, 0);
    }
    assertThat(Math.abs(x[0])).isLessThan(1);
    assertThat(exploding[0]).isNaN();
  }

  @Test
  void moreThanEightStatesAreRefusedByImplicitSchemesAndTheOthersNamed() {
    Sde.Builder builder = Sde.ito("large");
    for (int i = 0; i < 9; i++) {
      builder.state("x" + i, Expr.ONE);
    }
    Sde sde = builder.diagonal((t, x) -> x);
    assertThatThrownBy(() -> Schemes.find("implicit-euler").orElseThrow().requireSupport(sde))
        .hasMessageContaining("at most 8 states")
        .hasMessageContaining("not 9")
        .hasMessageContaining("milstein");
  }
}
