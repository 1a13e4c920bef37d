package io.pathwise.payoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Interpreter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimTest {
  private static final Functional SUM = new Functional("sum", 0, Functional.VALUE.plus(1));

  @Test
  void watchesAreAtIncreasingTimesWithInputsEach() {
    assertThatThrownBy(() -> new Watch(SUM, List.of(1.0, 0.5), List.of(Map.of(), Map.of())))
        .hasMessageContaining("sum: time 0.5, expected a time above 1.0");
    assertThatThrownBy(() -> new Watch(SUM, List.of(0.0), List.of(Map.of())))
        .hasMessageContaining("time 0.0");
    assertThatThrownBy(() -> new Watch(SUM, List.of(1.0), List.of()))
        .hasMessageContaining("0 inputs for 1 times");
  }

  @Test
  void equallySpacedWatchesEndExactlyAtTheEnd() {
    Watch watch = Watch.equallySpaced(SUM, 3, 0.7, Map.of());
    assertThat(watch.times()).hasSize(3).endsWith(0.7);
  }

  @Test
  void aClaimPaysAtAFiniteTimeAboveZeroAfterItsWatches() {
    assertThatThrownBy(() -> Claim.value("c", Expr.ONE, Double.POSITIVE_INFINITY))
        .hasMessageContaining("c: time Infinity");
    Watch late = new Watch(SUM, List.of(2.0), List.of(Map.of()));
    assertThatThrownBy(() -> new Claim("c", "c", Expr.ONE, true, 1, List.of(late), Map.of(), false))
        .hasMessageContaining("c: sum is watched after the claim pays at 1.0");
  }

  @Test
  void discountingByARateIsAFunctionOfTheParameterAndTheTime() {
    Expr factor = Discounting.rate(Expr.param("r")).factor();
    assertThat(Interpreter.evaluate(List.of(factor), Map.of("r", 0.05, "t", 2.0))[0])
        .isEqualTo(StrictMath.exp(-0.1));
  }

  @Test
  void discountingByACurveIsAnInputOfTheClaim() {
    assertThat(Discounting.curve(t -> 1 / (1 + t)).inputs(3)).containsEntry("discount", 0.25);
    assertThat(Discounting.none().inputs(3)).containsEntry("discount", 1.0);
  }
}
