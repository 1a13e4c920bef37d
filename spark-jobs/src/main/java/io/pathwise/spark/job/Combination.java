package io.pathwise.spark.job;

import io.pathwise.scheme.Scheme;
import io.pathwise.scheme.Schemes;
import io.pathwise.sde.Sde;
import io.pathwise.solve.Solver;
import java.util.List;

/** Checks that the parts of a job fit each other. */
final class Combination {
  private Combination() {}

  static void check(
      Section job,
      List<TradeSpec> trades,
      ModelSpec model,
      SimulationSpec simulation,
      List<String> differentiated) {
    Sde sde = model.sde();
    Scheme scheme = simulation.scheme();
    if (!scheme.supports(sde)) {
      List<String> fitting =
          Schemes.all().stream().filter(s -> s.supports(sde)).map(Scheme::name).toList();
      Section section = job.section("simulation", "").orElseThrow();
      section.complain(
          "scheme",
          "does not fit "
              + Section.spell(sde.noise())
              + " noise in "
              + Section.spell(sde.calculus())
              + " calculus, expected "
              + (fitting.isEmpty() ? "another model" : "one of " + String.join(", ", fitting)));
    }
    if (simulation.control().isPresent()) {
      Section section = job.section("simulation", "").orElseThrow();
      Solver.controlProblems(sde, scheme, simulation.control().get(), differentiated)
          .forEach(problem -> section.complain("step-control", problem));
    }
    if (!trades.isEmpty()) {
      checkPricing(job, trades, model, sde);
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
