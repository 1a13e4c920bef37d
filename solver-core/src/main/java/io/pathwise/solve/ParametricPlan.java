package io.pathwise.solve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A simulation that is planned once and then evaluated at other values of its parameters and with
 * other seeds, as optimisers do. The program, and so the kernel, stays the same, unless values ask
 * for another: more room for jumps, or noise of another Hurst index. The numbers at some values are
 * those of a plan made for these values, to the last bit.
 */
public final class ParametricPlan {
  private final SimulationRequest request;
  private final Planner.Structure structure;
  private final UnaryOperator<PathRun> transform;
  private final PathRun untransformed;
  private final SimulationPlan plan;

  /** A plan whose pilots have run. */
  ParametricPlan(SimulationRequest request, UnaryOperator<PathRun> transform) {
    Planner planner = new Planner(request);
    this.request = request;
    this.structure = planner.structure();
    this.transform = run -> GradientStrategy.of(transform.apply(run), request);
    SimulationPlan plain = planner.plan(false);
    this.untransformed = plain.fine();
    this.plan = transformed(plain);
  }

  private SimulationPlan transformed(SimulationPlan plain) {
    return new SimulationPlan(transform.apply(plain.fine()), Optional.empty(), plain.derivatives());
  }

  /** The simulation at the values of the solver. */
  public SimulationPlan plan() {
    return plan;
  }

  /** The number of samples of an evaluation: paths, or antithetic pairs. */
  public long paths() {
    return request.paths().orElseThrow();
  }

  /** The parameters that have values, each with that of the solver. */
  public Map<String, Double> parameters() {
    return plan.fine().parameters();
  }

  /** The parameters that outputs are differentiated in, in the order of derivatives. */
  public List<String> gradient() {
    return request.gradient();
  }

  /** The ids of the claims, in the order of outputs. */
  public List<String> claims() {
    return request.claims().stream().map(claim -> claim.id()).toList();
  }

  /**
   * The simulation at other values.
   *
   * @param values of some parameters; the others keep those of the solver
   * @param seed the seed of the noise
   * @return a plan with the program of {@link #plan}, unless the values ask for another
   * @throws IllegalArgumentException naming all values that are not known, not finite, or beyond
   *     what the scheme or the equation allows
   */
  public SimulationPlan at(Map<String, Double> values, long seed) {
    requireKnown(values);
    Map<String, Double> all = new TreeMap<>(parameters());
    all.putAll(values);
    SimulationRequest other = request.at(all, seed);
    request
        .scheme()
        .misfit(request.sde(), all)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(request.sde().name() + ": " + problem);
            });
    Planner planner = new Planner(other);
    if (!planner.structure().equals(structure)) {
      return transformed(planner.plan(false));
    }
    List<Double> shifts = Planner.shifts(untransformed.at(all, seed));
    return plan.with(new PlanValues(all, seed, shifts));
  }

  private void requireKnown(Map<String, Double> values) {
    List<String> problems = new ArrayList<>();
    new LinkedHashMap<>(values)
        .forEach(
            (name, value) -> {
              if (!parameters().containsKey(name)) {
                problems.add("parameter " + name + ", expected one of " + parameters().keySet());
              } else if (value == null || !Double.isFinite(value)) {
                problems.add("parameter " + name + " = " + value + ", expected a finite number");
              }
            });
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(request.sde().name() + ": " + String.join("; ", problems));
    }
  }
}
