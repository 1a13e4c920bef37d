package io.pathwise.spark.job;

import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Sde;
import java.util.List;
import java.util.Optional;

/** Checks that the parts of a job fit each other. */
final class Combination {
  private Combination() {}

  static void check(Section job, boolean prices, ModelSpec model, SimulationSpec simulation) {
    Optional<Sde> declared = declared(job, model);
    if (declared.isEmpty()) {
      return;
    }
    Sde sde = declared.get();
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
    if (prices) {
      checkPricing(job, model, sde);
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

  private static void checkPricing(Section job, ModelSpec model, Sde sde) {
    Section section = job.section("model", "").orElseThrow();
    if (!sde.observables().containsKey(ModelSpec.PRICE)) {
      section.missing(
          "states." + ModelSpec.PRICE, "a state S, the price that trades are written on");
    }
    if (!model.parameters().containsKey(ModelSpec.RATE)
        && !model.curves().containsKey(ModelSpec.RATE)) {
      section.missing("parameters." + ModelSpec.RATE, "a rate or a curve to discount with");
    }
  }
}
