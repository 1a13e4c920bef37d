package io.pathwise.solve;

import io.pathwise.adjoint.Differentiation;
import io.pathwise.adjoint.Kinks;
import io.pathwise.adjoint.LikelihoodRatio;
import io.pathwise.adjoint.SensitivityMethod;
import io.pathwise.adjoint.Tangents;
import io.pathwise.adjoint.TimeScale;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Op;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Output;
import io.pathwise.sde.FractionalDriver;
import io.pathwise.solve.Estimands.Estimand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Gives a run the outputs whose means, or the means of whose derivatives, are the derivatives of
 * its claims. They stand behind the outputs of the claims, whose values stay what they are.
 */
final class Sensitivities {
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

  private Sensitivities(SimulationRequest request, PathRun plain) {
    this.request = request;
    this.asked = request.differentiation();
    this.run = asked.theta() ? scaled(request, plain) : plain;
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

  /**
   * A run with derivatives.
   *
   * @param derivatives where they stand
   */
  record Result(PathRun run, Derivatives derivatives) {}

  /**
   * The run with the derivatives that are asked for.
   *
   * @throws IllegalArgumentException naming every claim that has no such derivative, with the
   *     reason and what can be used
   */
  static Result of(SimulationRequest request, PathRun plain) {
    Differentiation asked = request.differentiation();
    return asked.all().isEmpty() && !asked.theta()
        ? new Result(plain, Derivatives.NONE)
        : new Sensitivities(request, plain).result();
  }

  private static PathRun scaled(SimulationRequest request, PathRun plain) {
    List<String> problems = new ArrayList<>();
    if (!request.sde().jumps().isEmpty()) {
      problems.add("jumps, whose number has no pathwise derivative in time");
    }
    if (request.sde().capability(FractionalDriver.class).isPresent()) {
      problems.add("a fractional driver, whose law does not scale with the root of time");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "theta of an equation with " + String.join("; ", problems));
    }
    PathProgram program = TimeScale.of(plain.program());
    Map<String, Double> parameters = new HashMap<>(plain.parameters());
    parameters.put(TimeScale.NAME, 1.0);
    return plain.with(program, plain.schedule(), parameters);
  }

