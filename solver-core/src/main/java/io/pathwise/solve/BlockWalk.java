package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.Precision;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Functional;
import java.util.List;
import java.util.stream.IntStream;

/** What happens to a block: points the calls at the arrays of the moment and runs them. */
final class BlockWalk implements Itinerary.Visitor {
  /** For each output, its values on the paths of the shard, null where they are not wanted. */
  final double[][] captured;

  private final PathProgram program;
  private final Schedule schedule;
  private final BlockMemory memory;
  private final InputLayout inputs;
  private final PathData data;
  private final double[] initial;
  private final FragmentCall starts;
  private final FragmentCall.Port startStates;
  private final RecurrenceCall[] recurrences;
  private final FragmentCall.Port stepInputs;
  private final FragmentCall.Port[] updateInputs;
  private final FragmentCall.Port[] outputInputs;
  private final PreparationCalls preparations;
  private final FragmentCall noise;
  private final FragmentCall.Port drawn;
  private final FragmentCall step;
  private final FragmentCall.Port stepStates;
  private final FragmentCall.Port stepNormals;
  private final FragmentCall.Port stepNext;
  private final FragmentCall finish;
  private final FragmentCall.Port finishStates;
  private final FragmentCall[] updates;
  private final FragmentCall.Port[] updateStates;
  private final FragmentCall.Port[] updateBefore;
  private final FragmentCall.Port[] updateAfter;
  private final FragmentCall[] outputs;
  private final FragmentCall.Port[] outputStates;
  private final SlotPorts[] outputSlots;
  private final TreeWalk tree;
  private final ReverseSweeps sweeps;
  private final FragmentCall[] gradients;
  private final FragmentCall.Port[] gradientStates;
  private final SlotPorts[] gradientSlots;
  private final FragmentCall.Port[] gradientBars;
  private final FragmentCall.Port[] gradientInputs;
  private long[] paths;
  private int start;
  private int n;

  BlockWalk(PathRun run, Calls calls, BlockMemory memory, double[][] sums) {
    this.program = run.program();
    this.schedule = run.schedule();
    this.memory = memory;
    this.inputs = memory.inputs();
    this.data = run.data();
    this.starts = program.startsApart() ? calls.once("initial") : null;
    this.initial = starts == null ? calls.initialState() : null;
    List<Expr> next =
        IntStream.range(0, program.states()).mapToObj(ProgramFragments::next).toList();
    this.startStates = starts == null ? null : starts.port(next);
    if (starts != null) {
      memory.bind(starts.port(inputs.leaves()), inputs.at(0), 0);
    }
    this.recurrences = new RecurrenceCall[program.recurrences().size()];
    for (int r = 0; r < recurrences.length; r++) {
      recurrences[r] = new RecurrenceCall(r, program, calls, memory);
    }
    this.preparations = new PreparationCalls(run, calls, memory);
    this.noise = program.prepared() ? null : calls.noise();
    this.drawn = noise == null ? null : noise.port(drawnLeaves(program));
    if (noise != null) {
      noise.port(ProgramFragments.PATH).bind(0, memory.path);
    }
    this.step = calls.step("step");
    this.stepStates = step.port(calls.states());
    this.stepNormals = step.port(calls.normals());
    this.stepNext = step.port(next);
    this.stepInputs = step.port(inputs.leaves());
    this.finish = calls.once("finish");
    finish.port(ProgramFragments.STATUS).bind(0, memory.status);
    this.finishStates = finish.port(calls.states());
    int functionals = schedule.functionals().size();
    this.updates = new FragmentCall[functionals];
    this.updateStates = new FragmentCall.Port[functionals];
    this.updateBefore = new FragmentCall.Port[functionals];
    this.updateAfter = new FragmentCall.Port[functionals];
    this.updateInputs = new FragmentCall.Port[functionals];
    for (int f = 0; f < functionals; f++) {
      updates[f] = calls.update("update", f);
      updateStates[f] = updates[f].port(calls.states());
      updateInputs[f] = updates[f].port(inputs.leaves());
      updateBefore[f] = updates[f].port(components(run, f, Functional::value));
      updateAfter[f] = updates[f].port(components(run, f, ProgramFragments::nextFunctional));
    }
    int claims = schedule.outputs().size();
    this.outputs = new FragmentCall[claims];
    this.outputStates = new FragmentCall.Port[claims];
    this.outputSlots = new SlotPorts[claims];
    this.outputInputs = new FragmentCall.Port[claims];
    this.gradientInputs = new FragmentCall.Port[claims];
    this.gradients = new FragmentCall[claims];
    this.gradientStates = new FragmentCall.Port[claims];
    this.gradientSlots = new SlotPorts[claims];
    this.gradientBars = new FragmentCall.Port[claims];
    for (int o = 0; o < claims; o++) {
      outputs[o] = calls.output("output", o);
      outputStates[o] = outputs[o].port(calls.states());
      outputInputs[o] = outputs[o].port(inputs.leaves());
      outputSlots[o] = new SlotPorts(run, o, outputs[o]);
      outputs[o].port(ProgramFragments.VALUE).bind(0, memory.value);
      outputs[o].port(ProgramFragments.STATUS).bind(0, memory.status);
      outputs[o].port(ProgramFragments.SUM).bind(0, sums[memory.offset(o)]);
      outputs[o].port(ProgramFragments.SQUARES).bind(0, sums[memory.offset(o) + 1]);
      if (run.derivatives(schedule.outputs().get(o)) > 0) {
        gradient(run, o, calls, sums);
      }
    }
    this.captured = new double[claims][];
    this.tree = run.control().isPresent() ? new TreeWalk(run, calls) : null;
    this.sweeps = program.swept() ? new ReverseSweeps(run, calls, memory) : null;
  }

