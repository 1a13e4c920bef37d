package io.pathwise.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.DeviceRequest;
import io.pathwise.solve.ParityCheck;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardExecutor;
import io.pathwise.solve.ShardResult;
import io.pathwise.solve.SimulationPlan;
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
