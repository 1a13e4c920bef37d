package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.model.Catalogue;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.OptionType;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Sde;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SolverTest {
  private static final Map<String, Double> HESTON =
      Map.of(
          "spot", 100.0, "v0", 0.04, "r", 0.03, "q", 0.0, "kappa", 1.5, "theta", 0.06, "xi", 0.5,
          "rho", -0.7);

  private static Solver heston() {
    Sde sde = Catalogue.find("heston").orElseThrow().sde(Set.of());
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.rate(Expr.param("r")));
    return Solver.of(sde)
        .parameters(HESTON)
        .step(1.0 / 20)
        .claim(contracts.european("call", OptionType.CALL, 100, 1))
        .observe("S", 0.5, 1.0)
        .observe("v", 1.0)
        .seed(3);
  }

  /** An equation whose paths with a large first normal leave the finite numbers. */
  private static Solver fragile() {
    Sde sde =
        Sde.ito("fragile")
            .parameters("limit")
            .state("x", Expr.ZERO)
            .state("w", Expr.ZERO)
            .drift(
                (t, y) ->
                    Expr.concat(
                        java.util.List.of(
                            y.get(1).above(Expr.param("limit")).times(1e200).square(), Expr.ZERO)))
            .diagonal((t, y) -> Expr.vector(0, 1));
    return Solver.of(sde)
        .parameters(Map.of("limit", 2.0))
        .step(1)
        .observe("x", 2.0)
        .observe("w", 2.0)
        .seed(5);
  }

  @Test
  void theThreadsDoNotReachTheNumbers() {
    Solution one = heston().gradient("spot", "xi").threads(1).solve(20_000);
    Solution three = heston().gradient("spot", "xi").threads(3).solve(20_000);
    for (String claim : new String[] {"call", "S@0.5", "v@1.0"}) {
      assertThat(three.value(claim)).isEqualTo(one.value(claim));
      assertThat(three.derivative(claim, "xi")).isEqualTo(one.derivative(claim, "xi"));
    }
    assertThat(three.paths("S", 1)).containsExactly(one.paths("S", 1));
    assertThat(three.quantile("v", 1, 0.05)).isEqualTo(one.quantile("v", 1, 0.05));
  }

  @Test
  void momentsAndQuantilesAreThoseOfThePaths() {
    Solution solution = heston().solve(10_000);
    double[] paths = solution.paths("S", 0.5);
    double mean = Arrays.stream(paths).sum() / paths.length;
    double variance =
        Arrays.stream(paths).map(x -> (x - mean) * (x - mean)).sum() / (paths.length - 1);
    Moments moments = solution.observed("S", 0.5);
    assertThat(moments.mean()).isCloseTo(mean, within(1e-10));
    assertThat(moments.variance()).isCloseTo(variance, within(1e-9 * variance));
    assertThat(moments.standardError()).isCloseTo(Math.sqrt(variance / 10_000), within(1e-10));
    Arrays.sort(paths);
    assertThat(solution.quantile("S", 0.5, 0.5)).isCloseTo(paths[5000], within(0.05));
  }

  /** On the same Brownian paths, two steps joined differ little from the steps themselves. */
  @Test
  void theCompanionAtTwiceTheStepSharesTheBrownianPath() {
    Solution solution = heston().companion().solve(20_000);
    Moments fine = solution.value("call");
    Moments coarse = solution.atTwiceTheStep("call").orElseThrow();
    assertThat(coarse.mean()).isNotEqualTo(fine.mean());
    assertThat(coarse.mean()).isCloseTo(fine.mean(), within(2 * fine.standardError()));
  }

  /** With additive noise and no drift, Euler is exact: both see the same end of the path. */
  @Test
  void theCompanionEndsWhereABrownianMotionEnds() {
    Sde brownian = Sde.ito("brownian").state("w", Expr.ZERO).diagonal((t, y) -> Expr.vector(1));
    for (double step : new double[] {1.0 / 7, 0.1, 1.0 / 4}) {
      Solution solution =
          Solver.of(brownian).step(step).observe("w", 0.3, 1.0).companion().solve(2_000);
      assertThat(solution.atTwiceTheStep("w@1.0").orElseThrow().mean())
          .isCloseTo(solution.value("w@1.0").mean(), within(1e-13));
      assertThat(solution.atTwiceTheStep("w@0.3").orElseThrow().variance())
          .isCloseTo(solution.value("w@0.3").variance(), within(1e-13));
    }
  }

  @Test
  void aGridThatIsReadAtEveryStepHasNoCompanion() {
    Solution solution = heston().step(0.5).companion().solve(100);
    assertThat(solution.atTwiceTheStep("call")).isEmpty();
  }

  @Test
  void aPathThatLeavesTheFiniteNumbersIsNamedWithStateTimeAndParameters() {
    assertThatThrownBy(() -> fragile().solve(1000))
        .isInstanceOf(NonFinitePathException.class)
        .hasMessageMatching(
            "path \\d+: state x is Infinity at t = 2.0 \\(step 2 of 2\\);"
                + " parameters \\{limit=2.0\\}");
  }

  @Test
  void noThreadIsAtAShardAfterAFailure() {
    AtomicInteger busy = new AtomicInteger();
    assertThatThrownBy(
            () ->
                fragile()
                    .on(new CountingExecutor(busy), DeviceRequest.ANY)
                    .threads(4)
                    .solve(400_000))
        .isInstanceOf(NonFinitePathException.class);
    assertThat(busy).hasValue(0);
  }

  /** Counts the runners that are at work. */
  private record CountingExecutor(AtomicInteger busy) implements ShardExecutor {
    @Override
    public String backend() {
      return "cpu";
    }

    @Override
    public List<ComputeDevice> devices() {
      return new CpuExecutor().devices();
    }

    @Override
    public ComputeDevice device(DeviceRequest request) {
      return new CpuExecutor().device(request);
    }

    @Override
    public String source(PathRun run) {
      return new CpuExecutor().source(run);
    }

    @Override
    public ShardRunner open(PathRun run, DeviceRequest request) {
      ShardRunner runner = new CpuExecutor().open(run, request);
      return new ShardRunner() {
        @Override
        public int batch() {
          return runner.batch();
        }

        @Override
        public List<ShardResult> run(List<Shard> shards, PathSink sink, Carry carry) {
          busy.incrementAndGet();
          try {
            return runner.run(shards, sink, carry);
          } finally {
            busy.decrementAndGet();
          }
        }
      };
    }
  }

  /** P(N > 2) = 0.02275; of 20,000 paths 455 are expected, 21 one standard deviation. */
  @Test
  void pathsThatLeaveTheFiniteNumbersAreDroppedAndCounted() {
    Solution solution = fragile().onNan(OnNan.DROP).solve(20_000);
    assertThat(20_000 - solution.paths()).isBetween(350L, 560L);
    double[] x = solution.paths("x", 2);
    double[] w = solution.paths("w", 2);
    assertThat(Arrays.stream(x).filter(Double::isNaN).count()).isEqualTo(20_000 - solution.paths());
    double sum = Arrays.stream(w).filter(Double::isFinite).sum();
    assertThat(solution.observed("w", 2).mean()).isCloseTo(sum / solution.paths(), within(1e-12));
    assertThat(solution.observed("x", 2).mean()).isZero();
  }

  @Test
  void droppedPathsDoNotDependOnThreads() {
    Solution one = fragile().onNan(OnNan.DROP).threads(1).solve(30_000);
    Solution two = fragile().onNan(OnNan.DROP).threads(2).solve(30_000);
    assertThat(two.observed("w", 2)).isEqualTo(one.observed("w", 2));
  }

  @Test
  void allThatIsMissingIsSaidAtOnce() {
    Sde sde = Catalogue.find("heston").orElseThrow().sde(Set.of());
    assertThatThrownBy(
            () ->
                Solver.of(sde).parameters(Map.of("spot", 1.0)).step(-1).gradient("sigma").solve(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameter v0 = null")
        .hasMessageContaining("parameter rho = null")
        .hasMessageContaining("gradient in sigma, expected one of [spot, v0")
        .hasMessageContaining("step = -1.0")
        .hasMessageContaining("nothing to deliver");
  }

  @Test
  void unknownNamesAreAnsweredWithTheKnownOnes() {
    Solution solution = heston().gradient("xi").solve(10);
    assertThatThrownBy(() -> heston().observe("x2", 1)).hasMessageContaining("expected one of");
    assertThatThrownBy(() -> solution.value("put")).hasMessageContaining("expected one of [call");
    assertThatThrownBy(() -> solution.derivative("call", "rho"))
        .hasMessageContaining("expected one of [xi]");
    assertThatThrownBy(() -> solution.paths("call", 1)).hasMessageContaining("expected one of");
  }

  @Test
  void twoClaimsOfOneNameAreRefused() {
    assertThatThrownBy(() -> heston().claim(Claim.value("call", Expr.ONE, 1)).solve(10))
        .hasMessageContaining("claim call stands twice");
  }

  @Test
  void milsteinAndEulerConvergeToTheSameGeometricBrownianMotion() {
    Sde gbm =
        Sde.ito("gbm")
            .parameters("mu", "sigma")
            .state("S", Expr.ONE)
            .drift((t, y) -> y.times(Expr.param("mu")))
            .diagonal((t, y) -> y.times(Expr.param("sigma")));
    for (String scheme : new String[] {"euler", "milstein"}) {
      Moments moments =
          Solver.of(gbm)
              .parameters(Map.of("mu", 0.1, "sigma", 0.2))
              .scheme(Schemes.find(scheme).orElseThrow())
              .step(0.01)
              .observe("S", 1)
              .solve(40_000)
              .observed("S", 1);
      assertThat(moments.mean())
          .isCloseTo(Math.exp(0.1), within(5 * moments.standardError() + 1e-3));
    }
  }
}
