package io.pathwise.solve;

import io.pathwise.expr.Expr;
import io.pathwise.kernel.CompiledProgram;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Functional;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Drives the fragments of a program over the blocks of a shard: forward through the grid, then, for
 * gradients, backwards once for every date and source that an output reads. Allocates nothing in
 * the path loop.
 */
final class CpuRunner implements ShardRunner {
  private final PathRun run;
  private final Diagnosis diagnosis;
  private final PathProgram program;
  private final Schedule schedule;
  private final BlockMemory memory;
  private final FragmentCall noise;
  private final FragmentCall.Port drawn;
  private final FragmentCall step;
  private final FragmentCall.Port stepStates;
  private final FragmentCall.Port stepNormals;
  private final FragmentCall.Port stepNext;
  private final FragmentCall finish;
  private final FragmentCall[] updates;
  private final FragmentCall.Port[] updateStates;
  private final FragmentCall.Port[] updateValues;
  private final FragmentCall[] outputs;
  private final FragmentCall.Port[] outputStates;
  private final FragmentCall.Port[] outputSlots;
  private final ReverseSweeps sweeps;
  private final TreeWalk tree;
  private final int drawnPerGranule;
  private final PreparationCalls preparations;
  private final double[] initial;
  private final double[][] sums;
  private final Itinerary itinerary;
  private final Forward forward = new Forward();
  private final double[][] captured;
  private final CpuCarry carried;
  private final BitSet bad = new BitSet();
  private long[] paths = new long[0];

  CpuRunner(PathRun run, CompiledProgram compiled) {
    this.run = run;
    this.diagnosis = new Diagnosis(run);
    this.program = run.program();
    this.schedule = run.schedule();
    this.memory = new BlockMemory(run, compiled.fragments());
    Calls calls = new Calls(run, compiled);
    this.preparations = new PreparationCalls(run, calls, memory);
    this.noise = program.prepared() ? null : calls.noise();
    this.drawnPerGranule = program.granule() * program.channels();
    this.drawn = noise == null ? null : noise.port(drawnLeaves(program));
    if (noise != null) {
      noise.port(ProgramFragments.PATH).bind(0, memory.path);
    }
    this.step = calls.step("step");
    this.stepStates = step.port(calls.states());
    this.stepNormals = step.port(calls.normals());
    this.stepNext =
        step.port(IntStream.range(0, program.states()).mapToObj(ProgramFragments::next).toList());
    this.finish = calls.once("finish");
    finish.port(ProgramFragments.STATUS).bind(0, memory.status);
    memory.bindStates(finish.port(calls.states()), schedule.steps());
    this.sums = Lanes.blocks(run.sums());
    int functionals = schedule.functionals().size();
    this.updates = new FragmentCall[functionals];
    this.updateStates = new FragmentCall.Port[functionals];
    this.updateValues = new FragmentCall.Port[functionals];
    for (int f = 0; f < functionals; f++) {
      updates[f] = calls.update("update", f);
      updateStates[f] = updates[f].port(calls.states());
      updateValues[f] =
          updates[f].port(List.of(Functional.VALUE, ProgramFragments.NEXT_FUNCTIONAL));
    }
    int claims = schedule.outputs().size();
    this.outputs = new FragmentCall[claims];
    this.outputStates = new FragmentCall.Port[claims];
    this.outputSlots = new FragmentCall.Port[claims];
    for (int o = 0; o < claims; o++) {
      outputs[o] = calls.output("output", o);
      outputStates[o] = outputs[o].port(calls.states());
      outputSlots[o] = outputs[o].port(calls.slots(o));
      outputs[o].port(ProgramFragments.VALUE).bind(0, memory.value);
      outputs[o].port(ProgramFragments.STATUS).bind(0, memory.status);
      outputs[o].port(ProgramFragments.SUM).bind(0, sums[memory.offset(o)]);
      outputs[o].port(ProgramFragments.SQUARES).bind(0, sums[memory.offset(o) + 1]);
    }
    this.captured = new double[outputs.length][];
    this.carried = new CpuCarry(run, memory);
    this.initial = calls.initialState();
    this.itinerary = new Itinerary(run);
    this.tree = run.control().isPresent() ? new TreeWalk(run, calls) : null;
    this.sweeps =
        itinerary.differentiates() ? new ReverseSweeps(run, itinerary, calls, memory, sums) : null;
  }

  @Override
  public int batch() {
    return 1;
  }

