package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanCodecTest {

  private static SimulationPlan plan() {
    Sde sde = Catalogue.find("heston").orElseThrow().sde(Set.of("q"));
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
    return Solver.of(sde)
        .parameters(Map.of("spot", 100.0, "v0", 0.04, "r", 0.03, "kappa", 1.5, "theta", 0.06))
        .parameters(Map.of("xi", 0.5, "rho", -0.7))
        .curves(Map.of("q", ZeroCurve.flat(0.01)))
        .step(0.05)
        .claim(contracts.european("c", OptionType.CALL, 100, 1))
        .claim(contracts.asian("a", OptionType.PUT, Averaging.GEOMETRIC, 100, 0.9, 3))
        .claim(contracts.barrier("b", OptionType.CALL, 100, 0.5, BarrierType.DOWN_IN, 90, 2))
        .observe("v", 0.3)
        .gradient("spot", "xi")
        .onNan(OnNan.DROP)
        .seed(-3)
        .companion()
        .plan();
  }

  private static double[] sums(PathRun run) {
    return new CpuExecutor().open(run).run(new Shard(0, 0, 600), PathSink.NONE).sums();
  }

  @Test
  void aDecodedPlanComputesTheSameBits() {
    SimulationPlan plan = plan();
    SimulationPlan decoded = PlanCodec.decode(PlanCodec.encode(plan));
    assertThat(sums(decoded.fine())).containsExactly(sums(plan.fine()));
    assertThat(sums(decoded.coarse().orElseThrow()))
        .containsExactly(sums(plan.coarse().orElseThrow()));
  }

  @Test
  void aDecodedPlanIsEncodedToTheSameBytes() {
    byte[] bytes = PlanCodec.encode(plan());
    assertThat(PlanCodec.encode(plan())).isEqualTo(bytes);
    SimulationPlan decoded = PlanCodec.decode(bytes);
    assertThat(decoded.fine().program()).isEqualTo(plan().fine().program());
    assertThat(decoded.fine().onNan()).isEqualTo(OnNan.DROP);
    assertThat(decoded.fine().seed()).isEqualTo(-3);
  }

  @Test
  void aPlanWithoutCompanionStaysWithoutOne() {
    SimulationPlan alone = new SimulationPlan(plan().fine(), java.util.Optional.empty());
    assertThat(PlanCodec.decode(PlanCodec.encode(alone)).coarse()).isEmpty();
  }

  @Test
  void bytesThatEndEarlyAreRefusedWhereverTheyEnd() {
    byte[] bytes = PlanCodec.encode(plan());
    for (int length = 0; length < bytes.length; length += 97) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> PlanCodec.decode(cut))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("not the bytes of a plan: ")
          .hasMessageNotContaining("null");
    }
  }

  @Test
  void bytesOfAnotherVersionAreRefused() {
    byte[] bytes = PlanCodec.encode(plan());
    bytes[3] = 9;
    assertThatThrownBy(() -> PlanCodec.decode(bytes)).hasMessageContaining("version 9, expected 5");
  }
}
