package io.pathwise.solve;

import io.pathwise.adjoint.ConditionalExpectation;
import io.pathwise.adjoint.SensitivityMethod;
import io.pathwise.adjoint.Smoothness;
import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Claim;
import io.pathwise.payoff.Functional;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What is differentiated in the place of each claim, so that the mean of its derivative is the
 * derivative of the claim's mean.
 */
final class Estimands {
  private final SensitivityMethod asked;
  private final Schedule schedule;
  private final PathProgram plain;
  private final int carried;
  private final ConditionalExpectation conditional;
  private final List<Functional> functionals;
  private final List<Schedule.FunctionalInstance> instances;
  private final Map<Integer, Integer> smoothed = new LinkedHashMap<>();

  /**
   * Of a run.
   *
   * @param carried the states of the equation and of its scheme
   */
  Estimands(SensitivityMethod asked, PathRun run, int carried) {
    this.asked = asked;
    this.plain = run.program();
    this.schedule = run.schedule();
    this.carried = carried;
    this.conditional = new ConditionalExpectation(plain);
    this.functionals = new ArrayList<>(plain.functionals());
    this.instances = new ArrayList<>(schedule.functionals());
  }

  /**
   * A value to differentiate.
   *
   * @param value reads what an output of the program may read; null where there is a problem
   * @param functionals the functional instances in its slots
   * @param method the key of how it came about
   * @param note what is to be known about it; with a problem, the problem
   */
  record Estimand(Expr value, int[] functionals, String method, String note) {

    static Estimand problem(String what) {
      return new Estimand(null, new int[0], "", what);
    }

    boolean found() {
      return value != null;
    }
  }

  /** The program with what estimands read, after the last of them. */
  PathProgram program() {
    return (asked instanceof SensitivityMethod.Conditional ? conditional.program() : plain)
        .withFunctionals(functionals);
  }

  /** The functional instances that estimands read, after the last of them. */
  List<Schedule.FunctionalInstance> instances() {
    return instances;
  }

  /**
   * The estimand of a claim.
   *
   * @param twice whether it is to be differentiated twice
   */
  Estimand of(Claim claim, Schedule.OutputInstance instance, boolean twice) {
    Expr value = plain.outputs().get(instance.template()).value();
    if (asked instanceof SensitivityMethod.Conditional) {
      return averaged(claim, instance, value);
    }
    if (asked instanceof SensitivityMethod.Smoothing smoothing && (twice || !claim.smooth())) {
      return smoothed(smoothing, claim, instance, value, twice);
    }
    return pathwise(claim, instance, value, "");
  }

  private static Estimand pathwise(
      Claim claim, Schedule.OutputInstance instance, Expr value, String note) {
    return claim.smooth()
        ? new Estimand(value, instance.functionals(), new SensitivityMethod.Pathwise().key(), note)
        : Estimand.problem(
            "its value jumps, and the mean of a path's derivative misses that"
                + (note.isEmpty() ? "" : "; " + note));
  }

  private Estimand averaged(Claim claim, Schedule.OutputInstance instance, Expr value) {
    for (int f : instance.functionals()) {
      if (Arrays.binarySearch(schedule.functionals().get(f).events(), instance.at()) >= 0) {
        String name = plain.functionals().get(schedule.functionals().get(f).template()).name();
        return pathwise(
            claim, instance, value, "not conditional: " + name + " takes in the last step too");
      }
    }
    if (!claim.smooth() && jumpsBefore(instance, value)) {
      return Estimand.problem(
          "not conditional: a functional it reads jumps before the last step; its value jumps");
    }
    ConditionalExpectation.Result mean = conditional.mean(value);
    return mean.found()
        ? new Estimand(mean.value(), instance.functionals(), asked.key(), "")
        : pathwise(claim, instance, value, "not conditional: " + mean.problem());
  }

  private boolean jumpsBefore(Schedule.OutputInstance instance, Expr value) {
    List<Expr> read = new ArrayList<>(steps(value));
    for (int f : instance.functionals()) {
      read.addAll(plain.functionals().get(schedule.functionals().get(f).template()).update());
    }
    return Smoothness.jumps(read);
  }

  /** The steps of the functionals of every step that a value reads. */
  private List<Expr> steps(Expr value) {
    return IntStream.range(carried, plain.states())
        .filter(i -> Graph.dependsOn(List.of(value), PathProgram.state(i)))
        .mapToObj(i -> plain.step().get(i))
        .toList();
  }

  private Estimand smoothed(
      SensitivityMethod.Smoothing smoothing,
      Claim claim,
      Schedule.OutputInstance instance,
      Expr value,
      boolean kinks) {
    Smoothness smoothness = new Smoothness(smoothing.width(), kinks);
    if (Smoothness.jumps(steps(value))) {
      return Estimand.problem("a functional of every step jumps, which smoothing does not reach");
    }
    int[] slots = IntStream.of(instance.functionals()).map(f -> smoothed(f, smoothness)).toArray();
    Expr smooth = smoothness.of(value);
    if (!claim.smooth() && smooth.equals(value) && Arrays.equals(slots, instance.functionals())) {
      return Estimand.problem("its value jumps where smoothing finds no indicator");
    }
    return new Estimand(
        smooth,
        slots,
        asked.key(),
        "biased of the order of width squared, width = " + smoothing.width());
  }

  /** The smoothed twin of a functional instance, itself where it has no jumps. */
  private int smoothed(int f, Smoothness smoothness) {
    Schedule.FunctionalInstance instance = schedule.functionals().get(f);
    Functional template = plain.functionals().get(instance.template());
    Functional smooth =
        new Functional(
            template.name(),
            template.initial(),
            template.update().stream().map(smoothness::of).toList());
    if (smooth.equals(template)) {
      return f;
    }
    int key = 2 * f + (smoothness.kinks() ? 1 : 0);
    return smoothed.computeIfAbsent(
        key,
        k -> {
          int number = functionals.indexOf(smooth);
          if (number < 0) {
            number = functionals.size();
            functionals.add(smooth);
          }
          instances.add(
              new Schedule.FunctionalInstance(number, instance.events(), instance.inputs()));
          return instances.size() - 1;
        });
  }
}
