package io.pathwise.solve;

import static io.pathwise.solve.EstimatorFixture.CALM;
import static io.pathwise.solve.EstimatorFixture.assertDerivatives;
import static io.pathwise.solve.EstimatorFixture.contracts;
import static io.pathwise.solve.EstimatorFixture.heston;
import static io.pathwise.solve.EstimatorFixture.sde;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.adjoint.GradientChoice;
import io.pathwise.adjoint.GradientMethod;
import io.pathwise.kernel.PathProgram;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.BarrierType;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.OptionType;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.scheme.TestSdes;
import io.pathwise.sde.Calculus;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Derivatives that paths carry along are those of the reverse sweep, to rounding. */
class TangentTest {
  private static final String[] HESTON_NAMES = {
    "spot", "v0", "r", "q", "kappa", "theta", "xi", "rho"
  };

  private static Solver book() {
    Contracts contracts = contracts("heston");
    Sde sde = sde("heston");
    return heston()
        .parameters(CALM)
        .claim(contracts.european("call", OptionType.CALL, 100, 1))
        .claim(contracts.european("put", OptionType.PUT, 95, 0.5))
        .claim(contracts.asian("asian", OptionType.CALL, Averaging.ARITHMETIC, 100, 1, 4))
        .claim(contracts.asian("geometric", OptionType.PUT, Averaging.GEOMETRIC, 100, 0.9, 3))
        .claim(
            contracts.continuousBarrier(
                "barrier",
                OptionType.CALL,
                100,
                1,
                BarrierType.DOWN_OUT,
                90,
                sde.observables().get("v"),
                2));
  }

  private static void assertSame(Supplier<Solver> solver, List<String> claims, String... names) {
    Solution stored = solver.get().gradientMethod(GradientMethod.STORED).gradient(names).solve(600);
    Solution tangent =
        solver.get().gradientMethod(GradientMethod.TANGENT).gradient(names).solve(600);
    for (String claim : claims) {
      assertThat(tangent.value(claim)).isEqualTo(stored.value(claim));
      double size = 0;
      for (String name : names) {
        size = Math.max(size, Math.abs(stored.derivative(claim, name).mean()));
      }
      for (String name : names) {
        double expected = stored.derivative(claim, name).mean();
        assertThat(tangent.derivative(claim, name).mean())
            .as("%s in %s", claim, name)
            .isCloseTo(expected, within(1e-12 * Math.max(Math.abs(expected), 1e-3 * size)));
        assertThat(tangent.derivative(claim, name).standardError())
            .isCloseTo(
                stored.derivative(claim, name).standardError(),
                within(1e-9 * Math.max(Math.abs(expected), size)));
      }
    }
  }

  private static final List<String> BOOK = List.of("call", "put", "asian", "geometric", "barrier");

  @Test
  void theyAreThoseOfTheSweepForEveryKindOfClaim() {
    assertSame(TangentTest::book, BOOK, HESTON_NAMES);
  }

  @Test
  void theyAreThoseOfTheSweepOnPairsAndOnWeightedPaths() {
    List<String> some = List.of("call", "asian", "barrier");
    assertSame(() -> book().estimator(new Estimator.Antithetic()), some, "spot", "xi");
    assertSame(
        () -> book().estimator(new Estimator.Importance(List.of(0.3, -0.1))).pilotPaths(512),
        some,
        "spot",
        "xi");
  }

  @Test
  void theyAreDifferencesOnTheSameNoise() {
    Solver solver = book().gradientMethod(GradientMethod.TANGENT);
    assertDerivatives(solver, CALM, "asian", "spot", "kappa", "rho");
    assertDerivatives(solver, CALM, "barrier", "v0", "theta", "xi");
  }

  static Stream<Arguments> schemes() {
    List<Arguments> all = new ArrayList<>();
    for (Scheme scheme : Schemes.all()) {
      for (NoiseType noise : List.of(NoiseType.GENERAL, NoiseType.DIAGONAL, NoiseType.ADDITIVE)) {
        for (Calculus calculus : Calculus.values()) {
          TestSdes.Problem problem = TestSdes.periodicLine(calculus, noise, 0.3);
          if (scheme.supports(problem.sde())) {
            all.add(Arguments.of(scheme.name(), problem));
            break;
          }
        }
      }
    }
    for (TestSdes.Problem problem : List.of(TestSdes.harmonicOscillator(), TestSdes.pendulum())) {
      for (String name : List.of("ubu", "quicsort")) {
        all.add(Arguments.of(name, problem));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("schemes")
  void theyAreThoseOfTheSweepUnderEveryScheme(String scheme, TestSdes.Problem problem) {
    Sde sde = problem.sde();
    String state = sde.states().get(0);
    String[] names = sde.parameters().toArray(String[]::new);
    if (names.length == 0) {
      return;
    }
    assertSame(
        () ->
            Solver.of(sde)
                .parameters(problem.parameters())
                .scheme(Schemes.find(scheme).orElseThrow())
                .step(0.25)
                .seed(5)
                .threads(1)
                .claim(Claim.value("x", sde.observables().get(state).square(), 0.75)),
        List.of("x"),
        names);
  }

  @Test
  void aRunIsCutIntoLegsWithItsDerivatives() {
    SimulationPlan plan =
        book().gradientMethod(GradientMethod.TANGENT).gradient("spot", "xi").plan();
    List<Shard> shards = Shard.range(0, 2, 900, 512);
    Tally whole = new Tally(plan, shards.size());
    new PlanRunner(plan, new CpuExecutor(), DeviceRequest.ANY).run(shards, whole);
    Tally legs = new Tally(plan, shards.size());
    MemoryCarry carry = new MemoryCarry();
    int from = 0;
    for (int to : new int[] {3, 7, plan.fine().schedule().steps()}) {
      SimulationPlan part = PlanCodec.decode(PlanCodec.encode(plan.over(new Leg(from, to))));
      Tally leg = new Tally(part, shards.size());
      new PlanRunner(part, new CpuExecutor(), DeviceRequest.ANY)
          .run(shards, leg, carry, new MemoryCarry());
      legs.overlay(leg);
      carry.next();
      from = to;
    }
    assertThat(legs.fine().total(0)).isEqualTo(whole.fine().total(0));
  }

  @Test
  void aDerivativeThatIsZeroOrConstantHasNoState() {
    Solver solver = Solver.of(sde("black-scholes")).parameters(EstimatorFixture.PARAMETERS);
    PathProgram program =
        solver
            .claim(contracts("black-scholes").european("call", OptionType.CALL, 100, 1))
            .gradientMethod(GradientMethod.TANGENT)
            .gradient("spot", "sigma", "r")
            .plan()
            .fine()
            .program();
    assertThat(program.stateNames()).containsExactly("x", "x/r", "x/sigma");
    assertThat(program.swept()).isFalse();
  }

  /** What a run is asked for decides, not the machine: the numbers stay reproducible. */
  @Test
  void theyAreChosenWhereDatesOutnumberParametersAndSweepsCostMore() {
    GradientChoice few = book().gradient("spot", "xi").plan().fine().gradient();
    assertThat(few.method()).isEqualTo(GradientMethod.TANGENT);
    assertThat(few.reason()).contains("2 parameters and", "sweeps from 3 dates");
    assertThat(book().gradient(HESTON_NAMES).plan().fine().gradient().method())
        .isEqualTo(GradientMethod.STORED);
  }
}
