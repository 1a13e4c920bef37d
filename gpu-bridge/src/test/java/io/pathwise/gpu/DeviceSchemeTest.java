package io.pathwise.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pathwise.control.Boundary;
import io.pathwise.control.StepControl;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.kernel.Precision;
import io.pathwise.payoff.Claim;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import io.pathwise.solve.DeviceException;
import io.pathwise.solve.Shard;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.solve.Solver;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The device computes the CPU's bits for every scheme on every noise type it supports, in each
 * calculus: values and gradient of a small equation, and the companion on one noise type a scheme.
 */
class DeviceSchemeTest {
  private static final List<Shard> SHARDS = List.of(new Shard(0, 0, 512));
  private static final Map<String, Double> PARAMETERS = Map.of("a", 0.4, "b", 0.3);

  /** Models, where what a scheme needs of an equation is known, are in DeviceParityTest. */
  private static final Set<String> OF_MODELS = Set.of("exact", "heston-qe");

  static List<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (Scheme scheme : Schemes.all()) {
      for (Calculus calculus : Calculus.values()) {
        for (NoiseType noise : NoiseType.values()) {
          if (scheme.supports(equation(scheme, calculus, noise))) {
            cases.add(Arguments.of(scheme.name(), calculus, noise));
          }
        }
      }
    }
    return cases;
  }

  /** Two states and two channels, one for scalar noise; cheap coefficients compile fast. */
  private static Sde equation(Scheme scheme, Calculus calculus, NoiseType noise) {
    boolean langevin = scheme.name().equals("ubu") || scheme.name().equals("quicsort");
    Expr a = Expr.param("a");
    Expr b = Expr.param("b");
    Sde.Builder builder =
        (calculus == Calculus.ITO ? Sde.ito("test") : Sde.stratonovich("test"))
            .parameters("a", "b")
            .state("x", Expr.ONE)
            .state("y", b)
            .drift(
                (t, y) ->
                    Expr.concat(
                        List.of(
                            langevin ? y.get(1) : y.get(1).minus(y.get(0).times(a)),
                            y.get(0).neg().minus(y.get(1).times(b)))));
    if (langevin && noise == NoiseType.ADDITIVE) {
      return builder.diffusion(
          noise, (t, y) -> Expr.concat(List.of(Expr.ZERO, a)).reshape(Shape.matrix(2, 1)));
    }
    return switch (noise) {
      case DIAGONAL -> builder.diagonal((t, y) -> y.times(b));
      case SCALAR -> builder.diffusion(noise, (t, y) -> y.times(b).reshape(Shape.matrix(2, 1)));
      case ADDITIVE -> builder.diffusion(noise, (t, y) -> matrix(a, Expr.of(0.1), t, b));
      case COMMUTATIVE ->
          builder.diffusion(noise, (t, y) -> y.outer(Expr.concat(List.of(b, Expr.of(0.1)))));
      case GENERAL ->
          builder.diffusion(noise, (t, y) -> matrix(y.get(0), b, y.get(1).times(a), y.get(0)));
    };
  }

  private static Expr matrix(Expr... elements) {
    return Expr.concat(List.of(elements)).reshape(Shape.matrix(2, 2));
  }

  private static Solver solver(Scheme scheme, Sde sde) {
    Expr x = sde.observables().get("x");
    Expr y = sde.observables().get("y");
    return Solver.of(sde)
        .parameters(PARAMETERS)
        .scheme(scheme)
        .step(0.1)
        .seed(11)
        .claim(Claim.observation("claim", "claim", x.times(y).plus(x), 0.4));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("cases")
  void aSchemeGivesTheSameBits(String name, Calculus calculus, NoiseType noise) {
    Scheme scheme = Schemes.find(name).orElseThrow();
    Sde sde = equation(scheme, calculus, noise);
    SimulationPlan plan = solver(scheme, sde).gradient("a", "b").companion().plan();
    Parity.assertSameBits(plan.fine(), SHARDS);
    // A program a case is what the time of this test allows; a companion a scheme shows its step.
    if (scheme.noiseTypes().stream().sorted().findFirst().orElseThrow() == noise) {
      Parity.assertSameBits(plan.coarse().orElseThrow(), SHARDS);
    }
  }

  @Test
  void everySchemeIsTriedOnEveryNoiseTypeItSupportsOrIsOfAModel() {
    Map<String, Set<NoiseType>> tried = new TreeMap<>();
    for (Arguments one : cases()) {
      tried
          .computeIfAbsent(one.get()[0].toString(), name -> EnumSet.noneOf(NoiseType.class))
          .add((NoiseType) one.get()[2]);
    }
    for (Scheme scheme : Schemes.all()) {
      if (!OF_MODELS.contains(scheme.name())) {
        assertThat(tried.get(scheme.name())).as(scheme.name()).isEqualTo(scheme.noiseTypes());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Boundary.Kind.class)
  void aBoundaryGivesTheSameBits(Boundary.Kind kind) {
    for (Precision precision : Precision.values()) {
      Scheme euler = Schemes.find("euler").orElseThrow();
      Boundary boundary = new Boundary(kind, "x", Boundary.Side.BELOW, Expr.param("b").times(2));
      Solver solver =
          solver(euler, equation(euler, Calculus.ITO, NoiseType.GENERAL))
              .boundary(boundary)
              .precision(precision)
              .companion();
      if (kind != Boundary.Kind.REFLECT) {
        solver.observe(boundary.alive(), 0.4).observe(boundary.time(), 0.4);
      }
      Parity.assertSameBits(solver.plan(), SHARDS);
    }
  }

  @Test
  void pathsThatChooseTheirStepsSayWhyTheyDoNotRunOnADevice() {
    Scheme milstein = Schemes.find("milstein").orElseThrow();
    for (StepControl control :
        List.of(StepControl.fixed(0.1), StepControl.adaptive(0.1, 0.1, 0.01, 0.1))) {
      Solver solver =
          solver(milstein, equation(milstein, Calculus.ITO, NoiseType.DIAGONAL))
              .adaptive(control)
              .on(new OpenClExecutor(), Parity.UNGUARDED);
      assertThatThrownBy(() -> solver.solve(64))
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining("paths that choose their steps run on the CPU alone");
    }
  }
}
