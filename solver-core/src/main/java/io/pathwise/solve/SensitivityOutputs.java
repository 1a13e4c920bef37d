package io.pathwise.solve;

import io.pathwise.adjoint.Differentiation;
import io.pathwise.expr.Expr;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Output;
import io.pathwise.solve.Estimands.Estimand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The outputs that carry derivatives, behind those of the claims, and what there is to be said of
 * each claim.
 */
final class SensitivityOutputs {
  private final SimulationRequest request;
  private final Differentiation asked;
  private final PathRun run;
  private final List<String> gradient;
  private final List<String> problems = new ArrayList<>();
  private final List<Output> templates = new ArrayList<>();
  private final List<Schedule.OutputInstance> instances;
  private final Set<Integer> differentiated = new TreeSet<>();
  private final List<Map<String, Derivatives.Place>> firsts = new ArrayList<>();
  private final List<Map<String, Map<String, Derivatives.Place>>> seconds = new ArrayList<>();
  private final List<Set<String>> methods = new ArrayList<>();
  private final List<Set<String>> notes = new ArrayList<>();

  SensitivityOutputs(SimulationRequest request, PathRun run) {
    this.request = request;
    this.asked = request.differentiation();
    this.run = run;
    this.gradient = run.program().gradient();
    this.instances = new ArrayList<>(run.schedule().outputs());
    run.program().outputs().forEach(o -> templates.add(o.with(false)));
    for (int i = 0; i < request.claims().size(); i++) {
      firsts.add(new LinkedHashMap<>());
      seconds.add(new LinkedHashMap<>());
      methods.add(new TreeSet<>());
      notes.add(new TreeSet<>());
    }
  }

  /** The number of claims. */
  int claims() {
    return firsts.size();
  }

  /** The output of a claim. */
  Schedule.OutputInstance own(int claim) {
    return run.schedule().outputs().get(claim);
  }

  /** What the output of a claim delivers. */
  Expr value(int claim) {
    return templates.get(own(claim).template()).value();
  }

  /** Says why a claim has no derivative, without failing the plan. */
  void leaveOut(int claim, String why) {
    notes.get(claim).add(reason(claim, why));
  }

  private String reason(int claim, String why) {
    return "claim "
        + request.claims().get(claim).id()
        + " has no derivative by sensitivity method "
        + asked.sensitivity().key()
        + ": "
        + why
        + "; others are "
        + others();
  }

  /** Fails the plan. */
  void refuse(int claim, String why) {
    String problem = reason(claim, why);
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  private String others() {
    return List.of("conditional", "likelihood-ratio", "smoothing").stream()
        .filter(key -> !key.equals(asked.sensitivity().key()))
        .collect(Collectors.joining(", "));
  }

  /** Places the first derivatives of a claim. */
  void first(int claim, Estimand estimand) {
    Schedule.OutputInstance own = run.schedule().outputs().get(claim);
    boolean itself =
        estimand.value().equals(templates.get(own.template()).value())
            && Arrays.equals(estimand.functionals(), own.functionals());
    int place = claim;
    if (itself) {
      differentiated.add(own.template());
    } else {
      place = add(claim, estimand, "/" + estimand.method(), estimand.value(), true);
    }
    for (int p = 0; p < gradient.size(); p++) {
      firsts.get(claim).put(gradient.get(p), new Derivatives.Place(place, p));
    }
    report(claim, estimand);
  }

  /** Says how derivatives of a claim come about. */
  void report(int claim, Estimand estimand) {
    methods.get(claim).add(estimand.method());
    if (!estimand.note().isEmpty()) {
      notes.get(claim).add(estimand.note());
    }
  }

  /** Places one first derivative of a claim, the mean of an output. */
  void first(int claim, String parameter, int output) {
    firsts.get(claim).put(parameter, new Derivatives.Place(output, -1));
  }

  /** Places one second derivative of a claim, the mean of an output. */
  void second(int claim, String first, String second, int output) {
    seconds
        .get(claim)
        .computeIfAbsent(first, name -> new LinkedHashMap<>())
        .put(second, new Derivatives.Place(output, -1));
  }

  /** Places the derivatives in others of an output, the derivative of a claim in a parameter. */
  void second(int claim, String name, int output) {
    Map<String, Derivatives.Place> places = new LinkedHashMap<>();
    for (String other : asked.second().get(name)) {
      places.put(other, new Derivatives.Place(output, gradient.indexOf(other)));
    }
    seconds.get(claim).put(name, places);
  }

  /** Adds an output behind those of the claims. */
  int add(int claim, Estimand estimand, String suffix, Expr value, boolean swept) {
    Schedule.OutputInstance own = run.schedule().outputs().get(claim);
    Output plain = templates.get(own.template());
    Output template = new Output(plain.name() + suffix, plain.slots(), value, swept);
    int number = templates.indexOf(template);
    if (number < 0) {
      number = templates.size();
      templates.add(template);
    }
    Map<String, Double> inputs = new HashMap<>(own.inputs());
    inputs.remove(ProgramFragments.SHIFT.name());
    instances.add(
        new Schedule.OutputInstance(number, own.at(), estimand.functionals(), inputs, false));
    return instances.size() - 1;
  }

  /**
   * The run with all of this.
   *
   * @throws IllegalArgumentException with everything that was refused
   */
  Sensitivities.Result finished(
      PathProgram program,
      List<Schedule.FunctionalInstance> functionals,
      Map<String, double[]> stepInputs) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(request.sde().name() + ": " + String.join("; ", problems));
    }
    List<Output> outputs = new ArrayList<>();
    for (Output template : templates) {
      boolean swept = template.differentiated() || differentiated.contains(outputs.size());
      outputs.add(template.with(swept));
    }
    List<Derivatives.OfClaim> claims = new ArrayList<>();
    for (int i = 0; i < firsts.size(); i++) {
      claims.add(
          new Derivatives.OfClaim(
              String.join(", ", methods.get(i)),
              String.join("; ", notes.get(i)),
              firsts.get(i),
              seconds.get(i)));
    }
    return new Sensitivities.Result(
        run.with(
            program.withOutputs(gradient, outputs),
            run.schedule().with(stepInputs, functionals, instances),
            run.parameters()),
        new Derivatives(claims));
  }
}
