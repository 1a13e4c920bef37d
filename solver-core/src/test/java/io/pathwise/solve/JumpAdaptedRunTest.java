package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.control.Boundary;
import io.pathwise.control.StepControl;
import io.pathwise.estimate.Moments;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.model.Catalogue;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.JumpTerm;
import io.pathwise.sde.Marks;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Jumps at times of the paths' own. Statistical bounds are five standard errors: a false alarm once
 * in 1.7 million seeds; the seeds are fixed.
 */
class JumpAdaptedRunTest {
  private static final double END = 1.5;

  /** Merton's jump-diffusion on S with a compensated drift, and the same without diffusion on n. */
  private static Sde merton() {
    Expr lambda = Expr.param("lambda");
    Expr growth = Expr.of(-0.1).plus(0.15 * 0.15 / 2).exp().minus(1);
    return Sde.ito("merton")
        .parameters("lambda")
        .state("S", Expr.of(100))
        .state("n", Expr.ZERO)
        .drift(
            (t, y) ->
                Expr.concat(
                    List.of(y.get(0).times(Expr.of(0.03).minus(lambda.times(growth))), Expr.ZERO)))
        .diffusion(
            NoiseType.SCALAR,
            (t, y) ->
                Expr.concat(List.of(y.get(0).times(0.2), Expr.ZERO)).reshape(Shape.matrix(2, 1)))
        .with(
            new JumpTerm(
                "crash",
                lambda,
                new Marks.Normal(Expr.of(-0.1), Expr.of(0.15)),
                Expr.concat(List.of(Sde.state(2).get(0).times(Marks.MARK.exp().minus(1)), Expr.ONE))
                    .reshape(Shape.vector(2))));
  }

  private static Solver solver(StepControl control) {
    return Solver.of(merton())
        .parameters(Map.of("lambda", 1.7))
        .scheme(Schemes.find("milstein").orElseThrow())
        .adaptive(control)
        .observe("S", 0.4, END)
        .observe("n", END)
        .observe("adaptive.jumps", END)
        .seed(3);
  }

