package io.pathwise.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.Precision;
import io.pathwise.payoff.Claim;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A drift and a diffusion of networks under every scheme that takes diagonal noise. */
class NeuralSdeTest {
  private static final int PATHS = 32;
  private static final String LOSS = "loss";
  private static final Mlp DRIFT = new Mlp("f", List.of(3, 3, 2), Activation.LIPSWISH);

  /** The diffusion of a state reads that state alone, so that the noise is diagonal. */
  private static final List<Mlp> DIFFUSIONS = List.of(diffusion("g0"), diffusion("g1"));

  private static Mlp diffusion(String name) {
    return new Mlp(name, List.of(1, 2, 1), Activation.TANH, Activation.SIGMOID);
  }

  private static List<Weight> weights() {
    return Stream.concat(Stream.of(DRIFT), DIFFUSIONS.stream())
        .flatMap(layer -> layer.weights().stream())
        .toList();
  }

  private static Sde sde(Calculus calculus) {
    Sde.Builder builder = calculus == Calculus.ITO ? Sde.ito("neural") : Sde.stratonovich("neural");
    return builder
        .parameters(Weights.names(weights()))
        .parameters("x0")
        .state("x", Expr.param("x0"))
        .state("y", Expr.of(-0.3))
        .drift((t, z) -> DRIFT.apply(Expr.concat(List.of(z, t))))
        .diagonal(
            (t, z) -> {
              List<Expr> g = new ArrayList<>();
              for (int i = 0; i < 2; i++) {
                g.add(DIFFUSIONS.get(i).apply(Expr.concat(List.of(z.get(i)))));
              }
              return Expr.concat(g);
            });
  }

  private static Map<String, Double> start() {
    Map<String, Double> start = new HashMap<>(Weights.initial(weights(), 3));
    start.put("x0", 0.4);
    return start;
  }

  private static Solver solver(Scheme scheme, Map<String, Double> parameters) {
    Calculus calculus = scheme.calculi().iterator().next();
    Sde sde = sde(calculus);
    Expr end = sde.state();
    return Solver.of(sde)
        .scheme(scheme)
        .parameters(parameters)
        .step(0.25)
        .threads(1)
        .gradient(sde.parameters())
        .claim(Claim.value(LOSS, end.dot(end), 0.5));
  }

  static Stream<Scheme> schemes() {
    return Schemes.all().stream()
        .filter(scheme -> scheme.noiseTypes().contains(NoiseType.DIAGONAL))
        .filter(scheme -> scheme.supports(sde(scheme.calculi().iterator().next())));
  }

  /** Central differences on the same noise, in a few weights of every layer. */
  @ParameterizedTest
  @MethodSource("schemes")
  void theGradientInWeightsIsThatOfFiniteDifferences(Scheme scheme) {
    Solution solution = solver(scheme, start()).solve(PATHS);
    List<String> names =
        List.of("f.0.W[1]", "f.0.b[2]", "f.1.W[5]", "g0.0.W[1]", "g1.1.W[0]", "g0.1.b[0]", "x0");
    for (String name : names) {
      double h = 1e-5;
      double up = moved(scheme, name, h);
      double down = moved(scheme, name, -h);
      double difference = (up - down) / (2 * h);
      assertThat(solution.derivative(LOSS, name).mean())
          .as(name)
          .isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
    }
  }

  private static double moved(Scheme scheme, String name, double h) {
    Map<String, Double> moved = start();
    moved.merge(name, h, Double::sum);
    return solver(scheme, moved).solve(PATHS).value(LOSS).mean();
  }

  @Test
  void inSinglePrecisionTheGradientIsThatOfDoublePrecisionToFiveDigits() {
    Scheme scheme = Schemes.find("milstein").orElseThrow();
    Solution exact = solver(scheme, start()).solve(PATHS);
    Solution single = solver(scheme, start()).precision(Precision.SINGLE).solve(PATHS);
    for (String name : Weights.names(weights())) {
      assertThat(single.derivative(LOSS, name).mean())
          .as(name)
          .isCloseTo(exact.derivative(LOSS, name).mean(), within(1e-5));
    }
  }

  @Test
  void aWeightOfWhichAnElementIsNotDeclaredIsNamed() {
    assertThatThrownBy(
            () ->
                Sde.ito("neural")
                    .parameters("f.0.W[0]")
                    .state("x", Expr.ONE)
                    .drift((t, x) -> Dense.affine("f.0", 1, 1).apply(x))
                    .diagonal((t, x) -> x))
        .hasMessageContaining("parameter f.0.b[0] is read but not declared");
  }
}
