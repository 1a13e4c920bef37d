package io.pathwise.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.DeviceRequest;
import io.pathwise.solve.Leg;
import io.pathwise.solve.MemoryCarry;
import io.pathwise.solve.ParityCheck;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.PlanRunner;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardExecutor;
import io.pathwise.solve.ShardResult;
import io.pathwise.solve.SimulationPlan;
import io.pathwise.solve.Tally;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds the OpenCL executor against the CPU's, bit by bit. */
final class Parity {
  /** No guard: the test itself compares. */
  static final DeviceRequest UNGUARDED =
      new DeviceRequest(Optional.empty(), Optional.empty(), ParityCheck.OFF);

  private Parity() {}

  /** All sums, numbers of paths and captured values of some shards, as bits. */
  static Map<String, long[]> bits(ShardExecutor executor, PathRun run, List<Shard> shards) {
    Map<String, long[]> bits = new TreeMap<>();
    PathSink sink =
        (output, paths, values, n) -> {
          int call = bits.size();
          bits.put(call + " values of output " + output, toBits(Arrays.copyOf(values, n)));
          bits.put(call + " paths of output " + output, Arrays.copyOf(paths, n));
        };
    for (ShardResult result : executor.open(run, UNGUARDED).run(shards, sink)) {
      bits.put("sums " + result.shard().number(), toBits(result.sums()));
      bits.put("paths " + result.shard().number(), new long[] {result.paths()});
    }
    return bits;
  }

  /** All numbers of a plan and its companion, run in legs that end at some grid indices. */
  static byte[] tally(
      SimulationPlan plan, ShardExecutor executor, List<Shard> shards, int... cuts) {
    Tally all = new Tally(plan, shards.size());
    MemoryCarry fine = new MemoryCarry();
    MemoryCarry coarse = new MemoryCarry();
    int from = 0;
    for (int c = 0; c <= cuts.length; c++) {
      int to = c < cuts.length ? cuts[c] : plan.fine().schedule().steps();
      Tally leg = new Tally(plan, shards.size());
      // guarded, so that the guard meets legs too
      DeviceRequest request =
          new DeviceRequest(Optional.empty(), Optional.empty(), ParityCheck.EVERY_RUN);
      new PlanRunner(plan.over(new Leg(from, to)), executor, request)
          .run(shards, leg, fine, coarse);
      all.overlay(leg);
      fine.next();
      coarse.next();
      from = to;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      all.write(out);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return bytes.toByteArray();
  }

  private static long[] toBits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  /** Asserts that a plan and its companion give the same bits on both. */
  static void assertSameBits(SimulationPlan plan, List<Shard> shards) {
    assertSameBits(plan.fine(), shards);
    plan.coarse().ifPresent(run -> assertSameBits(run, shards));
  }

  static void assertSameBits(PathRun run, List<Shard> shards) {
    Map<String, long[]> cpu = bits(new CpuExecutor(), run, shards);
    Map<String, long[]> device = bits(new OpenClExecutor(), run, shards);
    assertThat(device.keySet()).isEqualTo(cpu.keySet());
    cpu.forEach((what, expected) -> assertThat(device.get(what)).as(what).isEqualTo(expected));
  }
}
