package io.pathwise.gpu;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.Precision;
import io.pathwise.learn.Activation;
import io.pathwise.learn.Mlp;
import io.pathwise.learn.Weights;
import io.pathwise.payoff.Claim;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Shard;
import io.pathwise.solve.Solver;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dense layers, which the CPU computes in tiles, and the gradient in all their weights. */
class DenseParityTest {
  private static final Mlp DRIFT = new Mlp("f", List.of(2, 6, 2), Activation.LIPSWISH);

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aDriftOfLayersAndItsGradientHaveTheBitsOfTheCpu(Precision precision) {
    Sde sde =
        Sde.stratonovich("neural")
            .parameters(Weights.names(DRIFT.weights()))
            .state("x", Expr.of(0.3))
            .state("y", Expr.of(-0.2))
            .drift((t, y) -> DRIFT.apply(y))
            .diagonal((t, y) -> y.times(0.3));
    Solver solver =
        Solver.of(sde)
            .scheme(Schemes.find("reversible-heun").orElseThrow())
            .precision(precision)
            .parameters(Weights.initial(DRIFT.weights(), 5))
            .gradient(sde.parameters())
            .step(0.25)
            .claim(Claim.value("end", sde.state().get(0), 1));
    Parity.assertSameBits(solver.plan(), List.of(new Shard(0, 0, 700)));
  }
}
