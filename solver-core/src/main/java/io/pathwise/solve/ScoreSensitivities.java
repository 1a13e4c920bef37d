package io.pathwise.solve;

import io.pathwise.adjoint.Differentiation;
import io.pathwise.adjoint.LikelihoodRatio;
import io.pathwise.adjoint.LikelihoodRatio.Pair;
import io.pathwise.adjoint.SensitivityMethod;
import io.pathwise.adjoint.Smoothness;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Op;
import io.pathwise.kernel.PathProgram;
import io.pathwise.payoff.Claim;
import io.pathwise.solve.Estimands.Estimand;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Values times scores. A second derivative of a claim that is continuous in the path is that of a
 * score in one parameter and of the path in the other (Glasserman 2003, section 7.3.3); that of any
 * other is one of the density alone.
 */
final class ScoreSensitivities {
  private static final String NAME = new SensitivityMethod.LikelihoodRatio().key();

  private final SimulationRequest request;
  private final Differentiation asked;
  private final PathRun run;
  private final SensitivityOutputs outputs;
  private final List<String> once;
  private final List<String> twice;
  private final Set<Pair> pairs = new LinkedHashSet<>();

  ScoreSensitivities(SimulationRequest request, PathRun run) {
    this.request = request;
    this.asked = request.differentiation();
    this.run = run;
    this.outputs = new SensitivityOutputs(request, run);
    this.once = asked.first() ? run.program().gradient() : List.of();
    this.twice = List.copyOf(asked.second().keySet());
    if (!request.claims().stream().allMatch(Claim::smooth)) {
      asked
          .second()
          .forEach((name, others) -> others.forEach(other -> pairs.add(new Pair(name, other))));
    }
  }

  Sensitivities.Result result() {
    Optional<String> problem = problem(once);
    problem.ifPresent(this::pathwise);
    Set<String> scored = new LinkedHashSet<>(twice);
    pairs.forEach(pair -> scored.add(pair.second()));
    Optional<String> second = twice.isEmpty() ? Optional.empty() : problem(List.copyOf(scored));
    if (second.isPresent() || (twice.isEmpty() && problem.isPresent())) {
      for (int i = 0; i < outputs.claims() && second.isPresent(); i++) {
        outputs.refuse(i, second.get());
      }
      return outputs.finished(
          run.program(), run.schedule().functionals(), run.schedule().stepInputs());
    }
    if (problem.isEmpty()) {
      scored.addAll(once);
    }
    LikelihoodRatio ratio =
        LikelihoodRatio.of(
            run.program(), request.sde().states().size(), List.copyOf(scored), pairs);
    for (int i = 0; i < outputs.claims(); i++) {
      if (problem.isEmpty()) {
        first(i, ratio);
      }
      second(i, ratio);
    }
    Map<String, double[]> inputs = new LinkedHashMap<>(run.schedule().stepInputs());
    double[] first = new double[run.schedule().steps()];
    first[0] = 1;
    inputs.put(LikelihoodRatio.FIRST, first);
    return outputs.finished(ratio.program(), run.schedule().functionals(), inputs);
  }

  private Estimand estimand(int claim) {
    return new Estimand(outputs.value(claim), outputs.own(claim).functionals(), NAME, "");
  }

  private void first(int claim, LikelihoodRatio ratio) {
    Estimand estimand = estimand(claim);
    for (String name : once) {
      Expr derivative = ratio.derivative(estimand.value(), name);
      outputs.first(claim, name, outputs.add(claim, estimand, "*score/" + name, derivative, false));
    }
    outputs.report(claim, estimand);
  }

  private void second(int claim, LikelihoodRatio ratio) {
    Estimand estimand = estimand(claim);
    for (String name : twice) {
      if (Smoothness.jumps(List.of(ratio.direct(estimand.value(), name)))) {
        outputs.refuse(claim, "its payoff has a kink that moves with " + name + " itself");
      } else if (request.claims().get(claim).smooth()) {
        Expr derivative = ratio.derivative(estimand.value(), name);
        outputs.second(
            claim, name, outputs.add(claim, estimand, "*score/" + name, derivative, true));
      } else if (ratio.functionalsMove()) {
        outputs.refuse(
            claim, "its functionals read parameters, whose second derivatives are not known");
      } else {
        for (String other : asked.second().get(name)) {
          Expr derivative = ratio.second(estimand.value(), new Pair(name, other));
          String suffix = "*score/" + name + "/" + other;
          outputs.second(
              claim, name, other, outputs.add(claim, estimand, suffix, derivative, false));
        }
      }
      outputs.report(claim, estimand);
    }
  }

  private Optional<String> problem(List<String> parameters) {
    PathProgram program = run.program();
    if (!request.scheme().auxiliaries(request.sde()).isEmpty()) {
      return Optional.of(
          "scheme " + request.scheme().name() + " carries numbers beside the states");
    }
    if (!twice.isEmpty()
        && Graph.topological(program.step()).stream().anyMatch(node -> node.op() == Op.HELD)) {
      return Optional.of(
          "the step holds the solution of an equation, whose second derivatives are not exact");
    }
    return LikelihoodRatio.problem(
        program, request.sde().states().size(), request.sde().channels(), parameters);
  }

  /** First derivatives of paths, for claims that have them. */
  private void pathwise(String why) {
    String note = "not likelihood-ratio: " + why;
    String method = new SensitivityMethod.Pathwise().key();
    for (int i = 0; i < outputs.claims(); i++) {
      if (request.claims().get(i).smooth()) {
        int[] functionals = outputs.own(i).functionals();
        outputs.first(i, new Estimand(outputs.value(i), functionals, method, note));
      } else {
        outputs.refuse(i, why);
      }
    }
  }
}
