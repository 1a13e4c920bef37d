package io.pathwise.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Precision;
import io.pathwise.kernel.Schedule;
import io.pathwise.kernel.TimeGrid;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import io.pathwise.payoff.Watch;
import io.pathwise.scheme.EulerMaruyama;
import io.pathwise.sde.NoiseType;
import io.pathwise.sde.Sde;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Functionals of several values, and outputs that bring their derivatives. */
class ComponentsAndTangentsTest {
  private static final Expr A = Expr.param("a");
  private static final Expr X = PathProgram.state(0);
  private static final Expr V = PathProgram.state(1);

  /** A geometric Brownian motion x and its derivative v in the drift a. */
  private static Sde equation() {
    return Sde.ito("gbm and tangent")
        .parameters("a")
        .state("x", Expr.of(1))
        .state("v", Expr.ZERO)
        .drift((t, y) -> Expr.concat(List.of(y.get(0).times(A), y.get(0).plus(y.get(1).times(A)))))
        .diffusion(NoiseType.SCALAR, (t, y) -> y.times(0.3).reshape(Shape.matrix(2, 1)));
  }

  /** The sum of x, of its square and of v, and a running product of both. */
  private static Functional sums() {
    return new Functional(
        "sums",
        List.of(0.0, 1.0, 0.0),
        List.of(
            Functional.value(0).plus(X),
            Functional.value(1).plus(X.square().times(Functional.value(0).plus(A))),
            Functional.value(2).plus(V)));
  }

  private static PathRun run(double a, List<String> gradient, List<Output> outputs) {
    PathProgram program =
        Tracer.trace(
            equation(),
            new EulerMaruyama(),
            Precision.DOUBLE,
            gradient,
            1,
            List.of(sums()),
            outputs);
    TimeGrid grid = TimeGrid.of(0.1, new double[] {1.0});
    int[] events = {3, 6, 8};
    List<Schedule.OutputInstance> instances =
        IntStream.range(0, outputs.size())
            .boxed()
            .flatMap(
                o ->
                    IntStream.of(5, 10)
                        .mapToObj(
                            at ->
                                new Schedule.OutputInstance(
                                    o,
                                    at,
                                    outputs.get(o).slots() == 0 ? new int[0] : new int[] {0},
                                    Map.of(),
                                    true)))
            .toList();
    return new PathRun(
        program,
        new Schedule(
            grid.times(),
            grid.stepInputs(),
            IntStream.range(0, grid.steps()).toArray(),
            List.of(new Schedule.FunctionalInstance(0, events, Collections.nCopies(3, Map.of()))),
            instances),
        Map.of("a", a),
        5,
        0,
        OnNan.FAIL);
  }

  private static Output swept(String name, Expr value) {
    return new Output(name, 1, value, true);
  }

  private static double[] sums(PathRun run) {
    return new CpuExecutor().open(run).run(new Shard(0, 0, 700), PathSink.NONE).sums();
  }

  @Test
  void aSweepGoesThroughAllComponents() {
    List<Output> outputs =
        List.of(
            swept("second", Output.slot(0, 1).times(X)),
            swept("both", Output.slot(0, 0).times(Output.slot(0, 1)).times(A)));
    double h = 1e-5;
    double[] sums = sums(run(0.1, List.of("a"), outputs));
    double[] up = sums(run(0.1 + h, List.of(), outputs));
    double[] down = sums(run(0.1 - h, List.of(), outputs));
    for (int o = 0; o < 4; o++) {
      double difference = (up[2 * o] - down[2 * o]) / (2 * h);
      assertThat(sums[4 * o + 2]).isCloseTo(difference, within(1e-6 * Math.abs(difference)));
    }
  }

  @Test
  void theReplayKnowsAllComponents() {
    PathRun run = run(0.1, List.of(), List.of(swept("second", Output.slot(0, 1).times(X))));
    PathReplay replay = new PathReplay(run);
    double[] sums = new CpuExecutor().open(run).run(new Shard(0, 17, 1), PathSink.NONE).sums();
    double[] values = replay.outputs(replay.states(17));
    assertThat(values).containsExactly(sums[0], sums[2]);
  }

  @Test
  void tangentsAreTheSweepsDerivatives() {
    List<Output> outputs =
        List.of(
            new Output("swept", 1, X.square().plus(Output.slot(0).times(A)), true),
            new Output(
                "carried",
                1,
                X.square().plus(Output.slot(0).times(A)),
                true,
                List.of(
                    X.times(V).times(2).plus(Output.slot(0, 2).times(A)).plus(Output.slot(0)))));
    double[] sums = sums(run(0.1, List.of("a"), outputs));
    double[] alone = sums(run(0.1, List.of("a"), List.of(outputs.get(1))));
    for (int j = 0; j < 8; j++) {
      assertThat(sums[8 + j]).isCloseTo(sums[j], within(1e-12 * Math.abs(sums[j])));
      assertThat(alone[j]).isEqualTo(sums[8 + j]);
    }
  }

  @Test
  void outputsWithTangentsNeedNoSweepAndMayRunInLegs() {
    PathRun run =
        run(
            0.1,
            List.of("a"),
            List.of(new Output("carried", 1, Output.slot(0), true, List.of(Output.slot(0, 2)))));
    assertThat(run.program().swept()).isFalse();
    double[] whole = sums(run);
    MemoryCarry carry = new MemoryCarry();
    double[] first = leg(run, new Leg(0, 7), carry);
    carry.next();
    double[] second = leg(run, new Leg(7, 10), carry);
    for (int s = 0; s < whole.length; s++) {
      assertThat(first[s] + second[s]).isEqualTo(whole[s]);
    }
  }

  private static double[] leg(PathRun run, Leg leg, Carry carry) {
    return new CpuExecutor()
        .open(run.over(leg))
        .run(List.of(new Shard(0, 0, 700)), PathSink.NONE, carry)
        .get(0)
        .sums();
  }

  @Test
  void aPlanKeepsThemAsBytes() {
    PathRun run =
        run(
            0.1,
            List.of("a"),
            List.of(
                swept("second", Output.slot(0, 1)),
                new Output("carried", 1, X, true, List.of(V)),
                new Output("plain", 0, X, false)));
    SimulationPlan plan = new SimulationPlan(run, Optional.empty());
    assertThat(PlanCodec.decode(PlanCodec.encode(plan)).fine().program()).isEqualTo(run.program());
  }

  @Test
  void numbersThatDoNotAgreeAreRefused() {
    assertThatThrownBy(() -> new Functional("f", List.of(0.0), List.of(X, V)))
        .hasMessage("f: 1 initial values for 2 updates");
    assertThatThrownBy(() -> new Output("o", 0, X, false, List.of(V)))
        .hasMessage("o: 1 tangents of an output that is not differentiated");
    assertThatThrownBy(
            () -> run(0.1, List.of("a"), List.of(new Output("o", 0, X, true, List.of(V, V)))))
        .hasMessage("o: 2 tangents for 1 parameters");
    assertThatThrownBy(() -> Watch.everyStep(sums(), Map.of()))
        .hasMessageContaining("expected one where it is updated after every step");
  }
}
