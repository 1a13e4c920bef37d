package io.pathwise.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Op;
import io.pathwise.expr.Shape;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import java.util.List;
import org.junit.jupiter.api.Test;

class StructureCheckTest {

  private static Sde.Builder builder() {
    return Sde.ito("pair").parameters("sigma", "rho").state("x", Expr.ONE).state("v", Expr.of(0.3));
  }

  private static Expr matrix(Expr... entries) {
    return Expr.concat(List.of(entries)).reshape(Shape.matrix(2, 2));
  }

  private static Expr vector(Expr... entries) {
    return Expr.concat(List.of(entries));
  }

  private static Expr sin(Expr x) {
    return Expr.apply(Op.SIN, x);
  }

  @Test
  void aDiagonalDiffusionThatReadsAnotherStateIsAnErrorThatNamesBoth() {
    assertThatThrownBy(
            () -> builder().diagonal((t, y) -> vector(y.get(1).sqrt().times(y.get(0)), y.get(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the diffusion of state x reads state v")
        .hasMessageContaining("general noise allows it");
  }

  @Test
  void aDiagonalDiffusionOfItsOwnStateIsAccepted() {
    assertThatCode(() -> builder().diagonal((t, y) -> y.max(0).sqrt().times(t.plus(1))))
        .doesNotThrowAnyException();
  }

  @Test
  void aDependenceThatCancelsInValueIsNone() {
    assertThatCode(
            () ->
                builder()
                    .diagonal(
                        (t, y) -> {
                          Expr v = y.get(1);
                          Expr one = sin(v).square().plus(Expr.apply(Op.COS, v).square());
                          return vector(y.get(0).times(one), v);
                        }))
        .doesNotThrowAnyException();
  }

  @Test
  void anAdditiveDiffusionThatReadsAStateIsAnErrorThatNamesIt() {
    assertThatThrownBy(
            () ->
                builder()
                    .diffusion(
                        NoiseType.ADDITIVE,
                        (t, y) -> matrix(Expr.ONE, Expr.ZERO, y.get(1), Expr.ONE)))
        .hasMessageContaining("additive noise: the diffusion reads the state v,");
  }

  @Test
  void channelsThatDoNotCommuteAreAnErrorThatNamesThem() {
    assertThatThrownBy(
            () ->
                builder()
                    .diffusion(
                        NoiseType.COMMUTATIVE,
                        (t, y) -> matrix(Expr.ONE, Expr.ZERO, Expr.ZERO, y.get(0))))
        .hasMessageContaining("commutative noise: channels 1 and 2 do not commute")
        .hasMessageContaining("in state v");
  }

  @Test
  void channelsThatCommuteAreAccepted() {
    assertThatCode(
            () ->
                builder()
                    .diffusion(
                        NoiseType.COMMUTATIVE,
                        (t, y) -> matrix(y.get(0), y.get(1).neg(), y.get(1), y.get(0))))
        .doesNotThrowAnyException();
  }

  @Test
  void correlatedLogarithmicChannelsCommute() {
    Expr rho = Expr.param("rho");
    Expr orthogonal = Expr.ONE.minus(rho.square()).sqrt();
    assertThatCode(
            () ->
                builder()
                    .diffusion(
                        NoiseType.COMMUTATIVE,
                        (t, y) ->
                            matrix(
                                y.get(0).times(Expr.param("sigma")),
                                Expr.ZERO,
                                y.get(1).times(rho),
                                y.get(1).times(orthogonal))))
        .doesNotThrowAnyException();
  }

  @Test
  void timeTakesPartInTheBracketsAtEveryPoint() {
    assertThatThrownBy(
            () ->
                builder()
                    .diffusion(
                        NoiseType.COMMUTATIVE,
                        (t, y) -> matrix(Expr.ONE, Expr.ZERO, Expr.ZERO, y.get(0).times(t))))
        .hasMessageContaining("do not commute");
  }

  @Test
  void whatIsNowhereFiniteCannotBeVerifiedAndStands() {
    assertThatCode(
            () ->
                builder()
                    .diffusion(
                        NoiseType.COMMUTATIVE,
                        (t, y) ->
                            matrix(
                                Expr.of(-1).minus(y.get(0).square()).sqrt(),
                                Expr.ZERO,
                                Expr.ZERO,
                                y.get(0))))
        .doesNotThrowAnyException();
  }

  @Test
  void aSchemeOfTheOtherCalculusNamesTheConversion() {
    Sde ito = builder().diagonal((t, y) -> y);
    Scheme heun = Schemes.find("heun").orElseThrow();
    assertThatThrownBy(() -> heun.requireSupport(ito))
        .hasMessageContaining("Sde.toStratonovich()")
        .hasMessageContaining("euler");
    assertThat(heun.supports(ito.toStratonovich())).isTrue();
  }

  @Test
  void exactNeedsAKnownLawAndSaysSo() {
    Sde sde = builder().diagonal((t, y) -> y);
    assertThatThrownBy(() -> Schemes.find("exact").orElseThrow().requireSupport(sde))
        .hasMessageContaining("a known transition law");
  }
}
