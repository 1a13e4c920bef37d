package io.pathwise.gpu;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.adjoint.SensitivityMethod;
import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.scheme.EulerMaruyama;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Shard;
import io.pathwise.solve.Solver;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of sensitivity gives the CPU's bits on the device, swept and carried along. */
class SensitivityParityTest {
  private static final List<Shard> SHARDS = List.of(new Shard(0, 0, 1024), new Shard(1, 1024, 300));

  static Stream<Arguments> sensitivities() {
    return Stream.of(
            new SensitivityMethod.Pathwise(),
            new SensitivityMethod.Conditional(),
            new SensitivityMethod.LikelihoodRatio(),
            new SensitivityMethod.Smoothing(0.02))
        .flatMap(
            method ->
                Stream.of(GradientMethod.STORED, GradientMethod.TANGENT)
                    .map(how -> Arguments.of(method, how)));
  }

  @ParameterizedTest
  @MethodSource("sensitivities")
  void aSensitivityHasTheSameBits(SensitivityMethod method, GradientMethod how) {
    Sde sde = Catalogue.find("black-scholes").orElseThrow().sde(Set.of());
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
    Solver solver =
        Solver.of(sde)
            .parameters(Map.of("spot", 100.0, "r", 0.03, "q", 0.01, "sigma", 0.2))
            .scheme(new EulerMaruyama())
            .step(0.125)
            .threads(1)
            .claim(contracts.european("call", OptionType.CALL, 105, 1))
            .claim(contracts.asian("asian", OptionType.PUT, Averaging.ARITHMETIC, 100, 1, 4))
            .gradientMethod(how)
            .sensitivity(method)
            .gradient("spot", "sigma")
            .theta();
    if (method instanceof SensitivityMethod.Smoothing
        || method instanceof SensitivityMethod.LikelihoodRatio) {
      solver.secondOrder("spot", "spot", "sigma");
    }
    if (method instanceof SensitivityMethod.Smoothing) {
      solver.claim(contracts.barrier("out", OptionType.CALL, 95, 1, BarrierType.DOWN_OUT, 85, 4));
    }
    Parity.assertSameBits(solver.plan(), SHARDS);
  }
}
