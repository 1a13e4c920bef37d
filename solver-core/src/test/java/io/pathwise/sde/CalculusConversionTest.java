package io.pathwise.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import io.pathwise.expr.Op;
import io.pathwise.expr.Scalarise;
import io.pathwise.expr.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CalculusConversionTest {
  private static final Map<String, Double> POINT =
      Map.of("y[0]", 1.7, "y[1]", -0.6, "sigma", 0.4, "t", 0.2);

  private static double[] drift(Sde sde) {
    return Interpreter.evaluate(Scalarise.scalars(List.of(sde.drift())), POINT);
  }

  private static Sde.Builder builder() {
    return Sde.stratonovich("pair")
        .parameters("sigma")
        .state("x", Expr.ONE)
        .state("y", Expr.ONE)
        .drift((t, s) -> s.times(0.1));
  }

  @Test
  void aGeometricDriftGainsHalfTheVarianceInIto() {
    Sde ito = builder().diagonal((t, s) -> s.times(Expr.param("sigma"))).toIto();
    assertThat(ito.calculus()).isEqualTo(Calculus.ITO);
    double[] f = drift(ito);
    assertThat(f[0]).isCloseTo(1.7 * (0.1 + 0.08), within(1e-15));
    assertThat(f[1]).isCloseTo(-0.6 * (0.1 + 0.08), within(1e-15));
  }

  /** g_1 = (y, x), g_2 = (sin x, 1): (g_1.grad) g_1 = (x, y), (g_2.grad) g_2 = (sin x cos x, 0). */
  @Test
  void theCorrectionSumsOverChannelsOfGeneralNoise() {
    Sde sde =
        builder()
            .diffusion(
                NoiseType.GENERAL,
                (t, s) ->
                    Expr.concat(List.of(s.get(1), Expr.apply(Op.SIN, s.get(0)), s.get(0), Expr.ONE))
                        .reshape(Shape.matrix(2, 2)));
    double[] f = drift(sde.toIto());
    assertThat(f[0]).isCloseTo(0.17 + 0.5 * (1.7 + Math.sin(1.7) * Math.cos(1.7)), within(1e-14));
    assertThat(f[1]).isCloseTo(-0.06 - 0.5 * 0.6, within(1e-15));
    assertThat(drift(sde.toIto().toStratonovich())).containsExactly(drift(sde), within(1e-15));
  }

  @Test
  void additiveNoiseHasTheSameDriftInBothAndTheOwnCalculusIsNoChange() {
    Sde sde =
        builder()
            .diffusion(NoiseType.ADDITIVE, (t, s) -> Expr.vector(1, 2).reshape(Shape.matrix(2, 1)));
    assertThat(sde.toIto().drift()).isEqualTo(sde.drift());
    assertThat(sde.toStratonovich()).isSameAs(sde);
  }

  @Test
  void whatIsKnownOfTheProcessIsKept() {
    Sde sde =
        builder()
            .diagonal((t, s) -> s.times(Expr.param("sigma")))
            .with(new GeometricTransition(Expr.of(0.18), Expr.param("sigma")));
    assertThat(sde.toIto().capability(ExactTransition.class)).isPresent();
  }
}
