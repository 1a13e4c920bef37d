package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.expr.Graph;
import io.pathwise.expr.Leaf;
import io.pathwise.kernel.CoarseGrid;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Schedule;
import io.pathwise.kernel.TimeGrid;
import io.pathwise.payoff.Output;
import io.pathwise.scheme.Step;
import io.pathwise.sde.Sde;
import io.pathwise.sde.ZeroCurve;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A level of multilevel Monte Carlo as a run: a step of the coarse grid is two steps of the fine
 * one and one coarse step on the same Brownian motion, side by side in one path. Level 0 is the
 * plain run on the coarsest grid, which holds the time of every event; each further grid halves
 * every step, so that pairs of steps never straddle one.
 *
 * <p>Output {@link #OUTPUTS} i + {@link #DIFFERENCE} is Y of claim i, then come its fine payoff,
 * and the second and third power of Y about its value on the path without noise.
 */
final class LevelPlan {
  /** Outputs a claim. */
  static final int OUTPUTS = 4;

  /** The place of Y = P_f - P_c. */
  static final int DIFFERENCE = 0;

  /** The place of P_f. */
  static final int FINE = 1;

  /** The place of the square of Y about its centre. */
  static final int SQUARE = 2;

  /** The place of the third power of Y about its centre. */
  static final int CUBE = 3;

  private static final Expr CENTRE = Expr.leaf(Leaf.STEP, "centre");
  private static final Expr SQRT_DT = Expr.leaf(Leaf.STEP, "sqrtDt");
  private static final List<String> HALVES = List.of("/first", "/second");

  private final SimulationRequest request;
  private final TimeGrid coarsest;

  /**
   * The levels of a simulation.
   *
   * @param coarsest the grid of level 0
   */
  LevelPlan(SimulationRequest request, TimeGrid coarsest) {
    this.request = request;
    this.coarsest = coarsest;
  }

  /** Steps a path of a level, those of both grids. */
  double cost(int level) {
    double fine = StrictMath.scalb((double) coarsest.steps(), level);
    return level == 0 ? fine : 1.5 * fine;
  }

  /** Every step of the coarsest grid in 2^level parts. */
  private TimeGrid grid(int level) {
    int parts = 1 << level;
    double[] t = coarsest.times();
    double[] times = new double[coarsest.steps() * parts + 1];
    for (int k = 0; k < coarsest.steps(); k++) {
      for (int j = 0; j < parts; j++) {
        times[k * parts + j] = t[k] + (t[k + 1] - t[k]) * j / parts;
      }
    }
    times[times.length - 1] = t[t.length - 1];
    return new TimeGrid(times);
  }

  /** The run of a level. */
  PathRun run(int level) {
    TimeGrid grid = grid(Math.max(0, level - 1));
    PathRun plain = SimulationPlan.of(request.on(grid), false).fine();
    if (plain.schedule().steps() != grid.steps()) {
      throw new IllegalStateException(
          plain.schedule().steps() + " steps on level " + level + ", expected " + grid.steps());
    }
    PathRun run = centred(level == 0 ? alone(plain) : coupled(plain, grid));
    return GradientStrategy.of(run, request);
  }

  private static PathRun alone(PathRun plain) {
    PathProgram program = plain.program();
    Schedule schedule = plain.schedule();
    List<Output> outputs = new ArrayList<>();
    for (Output o : program.outputs()) {
      addOutputs(outputs, o, o.slots(), o.value(), o.value());
    }
    return plain.with(
        new PathProgram(
            program.precision(),
            program.gradient(),
            program.stateNames(),
            program.channels(),
            program.noiseSets(),
            program.initial(),
            program.step(),
            program.functionals(),
            outputs),
        new Schedule(
            schedule.times(),
            schedule.stepInputs(),
            schedule.fineStep(),
            schedule.functionals(),
            instances(schedule, false)));
  }

  /** Y, the fine payoff and the powers of Y. */
  private static void addOutputs(
      List<Output> outputs, Output template, int slots, Expr difference, Expr fine) {
    Expr deviation = difference.minus(CENTRE);
    Expr square = deviation.square();
    String name = template.name();
    outputs.add(new Output(name, slots, difference, template.differentiated()));
    outputs.add(new Output(name + " fine", slots, fine, false));
    outputs.add(new Output(name + " square", slots, square, false));
    outputs.add(new Output(name + " cube", slots, square.times(deviation), false));
  }

  private static List<Schedule.OutputInstance> instances(Schedule schedule, boolean twin) {
    List<Schedule.OutputInstance> instances = new ArrayList<>();
    for (Schedule.OutputInstance o : schedule.outputs()) {
      int[] slots = twin ? Twin.slots(schedule, o) : o.functionals();
      for (int j = 0; j < OUTPUTS; j++) {
        instances.add(
            new Schedule.OutputInstance(
                OUTPUTS * o.template() + j, o.at(), slots, o.inputs(), false));
      }
    }
    return instances;
  }

  private PathRun coupled(PathRun plain, TimeGrid grid) {
    PathProgram program = plain.program();
    Schedule schedule = plain.schedule();
    Twin twin = new Twin(program);
    List<Expr> coarse =
        Tracer.trace(
                request.sde(),
                request.scheme(),
                request.precision(),
                List.of(),
                2,
                JumpRoom.most(request.on(grid), grid),
                List.of(),
                List.of(),
                List.of())
            .step();
    List<Output> outputs = new ArrayList<>();
    for (Output o : program.outputs()) {
      addOutputs(outputs, o, 2 * o.slots(), o.value().minus(twin.second(o)), o.value());
    }
    Map<String, double[]> inputs = new LinkedHashMap<>(schedule.stepInputs());
    int[] fineStep = new int[grid.steps()];
    double[] root = new double[grid.steps()];
    for (int k = 0; k < root.length; k++) {
      fineStep[k] = 2 * k;
      root[k] = Math.sqrt(0.5 * (grid.times()[k + 1] - grid.times()[k]));
    }
    inputs.put(CoarseGrid.FIRST_ROOT, root);
    inputs.put(CoarseGrid.SECOND_ROOT, root);
    request.curves().forEach((name, curve) -> putHalves(inputs, name, curve, grid));
    return plain.with(
        twin.program(2, twoSteps(program), coarse, outputs),
        new Schedule(
            schedule.times(),
            inputs,
            fineStep,
            twin.functionals(schedule),
            instances(schedule, true)));
  }

  private static void putHalves(
      Map<String, double[]> inputs, String name, ZeroCurve curve, TimeGrid grid) {
    double[] t = grid.times();
    double[][] means = new double[2][grid.steps()];
    for (int k = 0; k < grid.steps(); k++) {
      double middle = t[k] + (t[k + 1] - t[k]) * 0.5;
      means[0][k] = curve.forward(t[k], middle);
      means[1][k] = curve.forward(middle, t[k + 1]);
    }
    for (int half = 0; half < 2; half++) {
      inputs.put(Sde.curve(name).name() + HALVES.get(half), means[half]);
    }
  }

  /** Two steps of half the size, the second where the first ends. */
  private List<Expr> twoSteps(PathProgram program) {
    List<Expr> first = Graph.substitute(program.step(), half(program, 0, List.of()));
    return Graph.substitute(program.step(), half(program, 1, first));
  }

  private Map<Expr, Expr> half(PathProgram program, int half, List<Expr> from) {
    Map<Expr, Expr> leaves = new HashMap<>();
    Expr dt = Step.DT.times(0.5);
    leaves.put(Step.DT, dt);
    leaves.put(
        SQRT_DT, Expr.leaf(Leaf.STEP, half == 0 ? CoarseGrid.FIRST_ROOT : CoarseGrid.SECOND_ROOT));
    for (String name : request.curves().keySet()) {
      Expr curve = Sde.curve(name);
      leaves.put(curve, Expr.leaf(Leaf.STEP, curve.name() + HALVES.get(half)));
    }
    if (half == 1) {
      leaves.put(Sde.TIME, Sde.TIME.plus(dt));
      for (int i = 0; i < from.size(); i++) {
        leaves.put(PathProgram.state(i), from.get(i));
      }
      for (int c = 0; c < program.channels(); c++) {
        leaves.put(PathProgram.normalLeaf(0, c), PathProgram.normalLeaf(1, c));
      }
    }
    requireKnown(program, leaves);
    return leaves;
  }

  /** Every input of a step must have a value in the middle of it. */
  private static void requireKnown(PathProgram program, Map<Expr, Expr> leaves) {
    for (Expr leaf : Graph.leaves(program.step())) {
      if (leaf.leaf() == Leaf.STEP && !leaf.equals(Sde.TIME) && !leaves.containsKey(leaf)) {
        throw new IllegalArgumentException(
            "multilevel: the step reads " + leaf.name() + ", which has no value at half a step");
      }
    }
  }

  /** Takes sums and powers about the values on the path whose normals are all 0. */
  private static PathRun centred(PathRun run) {
    Schedule schedule = run.schedule();
    PathReplay replay = new PathReplay(bare(run));
    double[] values = replay.outputs(replay.states(PathReplay.NormalSource.ZERO));
    List<Schedule.OutputInstance> outputs = new ArrayList<>();
    for (int o = 0; o < schedule.outputs().size(); o++) {
      Schedule.OutputInstance instance = schedule.outputs().get(o);
      int difference = o - o % OUTPUTS;
      Map<String, Double> inputs = new HashMap<>(instance.inputs());
      inputs.put(CENTRE.name(), finite(values[difference]));
      Schedule.OutputInstance whole =
          new Schedule.OutputInstance(
              instance.template(), instance.at(), instance.functionals(), inputs, false);
      outputs.add(whole.about(o % OUTPUTS <= FINE ? finite(values[o]) : 0));
    }
    return run.with(
        run.program(),
        new Schedule(
            schedule.times(),
            schedule.stepInputs(),
            schedule.fineStep(),
            schedule.functionals(),
            outputs));
  }

  /** The run with 0 for a centre. */
  private static PathRun bare(PathRun run) {
    Schedule schedule = run.schedule();
    return run.with(
        run.program(),
        new Schedule(
            schedule.times(),
            schedule.stepInputs(),
            schedule.fineStep(),
            schedule.functionals(),
            schedule.outputs().stream()
                .map(
                    o -> {
                      Map<String, Double> inputs = new HashMap<>(o.inputs());
                      inputs.put(CENTRE.name(), 0.0);
                      return new Schedule.OutputInstance(
                          o.template(), o.at(), o.functionals(), inputs, false);
                    })
                .toList()));
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }

  /** The grid of level 0 of a plan. */
  static TimeGrid coarsest(SimulationPlan plan) {
    return new TimeGrid(plan.fine().schedule().times());
  }
}
