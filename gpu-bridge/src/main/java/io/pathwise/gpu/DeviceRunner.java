package io.pathwise.gpu;

import io.pathwise.gpu.NativeKernel.Argument;
import io.pathwise.kernel.Lanes;
import io.pathwise.kernel.Precision;
import io.pathwise.solve.Carry;
import io.pathwise.solve.DeviceException;
import io.pathwise.solve.Diagnosis;
import io.pathwise.solve.OnNan;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardResult;
import io.pathwise.solve.ShardRunner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs batches of shards on a device: a work group takes shards one after the other. */
final class DeviceRunner implements ShardRunner {
  private final PathRun run;
  private final OpenClProgram program;
  private final Tape tape;
  private final Geometry geometry;
  private final Diagnosis diagnosis;
  private final Workload workload;
  private int stamp;
  private int rows;
  private int stride;
  private long[] paths = new long[0];
  private int[] sizes = new int[0];
  private double[] sums = new double[0];
  private double[] status = new double[0];
  private double[] captured = new double[1];
  private double[] carried = new double[1];

  /** Prepares a run for one thread. */
  DeviceRunner(
      PathRun run, OpenClProgram program, Tape tape, Geometry geometry, Workload workload) {
    this.run = run;
    this.program = program;
    this.tape = tape;
    this.geometry = geometry;
    this.workload = workload;
    this.diagnosis = new Diagnosis(run);
  }

  @Override
  public int batch() {
    return workload.batch();
  }

  @Override
  public List<ShardResult> run(List<Shard> shards, PathSink sink, Carry carry) {
    List<ShardResult> results = new ArrayList<>();
    for (int from = 0; from < shards.size(); from += workload.batch()) {
      int to = Math.min(shards.size(), from + workload.batch());
      results.addAll(call(shards.subList(from, to), sink, carry));
    }
    return results;
  }

  private List<ShardResult> call(List<Shard> shards, PathSink sink, Carry carry) {
    allocate(shards.size(), shards.stream().mapToInt(Shard::size).max().orElseThrow());
    for (int s = 0; s < shards.size(); s++) {
      sizes[s] = shards.get(s).size();
      for (int i = 0; i < sizes[s]; i++) {
        paths[s * stride + i] = shards.get(s).first() + i;
      }
      pad(s);
      if (run.continued()) {
        double[][] start = carry.start(shards.get(s));
        for (int row = 0; row < start.length; row++) {
          System.arraycopy(start[row], 0, carried, row * rows * stride + s * stride, sizes[s]);
        }
      }
    }
    execute(shards.size());
    boolean again = false;
    for (int s = 0; s < shards.size(); s++) {
      again |= dropBad(s);
    }
    if (again) {
      execute(shards.size());
    }
    List<ShardResult> results = new ArrayList<>();
    for (int s = 0; s < shards.size(); s++) {
      double[] totals =
          Arrays.copyOfRange(sums, s * (run.sums() + 1), (s + 1) * (run.sums() + 1) - 1);
      diagnosis.requireFinite(totals, shards.get(s));
      results.add(new ShardResult(shards.get(s), sizes[s], totals));
      for (int c = 0; c < tape.captured().length; c++) {
        int from = c * rows * stride + s * stride;
        sink.accept(
            tape.captured()[c],
            Arrays.copyOfRange(paths, s * stride, s * stride + sizes[s]),
            Arrays.copyOfRange(captured, from, from + sizes[s]),
            sizes[s]);
      }
      if (run.cut()) {
        carry.end(shards.get(s), carriedBy(s));
      }
    }
    return results;
  }

  /** The rows that the paths of a shard carry on. */
  private double[][] carriedBy(int s) {
    double[][] end = new double[run.carriedRows(run.leg().to())][];
    for (int row = 0; row < end.length; row++) {
      int from = row * rows * stride + s * stride;
      end[row] = Arrays.copyOfRange(carried, from, from + sizes[s]);
    }
    return end;
  }

  /** Grows the arrays of a call; nothing to do after the largest. */
  private void allocate(int shards, int size) {
    int padded = (size + Lanes.WIDTH - 1) / Lanes.WIDTH * Lanes.WIDTH;
    if (shards > rows || padded > stride) {
      rows = Math.max(rows, shards);
      stride = Math.max(stride, padded);
      paths = new long[rows * stride];
      sizes = new int[rows];
      sums = new double[rows * (run.sums() + 1)];
      status = new double[rows * stride];
      captured = new double[Math.max(1, tape.captured().length * rows * stride)];
      carried = new double[Math.max(1, workload.carriedRows() * rows * stride)];
    }
  }

  /** Lanes behind the last path compute some path again, and none of it counts. */
  private void pad(int s) {
    int last = s * stride + sizes[s];
    Arrays.fill(paths, last, (s + 1) * stride, sizes[s] == 0 ? 0 : paths[last - 1]);
  }

  /** Drops the paths of a shard that are not finite; whether there were any. */
  private boolean dropBad(int s) {
    int kept = 0;
    for (int i = 0; i < sizes[s]; i++) {
      int at = s * stride + i;
      if (status[at] == 0) {
        paths[s * stride + kept++] = paths[at];
      } else if (run.onNan() == OnNan.FAIL) {
        throw diagnosis.notFinite(paths[at]);
      }
    }
    boolean dropped = kept < sizes[s];
    sizes[s] = kept;
    if (dropped) {
      pad(s);
    }
    return dropped;
  }

  /** What the paths of a call bring along, behind the rows that they carry into the leg. */
  private void bring(int shards) {
    boolean single = run.program().precision() == Precision.SINGLE;
    int first = run.continued() ? run.carriedRows(run.leg().from()) : 0;
    for (int row = 0; row < tape.brought(); row++) {
      int base = (first + row) * rows * stride;
      for (int at = 0; at < shards * stride; at++) {
        double value = run.data().value(paths[at], row);
        carried[base + at] = single ? (float) value : value;
      }
    }
  }

  private void execute(int shards) {
    bring(shards);
    stamp++;
    int width = run.sums() + 1;
    int[] call = {
      shards, rows * stride, stride, run.sums(), workload.groupMemory(), stamp,
    };
    program.run(
        Math.min(workload.groups(), shards),
        geometry.group(),
        List.of(
            Argument.in(tape.numbers()),
            Argument.in(tape.words()),
            Argument.in(tape.code()),
            Argument.in(paths),
            Argument.in(sizes),
            Argument.in(call),
            Argument.out(sums),
            Argument.out(status),
            Argument.out(captured),
            Argument.inOut(carried)),
        workload.groups() * workload.groupMemory());
    for (int s = 0; s < shards; s++) {
      if (sums[s * width + width - 1] != stamp) {
        program.dispose();
        throw new DeviceException(
            program.device()
                + " said that it ran the kernel, and did not: the results of "
                + shards
                + " shards are missing");
      }
    }
  }
}
