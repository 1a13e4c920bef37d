package io.pathwise.spark.job;

import io.pathwise.kernel.Precision;
import io.pathwise.model.CorrelatedGbm;
import io.pathwise.noise.NoiseSource;
import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.FractionalDriver;
import io.pathwise.sde.GammaSubordination;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Solver;
import java.util.List;
import java.util.Optional;

/** Checks that the parts of a job fit each other. */
final class Combination {
  private Combination() {}

  static void check(
      Section job,
      List<TradeSpec> trades,
      ModelSpec model,
      SimulationSpec simulation,
      List<String> differentiated) {
    Optional<Sde> declared = declared(job, model);
    if (declared.isEmpty()) {
      return;
    }
    Sde sde = simulation.converted(declared.get());
    Scheme scheme = simulation.scheme();
    Section section = job.section("simulation", "").orElseThrow();
    if (!scheme.supports(sde)) {
      List<String> fitting =
          Schemes.all().stream().filter(s -> s.supports(sde)).map(Scheme::name).toList();
      section.complain(
          "scheme",
          scheme.missingStructure(sde).map(structure -> "needs " + structure).orElse(misfit(sde))
              + ", expected "
              + (fitting.isEmpty() ? "another model" : "one of " + String.join(", ", fitting)));
    }
    if (scheme.supports(sde) && model.parameters().keySet().containsAll(sde.parameters())) {
      scheme
          .misfit(sde, model.parameters())
          .ifPresent(problem -> section.complain("scheme", "does not fit, " + problem));
    }
    if (simulation.control().isPresent()) {
      Solver.controlProblems(sde, scheme, simulation.control().get(), differentiated)
          .forEach(problem -> section.complain("step-control", problem));
    }
    checkBoundaries(section, simulation, differentiated);
    checkSampling(section, simulation, sde);
    if (!trades.isEmpty()) {
      checkPricing(job, trades, model, sde);
      checkBarriers(job, trades, sde);
    }
  }

  private static void checkBoundaries(
      Section section, SimulationSpec simulation, List<String> differentiated) {
    boolean drawn = simulation.bounded().free() != simulation.bounded();
    if (drawn && !differentiated.isEmpty()) {
      section.complain(
          BoundaryReader.KEY,
          "when a path reaches it is drawn, which has no pathwise derivative: expected no"
              + " sensitivities, or action = reflect");
    }
    if (!simulation.boundaries().isEmpty() && simulation.estimator().controlled()) {
      section.complain(
          BoundaryReader.KEY,
          "the means that control variates know are those of paths without it, expected"
              + " estimator.control = none");
    }
  }

  private static void checkSampling(Section section, SimulationSpec simulation, Sde sde) {
    boolean prepared = !(simulation.sampling() instanceof NoiseSource.Pseudo);
    boolean fractional = sde.capability(FractionalDriver.class).isPresent();
    if (prepared && simulation.control().isPresent()) {
      section.complain(
          SamplingReader.KEY,
          "prepares the numbers of a grid's steps, expected method = pseudo with step-control");
    }
    if (fractional && simulation.sampling() instanceof NoiseSource.Sobol) {
      section.complain(
          SamplingReader.KEY, "fractional noise is pseudo-random, expected method = pseudo");
    }
    if (fractional && simulation.precision() != Precision.DOUBLE) {
      section.complain("precision", "fractional noise is in double precision, expected double");
    }
    Scheme scheme = simulation.scheme();
    if (fractional && !scheme.name().equals("euler") && scheme.supports(sde)) {
      section.complain(
          "scheme", "needs Brownian increments, and fractional noise has others; expected euler");
    }
  }

  /** The equation; a problem of its noise where that is not what g is. */
  private static Optional<Sde> declared(Section job, ModelSpec model) {
    try {
      return Optional.of(model.sde());
    } catch (IllegalArgumentException wrongStructure) {
      job.section("model", "")
          .orElseThrow()
          .complain("noise", "does not hold, " + wrongStructure.getMessage());
      return Optional.empty();
    }
  }

  private static String misfit(Sde sde) {
    return "does not fit "
        + Section.spell(sde.noise())
        + " noise in "
        + Section.spell(sde.calculus())
        + " calculus";
  }

  /** Between the jumps of a gamma clock there is no Brownian bridge. */
  private static void checkBarriers(Section job, List<TradeSpec> trades, Sde sde) {
    boolean always =
        trades.stream().anyMatch(t -> t instanceof TradeSpec.Barrier barrier && barrier.always());
    if (always && sde.capability(GammaSubordination.class).isPresent()) {
      job.section("model", "")
          .orElseThrow()
          .complain(
              "type",
              "moves on a gamma clock, by jumps alone, and a barrier is watched at any time,"
                  + " expected monitoring dates");
    }
  }

  private static void checkPricing(Section job, List<TradeSpec> trades, ModelSpec model, Sde sde) {
    Section section = job.section("model", "").orElseThrow();
    if (model instanceof CatalogueModel several && several.model() instanceof CorrelatedGbm) {
      section.complain(
          "type",
          "has a price an asset, and trades do not name an asset: expected job = simulate, or a"
              + " model of one price");
      return;
    }
    boolean bonds = trades.stream().allMatch(trade -> trade instanceof TradeSpec.ZeroCoupon);
    if (bonds && sde.observables().containsKey(ModelSpec.DISCOUNT)) {
      return;
    }
    if (!bonds && !sde.observables().containsKey(ModelSpec.PRICE)) {
      section.missing(
          "states." + ModelSpec.PRICE, "a state S, the price that trades are written on");
    }
    if (!model.parameters().containsKey(ModelSpec.RATE)
        && !model.curves().containsKey(ModelSpec.RATE)) {
      section.missing("parameters." + ModelSpec.RATE, "a rate or a curve to discount with");
    }
  }
}