  private interface Component {
    Expr leaf(int j);
  }

  private static List<Expr> components(PathRun run, int f, Component component) {
    return IntStream.range(0, run.components(f)).mapToObj(component::leaf).toList();
  }

  private static List<Expr> drawnLeaves(PathProgram program) {
    return IntStream.range(0, program.granule() * program.channels())
        .mapToObj(j -> ProgramFragments.drawn(j / program.channels(), j % program.channels()))
        .toList();
  }

  /** Prepares the derivative of an output: what it adds to never changes. */
  private void gradient(PathRun run, int o, Calls calls, double[][] sums) {
    int parameters = program.gradient().size();
    int sources = ProgramFragments.sources(program, schedule.outputs().get(o).template()).size();
    FragmentCall call = calls.output("outputGradient", o);
    gradients[o] = call;
    gradientStates[o] = call.port(calls.states());
    gradientInputs[o] = call.port(inputs.leaves());
    gradientSlots[o] = new SlotPorts(run, o, call);
    gradientBars[o] =
        call.port(
            IntStream.range(0, sources * parameters)
                .mapToObj(j -> ProgramFragments.sensitivity(j / parameters, j % parameters))
                .toList());
    int offset = memory.offset(o) + 2;
    for (int p = 0; p < parameters; p++) {
      call.port(ProgramFragments.gradientSum(p)).bind(0, sums[offset + 2 * p]);
      call.port(ProgramFragments.gradientSquares(p)).bind(0, sums[offset + 2 * p + 1]);
    }
  }

  /** A block starts: its n paths are those of the shard from {@code first} on. */
  void begin(long[] numbers, int first, int count) {
    paths = numbers;
    start = first;
    n = count;
  }

  @Override
  public void bring() {
    boolean single = program.precision() == Precision.SINGLE;
    for (int row = 0; row < inputs.rows(); row++) {
      double[] lanes = memory.slot(inputs.base() + row);
      for (int l = 0; l < n; l++) {
        double value = data.value(paths[start + l], row);
        lanes[l] = single ? (float) value : value;
      }
    }
    for (int slot = inputs.rows(); slot < inputs.slots(); slot++) {
      Lanes.fill(memory.slot(inputs.base() + slot), 0);
    }
  }

