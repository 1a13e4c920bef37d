package io.pathwise.solve;

import io.pathwise.expr.GammaQuantile;
import io.pathwise.expr.Interpreter;
import io.pathwise.kernel.TimeGrid;
import io.pathwise.sde.GammaSubordination;
import io.pathwise.sde.JumpTerm;
import io.pathwise.sde.Sde;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The most jumps that the steps of a grid make room for, from the values of the parameters. */
final class JumpRoom {
  private final SimulationRequest request;
  private final TimeGrid grid;
  private final List<String> problems = new ArrayList<>();

  private JumpRoom(SimulationRequest request, TimeGrid grid) {
    this.request = request;
    this.grid = grid;
  }

  /**
   * For each compound Poisson term of the equation, the most jumps of a step.
   *
   * @throws IllegalArgumentException naming the terms whose intensity reads the state and has no
   *     bound, is negative or not finite, or is too large for the steps
   */
  static List<Integer> most(SimulationRequest request, TimeGrid grid) {
    JumpRoom room = new JumpRoom(request, grid);
    List<Integer> most = request.sde().jumps().stream().map(room::most).toList();
    request.sde().capability(GammaSubordination.class).ifPresent(room::checkClock);
    if (!room.problems.isEmpty()) {
      throw new IllegalArgumentException(
          request.sde().name() + ": " + String.join("; ", room.problems));
    }
    return most;
  }

  private int most(JumpTerm term) {
    if (term.stateDependent() && term.bound().isEmpty()) {
      problems.add("jump " + term.name() + ": the intensity reads the state, expected its bound");
      return 1;
    }
    Interpreter rate = new Interpreter(List.of(term.bound().orElse(term.intensity())));
    double largest = 0;
    for (Span span : spans()) {
      Map<String, Double> leaves = leaves(span.from(), span.to());
      double intensity = rate.evaluate(leaf -> leaves.get(leaf.name()))[0];
      if (!(intensity >= 0) || Double.isInfinite(intensity)) {
        problems.add(
            "jump "
                + term.name()
                + ": intensity "
                + intensity
                + " at t = "
                + span.from()
                + ", expected a number of at least 0");
        return 1;
      }
      largest = Math.max(largest, intensity * span.size());
    }
    int most = PoissonCap.of(largest);
    if (most > PoissonCap.LARGEST) {
      problems.add(
          "jump "
              + term.name()
              + ": "
              + String.format(Locale.ROOT, "%.3g", largest)
              + " jumps a step are to be expected, so more than "
              + PoissonCap.LARGEST
              + " in one may come; expected smaller steps, or jump-adapted ones");
    }
    return most;
  }

  /**
   * A stretch of time over which an intensity is taken.
   *
   * @param size the step whose jumps have that intensity
   */
  private record Span(double from, double to, double size) {}

  /**
   * Those of the steps of the grid, of their halves, which the next level of multilevel Monte Carlo
   * steps over, and of pairs of steps, over which a companion draws the jumps of either.
   */
  private List<Span> spans() {
    double[] t = grid.times();
    List<Span> spans = new ArrayList<>();
    for (int k = 0; k < grid.steps(); k++) {
      double size = t[k + 1] - t[k];
      double middle = t[k] + 0.5 * size;
      spans.add(new Span(t[k], t[k + 1], size));
      spans.add(new Span(t[k], middle, 0.5 * size));
      spans.add(new Span(middle, t[k + 1], 0.5 * size));
      if (k + 2 <= grid.steps()) {
        double second = t[k + 2] - t[k + 1];
        spans.add(new Span(t[k], t[k + 2], Math.max(size, second)));
      }
    }
    return spans;
  }

  private void checkClock(GammaSubordination clock) {
    double nu = Interpreter.evaluate(List.of(clock.nu()), request.parameters())[0];
    double[] t = grid.times();
    double largest = 0;
    for (int k = 0; k < grid.steps(); k++) {
      largest = Math.max(largest, t[k + 1] - t[k]);
    }
    if (!(nu > 0) || largest / nu > GammaQuantile.LARGEST_SHAPE) {
      problems.add(
          "a gamma clock of variance "
              + nu
              + " a year on steps of "
              + largest
              + " years: expected a variance above 0 and steps of at most "
              + GammaQuantile.LARGEST_SHAPE
              + " times it");
    }
  }

  private Map<String, Double> leaves(double from, double to) {
    Map<String, Double> leaves = new HashMap<>(request.parameters());
    leaves.put(Sde.TIME.name(), from + 0.5 * (to - from));
    request
        .curves()
        .forEach((name, curve) -> leaves.put(Sde.curve(name).name(), curve.forward(from, to)));
    return leaves;
  }
}
