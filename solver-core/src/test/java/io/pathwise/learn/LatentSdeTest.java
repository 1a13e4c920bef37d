package io.pathwise.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Shape;
import io.pathwise.kernel.Precision;
import io.pathwise.kernel.Recurrence;
import io.pathwise.noise.NormalMethod;
import io.pathwise.noise.PathNormals;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import io.pathwise.payoff.Watch;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Divergence;
import io.pathwise.sde.Sde;
import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.PathInput;
import io.pathwise.solve.PathReplay;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.Solution;
import io.pathwise.solve.Solver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A latent SDE (Li et al. 2020, section 5): an encoder reads observations backward in time, the
 * posterior SDE reads the encoder's context, and the evidence lower bound is differentiated through
 * both.
 */
class LatentSdeTest {
  private static final int PATHS = 24;
  private static final int LATENT = 2;
  private static final int CONTEXT = 3;
  private static final String BOUND = "elbo";
  private static final List<Double> DATES = List.of(0.0, 0.3, 0.5, 0.8);

  private static final GruCell CELL = new GruCell("encoder", 1, CONTEXT);
  private static final Dense START = Dense.affine("start", CONTEXT, 2 * LATENT);
  private static final Mlp POSTERIOR =
      new Mlp("posterior", List.of(LATENT + CONTEXT, 4, LATENT), Activation.LIPSWISH);
  private static final Mlp PRIOR = new Mlp("prior", List.of(LATENT, 3, LATENT), Activation.TANH);
  private static final Dense DECODER = Dense.affine("decoder", LATENT, 1);

  private static final PathInput SEEN =
      new PathInput(
          "seen", 1, DATES, (path, entry, j) -> Math.sin(0.7 * path + 2 * DATES.get(entry)));
  private static final PathNormals NORMALS =
      new PathNormals(NormalMethod.BOX_MULLER, 99, 0, LATENT);
  private static final PathInput START_NOISE =
      PathInput.ofPaths("noise", LATENT, (path, entry, j) -> startNoise(path, j));

  private static final Recurrence ENCODER = CELL.backward("context", SEEN.leaf());

  private static synchronized double startNoise(long path, int j) {
    return NORMALS.normal(path, 0, j);
  }

  private static List<Weight> weights() {
    return Stream.of(
            CELL.weights(),
            START.weights(),
            POSTERIOR.weights(),
            PRIOR.weights(),
            DECODER.weights())
        .flatMap(List::stream)
        .toList();
  }

  private static Sde sde(String scheme) {
    Expr context = ENCODER.value();
    Expr start = START.apply(context);
    Expr mean = start.slice(0, Shape.vector(LATENT));
    Expr logDeviation = start.slice(LATENT, Shape.vector(LATENT));
    Expr z0 = mean.plus(logDeviation.exp().times(START_NOISE.leaf()));
    // The divergence of N(mean, deviation^2) from N(0, 1), element by element.
    Expr initial =
        mean.square()
            .plus(logDeviation.times(2).exp())
            .minus(1)
            .times(0.5)
            .minus(logDeviation)
            .sum();
    Sde.Builder builder = scheme.equals("euler") ? Sde.ito("latent") : Sde.stratonovich("latent");
    Sde posterior =
        builder
            .parameters(Weights.names(weights()))
            .state("z0", z0.get(0))
            .state("z1", z0.get(1))
            .drift((t, z) -> POSTERIOR.apply(Expr.concat(List.of(z, context))))
            .diagonal((t, z) -> Activation.SIGMOID.apply(z).times(0.5).plus(0.2));
    return Divergence.from(posterior, PRIOR.apply(posterior.state()), initial);
  }

  private static Solver solver(String scheme, Map<String, Double> parameters) {
    Sde sde = sde(scheme);
    Expr z = sde.state().slice(0, Shape.vector(LATENT));
    Expr logqp = sde.observables().get(Divergence.STATE);
    Expr miss = DECODER.apply(z).get(0).minus(SEEN.leaf().get(0)).over(0.3);
    Functional likelihood =
        new Functional("likelihood", 0, Functional.VALUE.minus(miss.square().times(0.5)));
    List<Double> after = DATES.subList(1, DATES.size());
    Watch watch = new Watch(likelihood, after, List.of(Map.of(), Map.of(), Map.of()));
    Functional before = new Functional("before", 0, logqp);
    Watch interval = new Watch(before, List.of(0.5), List.of(Map.of()));
    return Solver.of(sde)
        .scheme(Schemes.find(scheme).orElseThrow())
        .parameters(parameters)
        .input(SEEN)
        .input(START_NOISE)
        .recurrence(ENCODER, DATES)
        .step(0.1)
        .threads(1)
        .claim(claim(BOUND, Output.slot(0).minus(logqp), 0.8, watch))
        .claim(claim("interval", logqp.minus(Output.slot(0)), 0.8, interval))
        .claim(Claim.value("early", logqp, 0.5))
        .claim(Claim.value("late", logqp, 0.8));
  }

