package io.pathwise.solve;

import io.pathwise.adjoint.Differentiation;
import io.pathwise.adjoint.Kinks;
import io.pathwise.adjoint.SensitivityMethod;
import io.pathwise.adjoint.Tangents;
import io.pathwise.expr.Expr;
import io.pathwise.kernel.PathProgram;
import io.pathwise.solve.Estimands.Estimand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Derivatives of estimands in the place of the claims. */
final class EstimandSensitivities {
  private final SimulationRequest request;
  private final Differentiation asked;
  private final PathRun run;
  private final SensitivityOutputs outputs;

  EstimandSensitivities(SimulationRequest request, PathRun run) {
    this.request = request;
    this.asked = request.differentiation();
    this.run = run;
    this.outputs = new SensitivityOutputs(request, run);
  }

  Sensitivities.Result result() {
    int carried =
        request.sde().states().size() + request.scheme().auxiliaries(request.sde()).size();
    Estimands estimands = new Estimands(asked.sensitivity(), run, carried);
    if (asked.first()) {
      first(estimands(estimands, false));
    }
    PathProgram program = estimands.program();
    if (!asked.second().isEmpty()) {
      List<Estimand> twice = estimands(estimands, true);
      Tangents tangents = Tangents.of(estimands.program(), List.copyOf(asked.second().keySet()));
      second(twice, estimands, tangents);
      program = tangents.program();
    }
    return outputs.finished(program, estimands.instances(), run.schedule().stepInputs());
  }

  private List<Estimand> estimands(Estimands estimands, boolean twice) {
    List<Estimand> all = new ArrayList<>();
    for (int i = 0; i < outputs.claims(); i++) {
      all.add(estimands.of(request.claims().get(i), outputs.own(i), twice));
    }
    return all;
  }

  /** By path, claims that jump have no derivative beside others that have one. */
  private void first(List<Estimand> estimands) {
    boolean lenient =
        asked.sensitivity() instanceof SensitivityMethod.Pathwise
            && estimands.stream().anyMatch(Estimand::found);
    for (int i = 0; i < estimands.size(); i++) {
      Estimand estimand = estimands.get(i);
      if (estimand.found()) {
        outputs.first(i, estimand);
      } else if (lenient) {
        outputs.leaveOut(i, estimand.note());
      } else {
        outputs.refuse(i, estimand.note());
      }
    }
  }

  private void second(List<Estimand> all, Estimands estimands, Tangents tangents) {
    Kinks kinks = new Kinks(estimands.program(), run.program().gradient());
    for (int i = 0; i < all.size(); i++) {
      Estimand estimand = all.get(i);
      if (!estimand.found()) {
        outputs.refuse(i, estimand.note());
        continue;
      }
      Set<Integer> bound =
          IntStream.of(estimand.functionals())
              .mapToObj(f -> estimands.instances().get(f).template())
              .collect(Collectors.toSet());
      for (String name : asked.second().keySet()) {
        for (String other : asked.second().get(name)) {
          int claim = i;
          kinks
              .problem(estimand.value(), bound, name, other)
              .ifPresent(
                  why -> outputs.refuse(claim, "second in " + name + " and " + other + ": " + why));
        }
        Expr derivative = tangents.of(estimand.value(), name);
        outputs.second(i, name, outputs.add(i, estimand, "/" + name, derivative, true));
      }
      outputs.report(i, estimand);
    }
  }
}
