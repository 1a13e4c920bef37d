package io.pathwise.spark.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.calibrate.CalibrationParameter;
import io.pathwise.calibrate.Market;
import io.pathwise.calibrate.OptionQuote;
import io.pathwise.calibrate.ParameterSpace;
import io.pathwise.calibrate.Residuals;
import io.pathwise.calibrate.SmoothnessPenalty;
import io.pathwise.payoff.OptionType;
import io.pathwise.spark.job.PublishedFit;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a fit depends on reaches its tasks whole. */
class FitInputTest {
  private static final ParameterSpace SPACE =
      ParameterSpace.of(
          CalibrationParameter.free("v0", 0.04, 0.001, 1),
          CalibrationParameter.fixed("kappa", 2),
          CalibrationParameter.free("theta", 0.06, 0.001, 1),
          CalibrationParameter.free("xi", 0.5, 0.01, 2),
          CalibrationParameter.fixed("rho", -0.5));

  private static FitInput input(Optional<SmoothnessPenalty> smoothness) {
    PublishedFit before =
        new PublishedFit(
            "r", LocalDate.of(2026, 1, 2), new TreeMap<>(Map.of("v0", 0.05)), new TreeMap<>());
    return new FitInput(
        "heston",
        Market.flat(100, 0.02, 0.01),
        List.of(OptionQuote.ofVolatility("a", OptionType.CALL, 100, 1, 0.2).between(0.19, 0.21)),
        Residuals.VOLATILITIES,
        SPACE,
        1.5,
        0.5,
        smoothness,
        Optional.of(before));
  }

  @Test
  void itsBytesGiveItBack() {
    for (Optional<SmoothnessPenalty> smoothness :
        List.of(
            Optional.<SmoothnessPenalty>empty(),
            Optional.of(new SmoothnessPenalty(List.of("v0", "theta", "xi"), 3)))) {
      FitInput input = input(smoothness);
      FitInput back = FitInput.decode(input.encode());
      assertThat(back.smoothness()).isEqualTo(smoothness);
      assertThat(back.before()).isEqualTo(input.before());
      assertThat(back.encode()).isEqualTo(input.encode());
    }
  }

  @Test
  void aBendAddsItsWeightedSquareToTheObjective() {
    double plain = objective(Optional.empty());
    double smooth = objective(Optional.of(new SmoothnessPenalty(List.of("v0", "theta", "xi"), 3)));
    double bend = 0.04 - 2 * 0.06 + 0.5;
    assertThat(smooth - plain).isCloseTo(0.5 * 3 * bend * bend, within(1e-12));
  }

  private static double objective(Optional<SmoothnessPenalty> smoothness) {
    return input(smoothness).analytic().evaluate(SPACE.start(), false).value();
  }
}
