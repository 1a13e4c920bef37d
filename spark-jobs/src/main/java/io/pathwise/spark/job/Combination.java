package io.pathwise.spark.job;

import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
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
    if (!scheme.supports(sde)) {
      List<String> fitting =
          Schemes.all().stream().filter(s -> s.supports(sde)).map(Scheme::name).toList();
      Section section = job.section("simulation", "").orElseThrow();
      section.complain(
          "scheme",
          scheme.missingStructure(sde).map(structure -> "needs " + structure).orElse(misfit(sde))
              + ", expected "
              + (fitting.isEmpty() ? "another model" : "one of " + String.join(", ", fitting)));
    }
    if (scheme.supports(sde) && model.parameters().keySet().containsAll(sde.parameters())) {
      Section section = job.section("simulation", "").orElseThrow();
      scheme
          .misfit(sde, model.parameters())
          .ifPresent(problem -> section.complain("scheme", "does not fit, " + problem));
    }
    if (simulation.control().isPresent()) {
      Section section = job.section("simulation", "").orElseThrow();
      Solver.controlProblems(sde, scheme, simulation.control().get(), differentiated)
          .forEach(problem -> section.complain("step-control", problem));
    }
    if (!trades.isEmpty()) {
      checkPricing(job, trades, model, sde);
      checkBarriers(job, trades, sde);
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
