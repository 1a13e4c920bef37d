package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.kernel.CoarseGrid;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a run into one whose Brownian motion has a drift theta, dW = dB + theta dt. A state more
 * carries the logarithm of the likelihood ratio, d lw = -theta . dB - |theta|^2 dt / 2, and every
 * output is multiplied by exp(lw) (Girsanov; Glasserman 2003, section 4.6.2).
 *
 * <p>It is done to the normals, z + theta sqrt(dt), so that the weight is exact for every scheme on
 * every grid, without an error of the step size. The Lévy terms H, K and A given W do not change: a
 * drift is a chord.
 */
final class DriftChange {
  private static final String LOG_WEIGHT = "log-weight";
  private static final String BROWNIAN = "brownian";

  private final PathRun run;
  private final List<Double> theta;
  private final int noiseSets;

  private DriftChange(PathRun run, List<Double> theta) {
    this.run = run;
    this.theta = theta;
    this.noiseSets = run.program().noiseSets();
  }

  /**
   * The weighted run.
   *
   * @param theta the drift of each Brownian channel, whose normals are the first of a step
   */
  static PathRun of(PathRun run, List<Double> theta) {
    return new DriftChange(run, theta).run(-1);
  }

  /**
   * The run of a pilot, which delivers, all captured: every output times its weight, then the
   * weight of every output, then the value of B channel by channel at the time of one output.
   *
   * @param output the number of that output
   */
  static PathRun pilot(PathRun run, List<Double> theta, int output) {
    return new DriftChange(run, theta).run(output);
  }

  private PathRun run(int pilot) {
    PathProgram program = run.program();
    int n = program.states();
    boolean searching = pilot >= 0;
    List<String> names = new ArrayList<>(program.stateNames());
    List<Expr> initial = new ArrayList<>(program.initial());
    List<Expr> step = new ArrayList<>(Graph.substitute(program.step(), shifted()));
    names.add(LOG_WEIGHT);
    initial.add(Expr.ZERO);
    step.add(logWeight(PathProgram.state(n)));
    for (int c = 0; searching && c < theta.size(); c++) {
      names.add(BROWNIAN + c);
      initial.add(Expr.ZERO);
      step.add(PathProgram.state(n + 1 + c).plus(increment(c)));
    }
    Expr weight = PathProgram.state(n).exp();
    List<Output> outputs = new ArrayList<>();
    for (Output o : program.outputs()) {
      outputs.add(new Output(o.name(), o.slots(), o.value().times(weight), o.differentiated()));
    }
    Schedule schedule = run.schedule();
    List<Schedule.OutputInstance> instances = schedule.outputs();
    if (searching) {
      instances = new ArrayList<>();
      for (Schedule.OutputInstance o : schedule.outputs()) {
        instances.add(
            new Schedule.OutputInstance(o.template(), o.at(), o.functionals(), o.inputs(), true));
      }
      for (Schedule.OutputInstance o : schedule.outputs()) {
        instances.add(observed(outputs.size(), o.at()));
      }
      outputs.add(new Output(LOG_WEIGHT, 0, weight, false));
      for (int c = 0; c < theta.size(); c++) {
        instances.add(observed(outputs.size(), schedule.outputs().get(pilot).at()));
        outputs.add(new Output(BROWNIAN + c, 0, PathProgram.state(n + 1 + c), false));
      }
    }
    return run.with(
        new PathProgram(
                program.precision(),
                program.gradient(),
                names,
                program.channels(),
                noiseSets,
                initial,
                step,
                program.functionals(),
                outputs)
            .withCurves(program.curves())
            .bringing(program.inputs(), program.recurrences()),
        new Schedule(
            schedule.times(),
            inputs(schedule),
            schedule.fineStep(),
            schedule.functionals(),
            instances,
            schedule.noise(),
            schedule.nodes(),
            schedule.series()));
  }

  private static Schedule.OutputInstance observed(int template, int at) {
    return new Schedule.OutputInstance(template, at, new int[0], Map.of(), true);
  }

  private static Expr drift(int channel) {
    return Expr.leaf(Leaf.STEP, "theta[" + channel + "]");
  }

  private Expr root(int set) {
    String single = "sqrtDt";
    String ofSet = set == 0 ? CoarseGrid.FIRST_ROOT : CoarseGrid.SECOND_ROOT;
    return Expr.leaf(Leaf.STEP, noiseSets == 1 ? single : ofSet);
  }

  private Map<Expr, Expr> shifted() {
    Map<Expr, Expr> shifted = new HashMap<>();
    for (int set = 0; set < noiseSets; set++) {
      for (int c = 0; c < theta.size(); c++) {
        Expr z = PathProgram.normalLeaf(set, c);
        shifted.put(z, z.plus(drift(c).times(root(set))));
      }
    }
    return shifted;
  }

  /** The increment of B in a channel. */
  private Expr increment(int channel) {
    Expr sum = Expr.ZERO;
    for (int set = 0; set < noiseSets; set++) {
      sum = sum.plus(PathProgram.normalLeaf(set, channel).times(root(set)));
    }
    return sum;
  }

  private Expr logWeight(Expr before) {
    Expr time = Expr.ZERO;
    for (int set = 0; set < noiseSets; set++) {
      time = time.plus(root(set).square());
    }
    Expr squares = Expr.ZERO;
    Expr after = before;
    for (int c = 0; c < theta.size(); c++) {
      after = after.minus(drift(c).times(increment(c)));
      squares = squares.plus(drift(c).square());
    }
    return after.minus(squares.times(time).times(0.5));
  }

  private Map<String, double[]> inputs(Schedule schedule) {
    Map<String, double[]> inputs = new LinkedHashMap<>(schedule.stepInputs());
    for (int c = 0; c < theta.size(); c++) {
      double[] constant = new double[schedule.steps()];
      Arrays.fill(constant, theta.get(c));
      inputs.put(drift(c).name(), constant);
    }
    return Collections.unmodifiableMap(inputs);
  }
}