  private Result result() {
    Result result =
        asked.sensitivity() instanceof SensitivityMethod.LikelihoodRatio ? weighted() : replaced();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(request.sde().name() + ": " + String.join("; ", problems));
    }
    return result;
  }

  /** Derivatives of estimands in the place of the claims. */
  private Result replaced() {
    int carried =
        request.sde().states().size() + request.scheme().auxiliaries(request.sde()).size();
    Estimands estimands = new Estimands(asked.sensitivity(), run, carried);
    List<Estimand> once = new ArrayList<>();
    List<Estimand> twice = new ArrayList<>();
    for (int i = 0; i < request.claims().size(); i++) {
      Claim claim = request.claims().get(i);
      once.add(estimands.of(claim, instances.get(i), false));
      twice.add(estimands.of(claim, instances.get(i), true));
    }
    PathProgram program = estimands.program();
    boolean some = once.stream().anyMatch(Estimand::found);
    for (int i = 0; i < once.size() && asked.first(); i++) {
      if (byDefault() && some && !once.get(i).found()) {
        notes.get(i).add(reason(i, once.get(i).note()));
      } else if (sound(i, once.get(i))) {
        first(i, once.get(i));
      }
    }
    if (!asked.second().isEmpty()) {
      Kinks kinks = new Kinks(program, gradient);
      Tangents tangents = Tangents.of(program, List.copyOf(asked.second().keySet()));
      for (int i = 0; i < twice.size(); i++) {
        if (sound(i, twice.get(i))) {
          second(i, twice.get(i), kinks, tangents, estimands);
        }
      }
      program = tangents.program();
    }
    return finished(program, estimands.instances(), run.schedule().stepInputs());
  }

  /** Claims whose value jumps then have no derivative beside others that have one. */
  private boolean byDefault() {
    return asked.sensitivity() instanceof SensitivityMethod.Pathwise;
  }

  private boolean sound(int claim, Estimand estimand) {
    if (!estimand.found()) {
      refuse(claim, estimand.note());
    }
    return estimand.found();
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

  private void refuse(int claim, String why) {
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

  private void first(int claim, Estimand estimand) {
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

  private void report(int claim, Estimand estimand) {
    methods.get(claim).add(estimand.method());
    if (!estimand.note().isEmpty()) {
      notes.get(claim).add(estimand.note());
    }
  }

  private void second(
      int claim, Estimand estimand, Kinks kinks, Tangents tangents, Estimands estimands) {
    Set<Integer> bound =
        IntStream.of(estimand.functionals())
            .mapToObj(f -> estimands.instances().get(f).template())
            .collect(Collectors.toSet());
    asked
        .second()
        .forEach(
            (name, others) -> {
              for (String other : others) {
                Optional<String> problem = kinks.problem(estimand.value(), bound, name, other);
                problem.ifPresent(
                    reason -> refuse(claim, "second in " + name + " and " + other + ": " + reason));
              }
              Expr derivative = tangents.of(estimand.value(), name);
              place(claim, name, add(claim, estimand, "/" + name, derivative, true));
            });
    report(claim, estimand);
  }

  private void place(int claim, String name, int output) {
    Map<String, Derivatives.Place> places = new LinkedHashMap<>();
    for (String other : asked.second().get(name)) {
      places.put(other, new Derivatives.Place(output, gradient.indexOf(other)));
    }
    seconds.get(claim).put(name, places);
  }

  /** Adds an output behind those of the claims. */
  private int add(int claim, Estimand estimand, String suffix, Expr value, boolean swept) {
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

  /** Values times scores. */
  private Result weighted() {
    int states = request.sde().states().size();
    PathProgram program = run.program();
    List<String> once = asked.first() ? gradient : List.of();
    List<String> twice = List.copyOf(asked.second().keySet());
    Optional<String> problem = problem(program, once);
    problem.ifPresent(reason -> pathwise("not likelihood-ratio: " + reason));
    Set<String> scored = new TreeSet<>(twice);
    if (problem.isEmpty()) {
      scored.addAll(once);
    }
    Optional<String> twiceProblem = problem(program, twice);
    if (twiceProblem.isEmpty() && !twice.isEmpty() && holds(program)) {
      twiceProblem =
          Optional.of(
              "the step holds the solution of an equation, whose second derivatives are not exact");
    }
    if (twiceProblem.isPresent()) {
      String reason = twiceProblem.get();
      IntStream.range(0, request.claims().size()).forEach(i -> refuse(i, reason));
      return finished(program, run.schedule().functionals(), run.schedule().stepInputs());
    }
    LikelihoodRatio ratio = LikelihoodRatio.of(program, states, List.copyOf(scored));
    for (int i = 0; i < request.claims().size(); i++) {
      Schedule.OutputInstance own = run.schedule().outputs().get(i);
      Expr value = templates.get(own.template()).value();
      Estimand estimand = new Estimand(value, own.functionals(), asked.sensitivity().key(), "");
      for (int p = 0; problem.isEmpty() && p < once.size(); p++) {
        String name = once.get(p);
        int output = add(i, estimand, "*score/" + name, ratio.derivative(value, name), false);
        firsts.get(i).put(name, new Derivatives.Place(output, -1));
        report(i, estimand);
      }
      for (String name : twice) {
        if (!request.claims().get(i).smooth()) {
          refuse(i, "the mixed second derivative is pathwise in one, and its value jumps");
        } else if (jumps(ratio.direct(value, name))) {
          refuse(i, "its payoff has a kink that moves with " + name + " itself");
        } else {
          Expr derivative = ratio.derivative(value, name);
          place(i, name, add(i, estimand, "*score/" + name, derivative, true));
          report(i, estimand);
        }
      }
    }
    Map<String, double[]> inputs = new LinkedHashMap<>(run.schedule().stepInputs());
    double[] first = new double[run.schedule().steps()];
    first[0] = 1;
    inputs.put(LikelihoodRatio.FIRST, first);
    return finished(ratio.program(), run.schedule().functionals(), inputs);
  }

  private Optional<String> problem(PathProgram program, List<String> parameters) {
    if (!request.scheme().auxiliaries(request.sde()).isEmpty()) {
      return Optional.of(
          "scheme " + request.scheme().name() + " carries numbers beside the states");
    }
    return LikelihoodRatio.problem(
        program, request.sde().states().size(), request.sde().channels(), parameters);
  }

  /** First derivatives of paths, for claims that have them. */
  private void pathwise(String note) {
    for (int i = 0; i < request.claims().size(); i++) {
      Schedule.OutputInstance own = run.schedule().outputs().get(i);
      if (request.claims().get(i).smooth()) {
        String method = new SensitivityMethod.Pathwise().key();
        Expr value = templates.get(own.template()).value();
        first(i, new Estimand(value, own.functionals(), method, note));
      } else {
        refuse(i, note);
      }
    }
  }

  private static boolean jumps(Expr value) {
    return Graph.topological(List.of(value)).stream()
        .anyMatch(node -> node.op() == Op.POSITIVE && node.varying());
  }

  private static boolean holds(PathProgram program) {
    return Graph.topological(program.step()).stream().anyMatch(node -> node.op() == Op.HELD);
  }

  private Result finished(
      PathProgram program,
      List<Schedule.FunctionalInstance> functionals,
      Map<String, double[]> stepInputs) {
    List<Output> outputs = new ArrayList<>();
    for (Output template : templates) {
      boolean swept = template.differentiated() || differentiated.contains(outputs.size());
      outputs.add(template.with(swept));
    }
    Schedule schedule = run.schedule();
    List<Derivatives.OfClaim> claims = new ArrayList<>();
    for (int i = 0; i < firsts.size(); i++) {
      claims.add(
          new Derivatives.OfClaim(
              String.join(", ", methods.get(i)),
              String.join("; ", notes.get(i)),
              firsts.get(i),
              seconds.get(i)));
    }
    return new Result(
        run.with(
            program.withOutputs(gradient, outputs),
            schedule.with(stepInputs, functionals, instances),
            run.parameters()),
        new Derivatives(claims));
  }
}
