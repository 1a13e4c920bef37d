package io.pathwise.gpu;

import io.pathwise.adjoint.GradientMethod;
import io.pathwise.expr.Expr;
import io.pathwise.kernel.Precision;
import io.pathwise.kernel.Recurrence;
import io.pathwise.learn.Activation;
import io.pathwise.learn.GruCell;
import io.pathwise.learn.Mlp;
import io.pathwise.learn.Weight;
import io.pathwise.learn.Weights;
import io.pathwise.model.Catalogue;
import io.pathwise.payoff.Averaging;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Contracts;
import io.pathwise.payoff.Discounting;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.OptionType;
import io.pathwise.payoff.Output;
import io.pathwise.payoff.Watch;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Divergence;
import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import io.pathwise.solve.OnNan;
import io.pathwise.solve.PathInput;
import io.pathwise.solve.Shard;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.solve.Solver;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The device computes the CPU's bits of derivatives in curves, of what paths bring along, and of
 * recurrences before a path starts.
 */
class BroughtParityTest {
  private static final List<Shard> SHARDS =
      List.of(new Shard(0, 0, 600), new Shard(1, 600, 40), new Shard(2, 640, 513));
  private static final List<Double> DATES = List.of(0.0, 0.3, 0.5);

  @ParameterizedTest
  @EnumSource(
      value = GradientMethod.class,
      names = {"STORED", "CHECKPOINTED", "TANGENT"})
  void derivativesInTheNodesOfCurvesHaveTheSameBits(GradientMethod method) {
    Sde sde = Catalogue.find("black-scholes").orElseThrow().sde(Set.of("r", "q"));
    ZeroCurve rates =
        new ZeroCurve(new double[] {0.1, 0.15, 0.6, 2}, new double[] {0.01, 0.02, 0.03, 0.02});
    Contracts contracts =
        new Contracts(sde.observables().get("S"), Discounting.curve("r", rates::discount));
    SimulationPlan plan =
        Solver.of(sde)
            .parameters(Map.of("spot", 100.0, "sigma", 0.2))
            .curves(Map.of("r", rates, "q", ZeroCurve.flat(0.01)))
            .step(0.125)
            .gradient("r", "spot", "q", "initial.x")
            .gradientMethod(method)
            .claim(contracts.european("call", OptionType.CALL, 100, 1))
            .claim(contracts.asian("asian", OptionType.PUT, Averaging.ARITHMETIC, 98, 0.5, 2))
            .plan();
    Parity.assertSameBits(plan.fine(), SHARDS);
  }

  private static Solver latent(String scheme) {
    PathInput seen =
        new PathInput("seen", 1, DATES, (path, entry, j) -> 0.3 * Math.sin(path + 2.0 * entry));
    PathInput start = PathInput.ofPaths("start", 2, (path, entry, j) -> 0.01 * (path % 50) - j);
    GruCell cell = new GruCell("encoder", 1, 2);
    Recurrence encoder = cell.backward("context", seen.leaf());
    Mlp drift = new Mlp("drift", List.of(4, 3, 2), Activation.LIPSWISH);
    List<Weight> weights =
        Stream.of(cell.weights(), drift.weights()).flatMap(List::stream).toList();
    Sde.Builder builder = scheme.equals("euler") ? Sde.ito("latent") : Sde.stratonovich("latent");
    Sde posterior =
        builder
            .parameters(Weights.names(weights))
            .state("z0", start.leaf().get(0).plus(encoder.value().get(0)))
            .state("z1", encoder.value().get(1).times(start.leaf().get(1)))
            .drift((t, z) -> drift.apply(Expr.concat(List.of(z, encoder.value()))))
            .diagonal((t, z) -> Activation.SIGMOID.apply(z).plus(0.1));
    Sde sde = Divergence.from(posterior, posterior.state().neg());
    Expr logqp = sde.observables().get(Divergence.STATE);
    Expr miss = sde.state().get(0).minus(seen.leaf().get(0));
    Functional likelihood =
        new Functional(
            "likelihood",
            0,
            Functional.VALUE.minus(miss.square()).minus(encoder.value().get(0).square()));
    Watch watch = new Watch(likelihood, DATES.subList(1, 3), List.of(Map.of(), Map.of()));
    Expr value = Output.slot(0).minus(logqp).plus(start.leaf().get(1));
    return Solver.of(sde)
        .scheme(Schemes.find(scheme).orElseThrow())
        .parameters(Weights.initial(weights, 3))
        .input(seen)
        .input(start)
        .recurrence(encoder, DATES)
        .step(0.1)
        .gradient("encoder.Wh[1]", "encoder.bi[3]", "drift.0.W[2]", "drift.1.b[0]")
        .claim(new Claim("elbo", "elbo", value, true, 0.5, List.of(watch), Map.of(), true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"euler", "reversible-heun"})
  void aLatentSdeHasTheSameBits(String scheme) {
    Parity.assertSameBits(latent(scheme).companion().plan(), SHARDS);
  }

  @ParameterizedTest
  @EnumSource(
      value = GradientMethod.class,
      names = {"CHECKPOINTED", "REVERSIBLE"})
  void soHasOneThatIsSweptInAnotherWay(GradientMethod method) {
    Parity.assertSameBits(latent("reversible-heun").gradientMethod(method).plan().fine(), SHARDS);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void soHasOneInEitherPrecision(Precision precision) {
    Parity.assertSameBits(latent("euler").precision(precision).plan().fine(), SHARDS);
  }

  /** Some paths start where the drift is not finite: what the others bring along moves up. */
  @Test
  void droppedPathsLeaveTheOthersWhatTheyBrought() {
    PathInput start =
        PathInput.ofPaths("start", 1, (path, entry, j) -> path % 7 == 3 ? -1 : 1 + 0.01 * path);
    Sde sde =
        Sde.ito("rooted")
            .parameters("a")
            .state("x", start.leaf().get(0))
            .drift((t, x) -> x.log().times(Expr.param("a")))
            .diagonal((t, x) -> x.times(0.1));
    SimulationPlan plan =
        Solver.of(sde)
            .parameters(Map.of("a", 0.3))
            .input(start)
            .onNan(OnNan.DROP)
            .step(0.25)
            .gradient("a")
            .observe("x", 0.5)
            .plan();
    Parity.assertSameBits(plan.fine(), SHARDS);
  }
}