  @Override
  public void recurrence(int r, int entry) {
    recurrences[r].run(entry, n);
  }

  @Override
  public void initial(int state) {
    if (starts != null) {
      memory.bind(startStates, state);
      starts.run(0, n);
      return;
    }
    for (int i = 0; i < initial.length; i++) {
      Lanes.fill(memory.slot(state + i), initial[i]);
    }
  }

  @Override
  public void start(int f, int value) {
    List<Double> values =
        program.functionals().get(schedule.functionals().get(f).template()).initial();
    for (int j = 0; j < values.size(); j++) {
      Lanes.fill(memory.slot(value + j), values.get(j));
    }
  }

  @Override
  public void prepare(int call, int base) {
    preparations.run(call, base, n);
  }

  @Override
  public void draw(int k, int normals) {
    if (tree == null) {
      memory.bind(drawn, normals);
      noise.run(k, n);
    }
  }

  @Override
  public void step(int k, int normals, int from, int to) {
    if (tree != null) {
      tree.step(memory, k, from, to, n);
      return;
    }
    memory.bind(stepStates, from);
    memory.bindNoise(stepNormals, k, normals);
    memory.bind(stepNext, to);
    memory.bind(stepInputs, inputs.at(k + 1), 0);
    step.run(k, n);
  }

  @Override
  public void update(int f, int event, int state, int before, int after) {
    memory.bind(updateStates[f], state);
    memory.bind(updateBefore[f], before);
    memory.bind(updateAfter[f], after);
    int at = schedule.functionals().get(f).events()[event];
    memory.bind(updateInputs[f], inputs.at(at), 0);
    updates[f].run(event, n);
  }

  @Override
  public void output(int o, int state, int[] functionals) {
    memory.bind(outputStates[o], state);
    memory.bind(outputInputs[o], inputs.at(schedule.outputs().get(o).at()), 0);
    outputSlots[o].bind(memory, functionals);
    outputs[o].run(0, n);
    if (captured[o] != null) {
      System.arraycopy(memory.value, 0, captured[o], start, n);
    }
  }

  @Override
  public void finish(int state) {
    memory.bind(finishStates, state);
    finish.run(0, n);
  }

  @Override
  public void stepBack(int k, int normals, int from, int to) {
    sweeps.stepBack(k, normals, from, to, n);
  }

  @Override
  public void restore(int state) {
    // every call says where the state lies
  }

  @Override
  public void begin(Itinerary.Source source) {
    sweeps.begin(source);
  }

  @Override
  public void updateReverse(
      int f, int event, int state, int before, Itinerary.Source source, int next, int nextSlot) {
    sweeps.updateReverse(f, event, state, before, source, next, nextSlot, n);
  }

  @Override
  public void stepReverse(int k, int state, int normals, Itinerary.Source source, int next) {
    sweeps.stepReverse(k, state, normals, source, next, n);
  }

  @Override
  public void initialReverse(Itinerary.Source source) {
    sweeps.initialReverse(source, n);
  }

  @Override
  public void recurrenceReverse(int r, int entry, Itinerary.Source source) {
    sweeps.recurrenceReverse(r, entry, source, n);
  }

  @Override
  public void gradient(int o, int state, int[] functionals, int[] bars) {
    memory.bind(gradientStates[o], state);
    memory.bind(gradientInputs[o], inputs.at(schedule.outputs().get(o).at()), 0);
    gradientSlots[o].bind(memory, functionals);
    int parameters = program.gradient().size();
    for (int s = 0; s < bars.length; s++) {
      for (int p = 0; p < parameters; p++) {
        gradientBars[o].bind(s * parameters + p, memory.slot(bars[s] + p));
      }
    }
    gradients[o].run(0, n);
  }
}
