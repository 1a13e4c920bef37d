package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.noise.NoiseSource;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.sde.Sde;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParametricPlanTest {
  private static final int PATHS = 1024;
  private static final Map<String, Double> MERTON =
      Map.of(
          "spot", 100.0, "r", 0.03, "q", 0.0, "sigma", 0.2, "lambda", 0.3, "mu-j", -0.1, "sigma-j",
          0.15);

  private static Solver model(String name, Map<String, Double> values, String... gradient) {
    Sde sde = Catalogue.find(name).orElseThrow().sde(Set.of());
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
    return Solver.of(sde)
        .parameters(values)
        .step(0.25)
        .claim(contracts.european("call", OptionType.CALL, 100, 1))
        .claim(contracts.asian("asian", OptionType.PUT, Averaging.ARITHMETIC, 95, 1, 4))
        .gradient(gradient);
  }

  private static Solver blackScholes() {
    return model(
        "black-scholes", Map.of("spot", 100.0, "r", 0.03, "q", 0.0, "sigma", 0.2), "sigma", "spot");
  }

  static Stream<Solver> everyKind() {
    return Stream.of(
        blackScholes(),
        blackScholes().noise(new NoiseSource.Sobol(4, true)),
        blackScholes().estimator(new Estimator.Antithetic()),
        blackScholes().estimator(new Estimator.Importance(List.of(0.5))),
        model("merton", MERTON, "sigma"));
  }

  /** The numbers that decide everything: those of a plan made for the values. */
  @ParameterizedTest
  @MethodSource("everyKind")
  void aPlanAtOtherValuesIsTheOneMadeForThem(Solver solver) {
    ParametricPlan parametric = solver.parametric(PATHS);
    Map<String, Double> values = Map.of("spot", 80.0, "sigma", 0.3);
    SimulationPlan at = parametric.at(values, 9);
    SimulationPlan made = solver.parameters(values).seed(9).plan(PATHS);
    assertThat(PlanCodec.encode(at))
        .isEqualTo(PlanCodec.encode(new SimulationPlan(made.fine(), at.coarse())));
    assertThat(at.fine().program()).isSameAs(parametric.plan().fine().program());
    PlanValues travelled = PlanValues.decode(PlanValues.of(at).encode());
    assertThat(PlanCodec.encode(parametric.plan().with(travelled))).isEqualTo(PlanCodec.encode(at));
  }

  @Test
  void valuesThatNeedRoomForMoreJumpsGetAnotherProgram() {
    ParametricPlan parametric = model("merton", MERTON).parametric(PATHS);
    SimulationPlan at = parametric.at(Map.of("lambda", 6.0), 1);
    Map<String, Double> values = new HashMap<>(MERTON);
    values.put("lambda", 6.0);
    assertThat(at.fine().program()).isNotEqualTo(parametric.plan().fine().program());
    assertThat(PlanCodec.encode(at))
        .isEqualTo(PlanCodec.encode(model("merton", values).seed(1).plan(PATHS)));
    assertThatThrownBy(() -> parametric.at(Map.of("lambda", -1.0), 1))
        .hasMessageContaining("intensity -1.0 at t = 0.0");
  }

  @Test
  void controlVariatesAreRefusedSinceTheirMeansWouldBeThoseOfOtherValues() {
    Solver solver = blackScholes();
    Sde sde = Catalogue.find("black-scholes").orElseThrow().sde(Set.of());
    solver.control(
        "call",
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")))
            .forward("forward", 0, 1),
        100);
    assertThatThrownBy(() -> solver.parametric(PATHS))
        .hasMessageContaining(
            "control variates of [call], whose means change with the parameters: expected none");
  }

  @Test
  void bytesThatAreNoValuesAreRefused() {
    assertThatThrownBy(() -> PlanValues.decode(new byte[] {0, 0, 0, 9}))
        .hasMessageStartingWith("not the bytes of a plan's values");
    SimulationPlan plan = blackScholes().plan(PATHS);
    assertThatThrownBy(() -> plan.with(new PlanValues(Map.of(), 1, List.of(1.0))))
        .hasMessage("1 shifts, expected 2");
  }
}
