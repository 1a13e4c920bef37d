package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Expr;
import io.pathwise.payoff.Claim;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.InitialValues;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Derivatives in the initial values of states against bumped ones on the same noise. */
class InitialValuesTest {
  private static final int PATHS = 64;
  private static final double BUMP = 1e-5;

  /** The first state starts at a number, the second at a function of a parameter. */
  private static Solver solver(String scheme, double x0, double shift) {
    Expr a = Expr.param("a");
    Sde.Builder builder = scheme.equals("euler") ? Sde.ito("pair") : Sde.stratonovich("pair");
    Sde sde =
        builder
            .parameters("a")
            .state("x", Expr.of(x0))
            .state("y", a.square().plus(shift))
            .drift((t, z) -> Expr.concat(List.of(z.get(1).times(a), z.get(0).neg())))
            .diagonal((t, z) -> z.times(0.3));
    Expr end = sde.state();
    return Solver.of(sde)
        .scheme(Schemes.find(scheme).orElseThrow())
        .parameters(Map.of("a", 0.7))
        .step(0.1)
        .threads(1)
        .claim(Claim.value("claim", end.get(0).times(end.get(1)).plus(end.get(0).square()), 0.5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"euler", "reversible-heun"})
  void theDerivativesAreThoseOfBumpedStarts(String scheme) {
    Solution solution = solver(scheme, 1.3, 0).gradient("initial.x", "a", "initial.y").solve(PATHS);
    double inX =
        (solver(scheme, 1.3 + BUMP, 0).solve(PATHS).value("claim").mean()
                - solver(scheme, 1.3 - BUMP, 0).solve(PATHS).value("claim").mean())
            / (2 * BUMP);
    double inY =
        (solver(scheme, 1.3, BUMP).solve(PATHS).value("claim").mean()
                - solver(scheme, 1.3, -BUMP).solve(PATHS).value("claim").mean())
            / (2 * BUMP);
    assertThat(solution.derivative("claim", "initial.x").mean()).isCloseTo(inX, within(1e-6));
    assertThat(solution.derivative("claim", "initial.y").mean()).isCloseTo(inY, within(1e-6));
    Solution without = solver(scheme, 1.3, 0).gradient("a").solve(PATHS);
    assertThat(solution.derivative("claim", "a").mean())
        .isCloseTo(without.derivative("claim", "a").mean(), within(1e-14));
    assertThat(solution.value("claim").mean()).isEqualTo(without.value("claim").mean());
  }

  @Test
  void theValueOfANumberIsTheNumber() {
    Sde sde = solver("euler", 1.3, 0).request().sde();
    assertThat(InitialValues.values(sde, List.of("initial.x", "initial.y", "a")))
        .containsOnly(Map.entry("initial.x", 1.3), Map.entry("initial.y", 0.0));
    assertThat(InitialValues.free(sde, List.of("a"))).isSameAs(sde);
    assertThat(InitialValues.free(sde, List.of("initial.x")).parameters())
        .containsExactly("a", "initial.x");
  }

  @Test
  void aStateThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> solver("euler", 1, 0).gradient("initial.z").plan())
        .hasMessageContaining(
            "gradient in initial.z, expected one of [a], an initial value such as initial.x");
  }
}
