package io.pathwise.sde;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Formula;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Shape;
import io.pathwise.scheme.TestSdes;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The structure of underdamped Langevin equations is found on the graph, and only there. */
class UnderdampedLangevinTest {
  private static final Map<String, Double> VALUES = Map.of("gamma", 1.5, "rho", 0.7, "c", 0.3);

  /** Two coordinates in the order v1, x0, x1, v0, with crossed channels and a coupled force. */
  private static Sde coupled(UnaryOperator<Expr> secondFriction, Expr secondNoise) {
    return Sde.ito("coupled")
        .parameters("gamma", "rho", "c")
        .state("v1", Expr.ZERO)
        .state("x0", Expr.ONE)
        .state("x1", Expr.ONE)
        .state("v0", Expr.ZERO)
        .drift(
            (t, y) -> {
              Expr tension = y.get(2).minus(y.get(1)).times(Expr.param("c"));
              return Expr.concat(
                  List.of(
                      tension.neg().minus(secondFriction.apply(y.get(0))),
                      y.get(3),
                      y.get(0),
                      tension.minus(y.get(3).times(2)).plus(t)));
            })
        .diffusion(
            NoiseType.ADDITIVE,
            (t, y) ->
                Expr.concat(
                        List.of(
                            Expr.ZERO,
                            secondNoise,
                            Expr.ZERO,
                            Expr.ZERO,
                            Expr.ZERO,
                            Expr.ZERO,
                            Expr.param("rho").times(3),
                            Expr.ZERO))
                    .reshape(Shape.matrix(4, 2)));
  }

  private static Sde linear() {
    return coupled(v -> v.times(Expr.param("gamma")), Expr.param("rho"));
  }

  @Test
  void positionsVelocitiesAndChannelsAreFoundInAnyOrder() {
    UnderdampedLangevin found = UnderdampedLangevin.of(linear()).orElseThrow();
    assertThat(found.position()).containsExactly(1, 2);
    assertThat(found.velocity()).containsExactly(3, 0);
    assertThat(found.channel()).containsExactly(0, 1);
    assertThat(Interpreter.evaluate(List.of(found.friction()), VALUES)).containsExactly(2, 1.5);
    assertThat(Interpreter.evaluate(List.of(found.noise()), VALUES)).containsExactly(0.7 * 3, 0.7);
  }

  @Test
  void theForceReadsTimeAndPositionsAlone() {
    Sde sde = linear();
    UnderdampedLangevin found = UnderdampedLangevin.of(sde).orElseThrow();
    Expr force = found.force(sde, Expr.of(0.25), Expr.vector(2, 5));
    assertThat(Interpreter.evaluate(List.of(force), VALUES))
        .containsExactly(0.3 * 3 + 0.25, -0.3 * 3);
  }

  @Test
  void otherEquationsDoNotHaveIt() {
    assertThat(UnderdampedLangevin.of(coupled(v -> v.times(v.abs()), Expr.param("rho")))).isEmpty();
    assertThat(UnderdampedLangevin.of(coupled(v -> v, Sde.TIME))).isEmpty();
    assertThat(UnderdampedLangevin.of(coupled(v -> v, Expr.ZERO))).isEmpty();
    for (Calculus calculus : Calculus.values()) {
      for (NoiseType noise : NoiseType.values()) {
        assertThat(UnderdampedLangevin.of(TestSdes.periodic(calculus, noise, 1).sde())).isEmpty();
      }
    }
  }

  @Test
  void formulasOfAJobFileHaveIt() {
    Expr y = Sde.state(2);
    Map<String, Expr> symbols =
        Map.of("x", y.get(0), "v", y.get(1), "gamma", Expr.param("gamma"), "c", Expr.param("c"));
    Sde sde =
        Sde.ito("formulas")
            .parameters("gamma", "c")
            .state("x", Expr.ONE)
            .state("v", Expr.ZERO)
            .drift(
                (t, state) ->
                    Expr.concat(
                        List.of(
                            Formula.parse("v", symbols),
                            Formula.parse("x - c*x^3 - gamma*v", symbols))))
            .diffusion(
                NoiseType.ADDITIVE,
                (t, state) ->
                    Expr.concat(
                            List.of(
                                Formula.parse("0", symbols),
                                Formula.parse("sqrt(2*gamma)", symbols)))
                        .reshape(Shape.matrix(2, 1)));
    UnderdampedLangevin found = UnderdampedLangevin.of(sde).orElseThrow();
    assertThat(Interpreter.evaluate(List.of(found.friction()), VALUES)).containsExactly(1.5);
  }

  @Test
  void aPendulumHasIt() {
    assertThat(UnderdampedLangevin.of(TestSdes.pendulum().sde())).isPresent();
    assertThat(UnderdampedLangevin.of(TestSdes.harmonicOscillator().sde())).isPresent();
  }
}