  private static void poisson(Solution solution, double mean) {
    double[] n = solution.paths("n", END);
    for (int count = 0; count < 5; count++) {
      double p = StrictMath.exp(-mean);
      for (int i = 1; i <= count; i++) {
        p *= mean / i;
      }
      int c = count;
      double share = java.util.Arrays.stream(n).filter(x -> x == c).count() / (double) n.length;
      assertThat(share).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / n.length)));
    }
  }

  @Test
  void theNumberOfJumpsIsPoissonAndTheDiscountedPriceAMartingale() {
    for (StepControl control :
        List.of(StepControl.fixed(0.1), StepControl.adaptive(1e-3, 1e-3, 1e-5, 0.5))) {
      Solution solution = solver(control).solve(control.adaptive() ? 4000 : 20_000);
      poisson(solution, 1.7 * END);
      assertThat(solution.paths("adaptive.jumps", END)).isEqualTo(solution.paths("n", END));
      Moments price = solution.observed("S", END);
      assertThat(price.mean())
          .isCloseTo(100 * Math.exp(0.03 * END), within(5 * price.standardError()));
    }
  }

  /** A counter whose jumps have an intensity of t and of itself. */
  private static Solver counter(Expr intensity, double bound) {
    Sde sde =
        Sde.ito("counter")
            .state("n", Expr.ZERO)
            .diffusion(NoiseType.ADDITIVE, (t, y) -> Expr.ZERO.reshape(Shape.matrix(1, 1)))
            .with(
                new JumpTerm(
                    "arrival",
                    intensity,
                    Optional.of(Expr.of(bound)),
                    new Marks.Deterministic(Expr.ONE),
                    Marks.MARK.reshape(Shape.vector(1))));
    return Solver.of(sde)
        .parameters(Map.of())
        .adaptive(StepControl.fixed(0.5))
        .observe("n", END)
        .seed(6);
  }

  @Test
  void thinningGivesTheIntensityOfTimeItsPoissonLaw() {
    poisson(counter(Sde.TIME.times(2), 3).solve(20_000), END * END);
  }

  /** Arrivals at rate 1 while there are fewer than 2: the second's law is that of Gamma(2). */
  @Test
  void thinningGivesTheIntensityOfTheStateItsLaw() {
    Expr open = Expr.of(1.5).above(Sde.state(1).get(0));
    Moments n = counter(open, 2.5).solve(20_000).observed("n", END);
    double first = 1 - Math.exp(-END);
    double second = 1 - Math.exp(-END) * (1 + END);
    assertThat(n.mean()).isCloseTo(first + second, within(5 * n.standardError()));
  }

  @Test
  void anIntensityAboveItsBoundIsNamedWithPathTimeAndBound() {
    assertThatThrownBy(() -> counter(Sde.TIME.times(2), 1).solve(100))
        .isInstanceOf(JumpBoundException.class)
        .hasMessageMatching(
            "path \\d+: the intensity of jump arrival is [12]\\.\\d+ at t = (0\\.[5-9]|1\\.)\\d+,"
                + " above its declared bound 1\\.0\\d*");
  }

  @Test
  void jumpTimesDoNotDependOnWhatIsReadOrHowStepsAreChosen() {
    double[] n = solver(StepControl.fixed(0.1)).solve(200).paths("n", END);
    Solution other =
        solver(StepControl.adaptive(1e-2, 1e-2, 1e-4, 0.7)).observe("S", 0.9).solve(200);
    assertThat(other.paths("n", END)).isEqualTo(n);
  }

  private static Map<Long, double[]> captured(PathRun run, Shard shard) {
    Map<Long, double[]> values = new HashMap<>();
    int outputs = run.schedule().outputs().size();
    new CpuExecutor()
        .open(run)
        .run(
            shard,
            (output, paths, of, n) -> {
              for (int i = 0; i < n; i++) {
                values.computeIfAbsent(paths[i], p -> new double[outputs])[output] = of[i];
              }
            });
    return values;
  }

  @Test
  void aJumpingPathHasTheSameBitsAloneInABlockAndInTheInterpreterAfterATrip() {
    PathRun run = solver(StepControl.adaptive(1e-2, 1e-2, 1e-4, 0.7)).plan().fine();
    Map<Long, double[]> together = captured(run, new Shard(0, 0, 600));
    SimulationPlan travelled =
        PlanCodec.decode(PlanCodec.encode(new SimulationPlan(run, Optional.empty())));
    PathReplay replay = new PathReplay(travelled.fine());
    for (long path : new long[] {0, 300, 511, 512, 599}) {
      assertThat(captured(run, new Shard(0, path, 1)).get(path))
          .containsExactly(together.get(path));
      assertThat(replay.outputs(replay.states(path))).containsExactly(together.get(path));
    }
  }

  @Test
  void aBoundaryThatAJumpWouldPassIsRefused() {
    assertThatThrownBy(
            () ->
                solver(StepControl.fixed(0.5))
                    .boundary(
                        new Boundary(Boundary.Kind.STOP, "S", Boundary.Side.BELOW, Expr.of(50)))
                    .plan())
        .hasMessageContaining("paths that jump have no boundaries yet");
  }

  @Test
  void anIntensityOfTheStateWithoutABoundIsRefused() {
    Sde sde =
        merton()
            .with(
                new JumpTerm(
                    "more",
                    Sde.state(2).get(0),
                    new Marks.Deterministic(Expr.ONE),
                    Expr.vector(0, 0)));
    assertThatThrownBy(
            () ->
                Solver.of(sde)
                    .parameters(Map.of("lambda", 1.0))
                    .scheme(Schemes.find("milstein").orElseThrow())
                    .adaptive(StepControl.fixed(0.5))
                    .observe("S", 1)
                    .plan())
        .hasMessageContaining("jump more")
        .hasMessageContaining("bound");
  }

  @Test
  void aBoundaryThatAGammaClockWouldPassIsRefused() {
    assertThatThrownBy(
            () ->
                Solver.of(Catalogue.find("variance-gamma").orElseThrow().sde(Set.of()))
                    .parameters(
                        Map.of(
                            "spot", 1.0, "r", 0.0, "q", 0.0, "sigma", 0.2, "nu", 0.5, "theta", 0.0))
                    .boundary(
                        new Boundary(Boundary.Kind.REFLECT, "x", Boundary.Side.BELOW, Expr.of(-1)))
                    .observe("S", 1)
                    .plan())
        .hasMessageContaining("paths that jump have no boundaries yet");
  }
}
