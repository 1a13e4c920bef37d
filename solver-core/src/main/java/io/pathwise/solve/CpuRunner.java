package io.pathwise.solve;

import io.pathwise.kernel.CompiledProgram;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.PathProgram;
import io.pathwise.kernel.ProgramFragments;
import io.pathwise.kernel.Schedule;
import io.pathwise.payoff.Functional;
import io.pathwise.payoff.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Drives the fragments of a program over the blocks of a shard: forward through the grid, then, for
 * gradients, backwards once for every date and source that an output reads. Allocates nothing in
 * the path loop.
 */
final class CpuRunner implements ShardRunner {
  private final PathRun run;
  private final PathProgram program;
  private final Schedule schedule;
  private final BlockMemory memory;
  private final FragmentCall noise;
  private final FragmentCall step;
  private final FragmentCall finish;
  private final FragmentCall[] updates;
  private final FragmentCall[] outputs;
  private final ReverseSweeps sweeps;
  private final double[] initial;
  private final double[][] sums;
  private final int[][] outputsAt;
  private final int[][] functionalsAt;
  private final int[][] eventAt;
  private final double[][] captured;
  private final BitSet bad = new BitSet();
  private long[] paths = new long[0];

  CpuRunner(PathRun run, CompiledProgram compiled) {
    this.run = run;
    this.program = run.program();
    this.schedule = run.schedule();
    this.memory = new BlockMemory(run, compiled.fragments());
    Calls calls = new Calls(run, compiled);
    this.noise = calls.noise();
    this.step = calls.step("step");
    this.finish = calls.once("finish").bind(ProgramFragments.STATUS, memory.status);
    this.updates = new FragmentCall[schedule.functionals().size()];
    for (int f = 0; f < updates.length; f++) {
      updates[f] = calls.update("update", f);
    }
    this.outputs = new FragmentCall[schedule.outputs().size()];
    for (int o = 0; o < outputs.length; o++) {
      outputs[o] = calls.output("output", o);
    }
    this.captured = new double[outputs.length][];
    this.initial = calls.initialState();
    this.sums = FragmentCall.block(run.sums());
    this.outputsAt = indexOutputs();
    this.functionalsAt = new int[schedule.steps() + 1][];
    this.eventAt = new int[schedule.steps() + 1][];
    indexEvents();
    this.sweeps = program.gradient().isEmpty() ? null : new ReverseSweeps(run, calls, memory);
  }

  private int[][] indexOutputs() {
    List<List<Integer>> at = new ArrayList<>();
    for (int k = 0; k <= schedule.steps(); k++) {
      at.add(new ArrayList<>());
    }
    for (int o = 0; o < outputs.length; o++) {
      at.get(schedule.outputs().get(o).at()).add(o);
    }
    return at.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  private void indexEvents() {
    for (int k = 0; k <= schedule.steps(); k++) {
      List<Integer> which = new ArrayList<>();
      List<Integer> event = new ArrayList<>();
      for (int f = 0; f < schedule.functionals().size(); f++) {
        int e = Arrays.binarySearch(schedule.functionals().get(f).events(), k);
        if (e >= 0) {
          which.add(f);
          event.add(e);
        }
      }
      functionalsAt[k] = which.stream().mapToInt(Integer::intValue).toArray();
      eventAt[k] = event.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  @Override
  public ShardResult run(Shard shard, PathSink sink) {
    allocate(shard.size());
    for (int i = 0; i < shard.size(); i++) {
      paths[i] = shard.first() + i;
    }
    int n = shard.size();
    bad.clear();
    pass(n);
    if (!bad.isEmpty()) {
      if (run.onNan() == OnNan.FAIL) {
        throw new Diagnosis(run).notFinite(paths[bad.nextSetBit(0)]);
      }
      n = dropBad(n);
      pass(n);
    }
    double[] totals = new double[sums.length];
    for (int i = 0; i < sums.length; i++) {
      totals[i] = Lanes.sum(sums[i]);
    }
    new Diagnosis(run).requireFinite(totals, shard);
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
        captured[o] = schedule.outputs().get(o).captured() ? new double[size] : null;
      }
    }
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
    int drawn = -1;
    for (int k = 0; k <= schedule.steps(); k++) {
      events(k, start, n);
      if (k == schedule.steps()) {
        break;
      }
      int granule = schedule.fineStep()[k] / program.granule();
      if (granule != drawn) {
        draw(k, granule, n);
        drawn = granule;
      }
      step(k, n);
    }
    memory.bindStates(finish, schedule.steps());
    finish.run(0, n);
    for (int l = 0; l < n; l++) {
      if (memory.status[l] != 0) {
        bad.set(start + l);
      }
    }
    if (sweeps != null) {
      sweeps.run(sums, n);
    }
  }

  private void events(int k, int start, int n) {
    for (int j = 0; j < functionalsAt[k].length; j++) {
      int f = functionalsAt[k][j];
      FragmentCall update = updates[f];
      memory.bindStates(update, k);
      update
          .bind(Functional.VALUE, memory.functional(f, eventAt[k][j]))
          .bind(ProgramFragments.NEXT_FUNCTIONAL, memory.functional(f, eventAt[k][j] + 1))
          .run(eventAt[k][j], n);
    }
    for (int o : outputsAt[k]) {
      Schedule.OutputInstance instance = schedule.outputs().get(o);
      FragmentCall output = outputs[o];
      int offset = memory.offset(o);
      memory.bindStates(output, k);
      for (int s = 0; s < instance.functionals().length; s++) {
        output.bind(Output.slot(s), memory.functionalAt(instance.functionals()[s], k));
      }
      output
          .bind(ProgramFragments.VALUE, memory.value)
          .bind(ProgramFragments.STATUS, memory.status)
          .bind(ProgramFragments.SUM, sums[offset])
          .bind(ProgramFragments.SQUARES, sums[offset + 1])
          .run(0, n);
      if (captured[o] != null) {
        System.arraycopy(memory.value, 0, captured[o], start, n);
      }
    }
  }

  private void draw(int k, int granule, int n) {
    noise.bind(ProgramFragments.PATH, memory.path);
    for (int g = 0; g < program.granule(); g++) {
      for (int c = 0; c < program.channels(); c++) {
        noise.bind(ProgramFragments.drawn(g, c), memory.drawn(granule, g, c));
      }
    }
    noise.run(k, n);
  }

  private void step(int k, int n) {
    memory.bindStates(step, k);
    memory.bindNoise(step, k);
    for (int i = 0; i < program.states(); i++) {
      step.bind(ProgramFragments.next(i), memory.state(k + 1, i));
    }
    step.run(k, n);
  }
}
