package io.pathwise.solve;

import io.pathwise.estimate.ControlFit;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Control;
import io.pathwise.payoff.Controlled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Runs the pilots of a simulation and makes it what its estimator asks for. */
final class PilotedPlan {
  private final SimulationRequest request;
  private final Map<String, List<Control>> controls;
  private final Estimator asked;
  private final Pilot pilot;
  private final Map<String, Double> ratios = new TreeMap<>();
  private final Map<String, List<Double>> coefficients = new TreeMap<>();

  PilotedPlan(
      SimulationRequest request,
      Map<String, List<Control>> controls,
      Estimator asked,
      Pilot pilot) {
    this.request = request;
    this.controls = controls;
    this.asked = asked;
    this.pilot = pilot;
  }

  /**
   * What does not fit.
   *
   * @param ids those of the claims
   */
  List<String> problems(Set<String> ids) {
    List<String> problems = new ArrayList<>();
    for (String id : controls.keySet()) {
      if (!ids.contains(id)) {
        problems.add("a control of claim " + id + ", expected one of " + ids);
      }
    }
    if (pilot.paths() < Lanes.WIDTH) {
      problems.add("pilot paths = " + pilot.paths() + ", expected at least " + Lanes.WIDTH);
    }
    boolean plain = asked instanceof Estimator.Plain && controls.isEmpty();
    if (!plain && request.claims().stream().anyMatch(Claim::captured)) {
      problems.add(
          "observations with "
              + spell()
              + ", whose samples are not values of paths: expected claims alone");
    }
    if (!(asked instanceof Estimator.Plain)) {
      problems.addAll(request.beyondPlainSteps(spell()));
    }
    int channels = request.sde().channels();
    if (asked instanceof Estimator.Importance given && given.theta().size() != channels) {
      problems.add("theta = " + given.theta() + ", expected one number a channel, " + channels);
    }
    if (asked instanceof Estimator.ImportanceFor chosen && !ids.contains(chosen.claim())) {
      problems.add("a drift for claim " + chosen.claim() + ", expected one of " + ids);
    }
    return problems;
  }

  private String spell() {
    if (asked instanceof Estimator.Plain) {
      return "control variates";
    }
    return asked instanceof Estimator.Antithetic ? "antithetic paths" : "importance sampling";
  }

  Prepared prepare(boolean companion) {
    Estimator estimator = asked;
    if (asked instanceof Estimator.ImportanceFor chosen) {
      estimator = new Estimator.Importance(drift(chosen.claim()));
    } else if (asked instanceof Estimator.Importance given) {
      weighRatios(given.theta());
    }
    UnaryOperator<PathRun> transform = transform(estimator);
    List<Claim> claims = controlled(transform);
    SimulationPlan plan = SimulationPlan.of(request.with(claims), companion);
    return new Prepared(
        new SimulationPlan(
            GradientStrategy.of(transform.apply(plan.fine()), request),
            plan.coarse().map(transform),
            plan.derivatives()),
        estimator,
        ratios,
        coefficients);
  }

  /** What an estimator makes of a run. */
  static UnaryOperator<PathRun> transform(Estimator estimator) {
    if (estimator instanceof Estimator.Antithetic) {
      return AntitheticPairs::of;
    }
    if (estimator instanceof Estimator.Importance importance) {
      return run -> DriftChange.of(run, importance.theta());
    }
    return UnaryOperator.identity();
  }

  private PathRun run(List<Claim> claims) {
    return SimulationPlan.of(
            request.onPseudoRandomNumbers().withoutDerivatives().with(claims), false)
        .fine();
  }

  private List<Double> drift(String id) {
    List<Claim> claims = request.claims();
    int output =
        IntStream.range(0, claims.size())
            .filter(i -> claims.get(i).id().equals(id))
            .findFirst()
            .orElseThrow();
    List<Double> theta = DriftSearch.of(run(claims), output, request.sde().channels(), pilot);
    weighRatios(theta);
    return theta;
  }

  private void weighRatios(List<Double> theta) {
    double[] all = DriftSearch.ratios(run(request.claims()), theta, pilot);
    for (int i = 0; i < all.length; i++) {
      ratios.put(request.claims().get(i).id(), all[i]);
    }
  }

  /** The claims, with their control variates where they have some. */
  private List<Claim> controlled(UnaryOperator<PathRun> transform) {
    if (controls.isEmpty()) {
      return request.claims();
    }
    List<Claim> sampled = new ArrayList<>();
    List<Integer> first = new ArrayList<>();
    for (Claim claim : request.claims()) {
      first.add(sampled.size());
      List<Control> own = controls.getOrDefault(claim.id(), List.of());
      if (!own.isEmpty()) {
        sampled.add(claim);
        own.forEach(control -> sampled.add(Controlled.deviation(control)));
      }
    }
    PathValues values = pilot.values(transform.apply(captured(run(sampled))));
    List<Claim> all = new ArrayList<>();
    for (int i = 0; i < request.claims().size(); i++) {
      Claim claim = request.claims().get(i);
      List<Control> own = controls.getOrDefault(claim.id(), List.of());
      all.add(own.isEmpty() ? claim : fitted(claim, own, values, first.get(i)));
    }
    return all;
  }

  private Claim fitted(Claim claim, List<Control> own, PathValues values, int first) {
    double[] y = values.of(first);
    double[][] x = new double[own.size()][];
    for (int j = 0; j < x.length; j++) {
      x[j] = values.of(first + 1 + j);
    }
    int[] kept = IntStream.range(0, y.length).filter(i -> !Double.isNaN(y[i])).toArray();
    for (int j = 0; j < x.length; j++) {
      double[] all = x[j];
      x[j] = IntStream.of(kept).mapToDouble(i -> all[i]).toArray();
    }
    ControlFit fit = ControlFit.of(IntStream.of(kept).mapToDouble(i -> y[i]).toArray(), x);
    double[] beta = fit.coefficients();
    ratios.merge(claim.id(), fit.varianceRatio(), (drift, control) -> drift * control);
    coefficients.put(claim.id(), Arrays.stream(beta).boxed().toList());
    return Controlled.of(claim, own, beta);
  }

  private static PathRun captured(PathRun run) {
    Schedule schedule = run.schedule();
    return run.with(
        run.program(),
        schedule.with(
            schedule.outputs().stream()
                .map(
                    o ->
                        new Schedule.OutputInstance(
                            o.template(), o.at(), o.functionals(), o.inputs(), true))
                .toList()));
  }
}