  private static Claim claim(String id, Expr value, double time, Watch watch) {
    return new Claim(id, id, value, true, time, List.of(watch), Map.of(), false);
  }

  private static Map<String, Double> start() {
    return Weights.initial(weights(), 7);
  }

  /** Central differences on the same noise, in weights of every network. */
  @ParameterizedTest
  @ValueSource(strings = {"euler", "reversible-heun"})
  void theBoundHasTheGradientOfFiniteDifferencesInEncoderAndEquation(String scheme) {
    Solution solution = solver(scheme, start()).gradient(Weights.names(weights())).solve(PATHS);
    for (String name :
        List.of(
            "encoder.Wi[0]",
            "encoder.Wi[7]",
            "encoder.bi[4]",
            "encoder.Wh[2]",
            "encoder.Wh[25]",
            "encoder.bh[8]",
            "start.W[3]",
            "start.b[2]",
            "posterior.0.W[4]",
            "posterior.1.b[1]",
            "prior.0.W[1]",
            "decoder.W[0]")) {
      double h = 1e-5;
      Solution up = solver(scheme, moved(name, h)).solve(PATHS);
      Solution down = solver(scheme, moved(name, -h)).solve(PATHS);
      for (String claim : List.of(BOUND, "interval", "early")) {
        double difference = (up.value(claim).mean() - down.value(claim).mean()) / (2 * h);
        assertThat(solution.derivative(claim, name).mean())
            .as("%s in %s", claim, name)
            .isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
      }
    }
    assertThat(Math.abs(solution.derivative(BOUND, "encoder.Wh[2]").mean())).isGreaterThan(1e-4);
    assertThat(solution.derivative(BOUND, "encoder.Wh[2]").standardError()).isPositive();
  }

  private static Map<String, Double> moved(String name, double h) {
    Map<String, Double> moved = new HashMap<>(start());
    moved.merge(name, h, Double::sum);
    return moved;
  }

  @ParameterizedTest
  @ValueSource(strings = {"euler", "reversible-heun"})
  void everyPathIsThatOfTheInterpreter(String scheme) {
    PathRun run = solver(scheme, start()).gradient("start.b[0]").plan().fine();
    PathReplay replay = new PathReplay(run);
    for (long path : new long[] {0, 17}) {
      double[] sums = new CpuExecutor().open(run).run(new Shard(0, path, 1), PathSink.NONE).sums();
      double[] values = replay.outputs(path, replay.states(path));
      for (int o = 0; o < values.length; o++) {
        assertThat(sums[run.offset(o)])
            .isEqualTo(values[o] - run.schedule().outputs().get(o).shift());
      }
    }
  }

  @Test
  void theDivergenceOfAnIntervalIsTheDifferenceOfThoseAtItsEnds() {
    Solution solution = solver("euler", start()).solve(PATHS);
    double difference = solution.value("late").mean() - solution.value("early").mean();
    assertThat(solution.value("interval").mean()).isCloseTo(difference, within(1e-12));
    assertThat(difference).isPositive();
  }

