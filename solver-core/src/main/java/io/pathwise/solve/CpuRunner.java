package io.pathwise.solve;

import io.pathwise.kernel.CompiledProgram;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.Schedule;
import java.util.BitSet;
import java.util.List;

/**
 * Drives the fragments of a program over the blocks of a shard, in the order of the {@link
 * Itinerary}. Allocates nothing in the path loop.
 */
final class CpuRunner implements ShardRunner {
  private final PathRun run;
  private final Diagnosis diagnosis;
  private final BlockMemory memory;
  private final double[][] sums;
  private final Itinerary itinerary;
  private final BlockWalk walk;
  private final CpuCarry carried;
  private final BitSet bad = new BitSet();
  private long[] paths = new long[0];

  CpuRunner(PathRun run, CompiledProgram compiled) {
    this.run = run;
    this.diagnosis = new Diagnosis(run);
    this.itinerary = new Itinerary(run, compiled.fragments());
    this.memory = new BlockMemory(run, itinerary);
    this.sums = Lanes.blocks(run.sums());
    this.walk = new BlockWalk(run, new Calls(run, compiled), memory, sums);
    this.carried = new CpuCarry(run, itinerary, memory);
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
    for (int o = 0; o < walk.captured.length; o++) {
      if (walk.captured[o] != null) {
        sink.accept(o, paths, walk.captured[o], n);
      }
    }
    return new ShardResult(shard, n, totals);
  }

  /** Grows the arrays with a value a path of the shard; nothing to do after the largest shard. */
  private void allocate(int size) {
    if (paths.length < size) {
      paths = new long[size];
      for (int o = 0; o < walk.captured.length; o++) {
        walk.captured[o] = capturedHere(o) ? new double[size] : null;
      }
    }
  }

  private boolean capturedHere(int o) {
    Schedule.OutputInstance output = run.schedule().outputs().get(o);
    return output.captured() && run.covers(output.at());
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
    walk.begin(paths, start, n);
    itinerary.begin(walk);
    carried.load(start, n);
    itinerary.visit(walk);
    carried.store(start, n);
    for (int l = 0; l < n; l++) {
      if (memory.status[l] != 0) {
        bad.set(start + l);
      }
    }
  }
}