  @Override
  public List<ShardResult> run(List<Shard> shards, PathSink sink, Carry carry) {
    return shards.stream().map(shard -> run(shard, sink, carry)).toList();
  }

  private ShardResult run(Shard shard, PathSink sink, Carry carry) {
    allocate(shard.size());
    carried.begin(shard, carry);
    for (int i = 0; i < shard.size(); i++) {
      paths[i] = shard.first() + i;
    }
    int n = shard.size();
    bad.clear();
    pass(n);
    if (!bad.isEmpty()) {
      if (run.onNan() == OnNan.FAIL) {
        throw diagnosis.notFinite(paths[bad.nextSetBit(0)]);
      }
      n = dropBad(n);
      pass(n);
    }
    double[] totals = new double[sums.length];
    for (int i = 0; i < sums.length; i++) {
      totals[i] = Lanes.sum(sums[i]);
    }
    diagnosis.requireFinite(totals, shard);
    carried.end(shard, carry);
    for (int o = 0; o < captured.length; o++) {
      if (captured[o] != null) {
        sink.accept(o, paths, captured[o], n);
      }
    }
    return new ShardResult(shard, n, totals);
  }

  /** Grows the arrays with a value a path of the shard; nothing to do after the largest shard. */
  private void allocate(int size) {
    if (paths.length < size) {
      paths = new long[size];
      for (int o = 0; o < captured.length; o++) {
        captured[o] = capturedHere(o) ? new double[size] : null;
      }
    }
  }

  private boolean capturedHere(int o) {
    return schedule.outputs().get(o).captured() && run.covers(schedule.outputs().get(o).at());
  }

  private int dropBad(int n) {
    int kept = 0;
    for (int i = 0; i < n; i++) {
      if (!bad.get(i)) {
        paths[kept++] = paths[i];
      }
    }
    return kept;
  }

  /** Runs the first n listed paths; marks those that are not finite. */
  private void pass(int n) {
    for (double[] lanes : sums) {
      Lanes.fill(lanes, 0);
    }
    for (int start = 0; start < n; start += Lanes.WIDTH) {
      block(start, Math.min(Lanes.WIDTH, n - start));
    }
  }

  private void block(int start, int n) {
    Lanes.words(memory.path, paths, start, n);
    Lanes.fill(memory.status, 0);
    for (int i = 0; i < initial.length; i++) {
      Lanes.fill(memory.state(0, i), initial[i]);
    }
    memory.startFunctionals();
    carried.load(start, n);
    forward.start = start;
    forward.n = n;
    itinerary.forward(forward);
    carried.store(start, n);
    for (int l = 0; l < n; l++) {
      if (memory.status[l] != 0) {
        bad.set(start + l);
      }
    }
    if (sweeps != null) {
      sweeps.run(n);
    }
  }

  /** Points the calls at the arrays of the moment and runs them on a block. */
  private final class Forward implements Itinerary.Forward {
    private int start;
    private int n;

    @Override
    public void update(int f, int event, int k) {
      memory.bindStates(updateStates[f], k);
      updateValues[f].bind(0, memory.functional(f, event));
      updateValues[f].bind(1, memory.functional(f, event + 1));
      updates[f].run(event, n);
    }

    @Override
    public void output(int o, int k) {
      int[] functionals = schedule.outputs().get(o).functionals();
      memory.bindStates(outputStates[o], k);
      for (int s = 0; s < functionals.length; s++) {
        outputSlots[o].bind(s, memory.functionalAt(functionals[s], k));
      }
      outputs[o].run(0, n);
      if (captured[o] != null) {
        System.arraycopy(memory.value, 0, captured[o], start, n);
      }
    }

    @Override
    public void prepare(int call) {
      preparations.run(call, n);
    }

    @Override
    public void draw(int granule, int k) {
      if (tree != null) {
        return;
      }
      for (int j = 0; j < drawnPerGranule; j++) {
        drawn.bind(j, memory.drawn(granule, j));
      }
      noise.run(k, n);
    }

    @Override
    public void step(int k) {
      if (tree != null) {
        tree.step(memory, k, n);
        return;
      }
      memory.bindStates(stepStates, k);
      memory.bindNoise(stepNormals, k);
      memory.bindStates(stepNext, k + 1);
      step.run(k, n);
    }

    @Override
    public void finish() {
      finish.run(0, n);
    }
  }

  private static List<Expr> drawnLeaves(PathProgram program) {
    return IntStream.range(0, program.granule() * program.channels())
        .mapToObj(j -> ProgramFragments.drawn(j / program.channels(), j % program.channels()))
        .toList();
  }
}