  /** A GRU in plain Java over the observations, from the last back to the first. */
  @Test
  void theEncoderReadsTheObservationsBackward() {
    Map<String, Double> point = start();
    double[] h = new double[CONTEXT];
    List<double[]> contexts = new ArrayList<>();
    for (int i = DATES.size() - 1; i >= 0; i--) {
      h = gru(point, Math.sin(0.7 * 3 + 2 * DATES.get(i)), h);
      contexts.add(0, h);
    }
    Sde sde =
        Sde.ito("copy")
            .parameters(Weights.names(CELL.weights()))
            .state("x", ENCODER.value().get(1))
            .drift((t, x) -> Expr.concat(List.of(ENCODER.value().get(2))))
            .diagonal((t, x) -> Expr.vector(0));
    Solver solver =
        Solver.of(sde)
            .parameters(Weights.initial(CELL.weights(), 7))
            .input(SEEN)
            .recurrence(ENCODER, DATES)
            .step(0.8)
            .observe("x", 0.8);
    double[][] states = new PathReplay(solver.plan().fine()).states(3);
    assertThat(states[0][0]).isCloseTo(contexts.get(0)[1], within(1e-14));
    double expected =
        contexts.get(0)[1]
            + 0.3 * contexts.get(1)[2]
            + 0.2 * contexts.get(2)[2]
            + 0.3 * contexts.get(3)[2];
    assertThat(states[3][0]).isCloseTo(expected, within(1e-14));
    assertThat(solver.solve(4).paths("x", 0.8)[3]).isEqualTo(states[3][0]);
  }

  private static double[] gru(Map<String, Double> point, double x, double[] h) {
    List<Weight> w = CELL.weights();
    double[] in =
        Points.affine(Points.of(w.get(0), point), Points.of(w.get(1), point), new double[] {x});
    double[] state = Points.affine(Points.of(w.get(2), point), Points.of(w.get(3), point), h);
    double[] next = new double[CONTEXT];
    for (int i = 0; i < CONTEXT; i++) {
      double r = Points.sigmoid(in[i] + state[i]);
      double z = Points.sigmoid(in[CONTEXT + i] + state[CONTEXT + i]);
      double n = Math.tanh(in[2 * CONTEXT + i] + r * state[2 * CONTEXT + i]);
      next[i] = (1 - z) * n + z * h[i];
    }
    return next;
  }

  @Test
  void inSinglePrecisionTheGradientIsThatOfDoublePrecisionToFourDigits() {
    Solution exact = solver("euler", start()).gradient("encoder.Wh[2]", "start.b[2]").solve(PATHS);
    Solution single =
        solver("euler", start())
            .precision(Precision.SINGLE)
            .gradient("encoder.Wh[2]", "start.b[2]")
            .solve(PATHS);
    for (String name : List.of("encoder.Wh[2]", "start.b[2]")) {
      double expected = exact.derivative(BOUND, name).mean();
      assertThat(single.derivative(BOUND, name).mean())
          .isCloseTo(expected, within(1e-4 * Math.max(1, Math.abs(expected))));
    }
  }

  /** Checkpoints give the bits of stored states; undone steps give them up to rounding. */
  @ParameterizedTest
  @ValueSource(strings = {"euler", "reversible-heun"})
  void everySweepHasTheGradientOfStoredStates(String scheme) {
    String[] names = {"encoder.Wh[2]", "start.b[2]", "posterior.0.W[4]"};
    Solution stored = solver(scheme, start()).gradient(names).solve(PATHS);
    Solution checkpointed =
        solver(scheme, start())
            .gradient(names)
            .gradientMethod(GradientMethod.CHECKPOINTED)
            .solve(PATHS);
    for (String name : names) {
      double expected = stored.derivative(BOUND, name).mean();
      assertThat(checkpointed.derivative(BOUND, name).mean()).isEqualTo(expected);
      if (scheme.equals("reversible-heun")) {
        assertThat(reversible(names).derivative(BOUND, name).mean())
            .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  private static Solution reversible(String... names) {
    return solver("reversible-heun", start())
        .gradient(names)
        .gradientMethod(GradientMethod.REVERSIBLE)
        .solve(PATHS);
  }

  @Test
  void forwardModeThroughTheEncoderIsRefused() {
    assertThatThrownBy(
            () ->
                solver("euler", start())
                    .gradient("start.b[0]")
                    .gradientMethod(GradientMethod.TANGENT)
                    .plan())
        .hasMessageContaining(
            "recurrences before the path have first derivatives by the adjoint alone");
  }

  @Test
  void aRecurrenceOnOtherDatesThanItsSeriesIsRefused() {
    assertThatThrownBy(
            () ->
                solver("euler", start())
                    .recurrence(CELL.backward("other", SEEN.leaf()), List.of(0.2, 0.8))
                    .plan())
        .hasMessageContaining("recurrence other: dates [0.2, 0.8], expected those of seen");
    assertThatThrownBy(
            () ->
                solver("euler", start())
                    .claim(Claim.value("c", ENCODER.value().get(0), 0.8))
                    .plan())
        .hasMessageContaining("a claim: input context, a vector 3, is not among what it may read");
  }
}
