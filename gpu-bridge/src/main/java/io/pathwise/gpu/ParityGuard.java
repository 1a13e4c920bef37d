package io.pathwise.gpu;

import io.pathwise.solve.Carry;
import io.pathwise.solve.CpuExecutor;
import io.pathwise.solve.DeviceException;
import io.pathwise.solve.Diagnosis;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardResult;
import io.pathwise.solve.ShardRunner;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds the first shard of a device against the CPU's, bit by bit: a device that rounds other than
 * IEEE 754 says gives other numbers, and a run must not go on with them.
 */
final class ParityGuard implements ShardRunner {
  private final PathRun run;
  private final ShardRunner device;
  private final String name;
  private final Runnable passed;
  private boolean done;

  /**
   * Guards a runner.
   *
   * @param name the device in words
   * @param passed called once the check has passed
   */
  ParityGuard(PathRun run, ShardRunner device, String name, Runnable passed) {
    this.run = run;
    this.device = device;
    this.name = name;
    this.passed = passed;
  }

  @Override
  public int batch() {
    return device.batch();
  }

  @Override
  public List<ShardResult> run(List<Shard> shards, PathSink sink, Carry carry) {
    if (done || shards.isEmpty()) {
      return device.run(shards, sink, carry);
    }
    Values first = new Values();
    CarriedRows carried = new CarriedRows(carry);
    List<ShardResult> results =
        device.run(
            shards,
            (output, paths, values, n) -> {
              first.accept(output, paths, values, n);
              sink.accept(output, paths, values, n);
            },
            carried);
    check(results.get(0), first, carried);
    done = true;
    passed.run();
    return results;
  }

  private void check(ShardResult result, Values captured, CarriedRows carried) {
    Values expected = new Values();
    ShardResult reference =
        new CpuExecutor().open(run).run(List.of(result.shard()), expected, carried.again()).get(0);
    double[] sums = result.sums();
    for (int i = 0; i < sums.length; i++) {
      if (differ(sums[i], reference.sums()[i])) {
        throw failure(result.shard(), new Diagnosis(run).describe(i), sums[i], reference.sums()[i]);
      }
    }
    carried
        .difference()
        .ifPresent(
            d -> {
              throw failure(result.shard(), d.what(run), d.first(), d.second());
            });
    captured.byOutput.forEach(
        (output, values) -> {
          double[] other = expected.byOutput.get(output);
          for (int i = 0; i < values.length; i++) {
            if (differ(values[i], other[i])) {
              throw failure(result.shard(), "output " + output + " of a path", values[i], other[i]);
            }
          }
        });
  }

  private static boolean differ(double a, double b) {
    return Double.doubleToRawLongBits(a) != Double.doubleToRawLongBits(b);
  }

  private DeviceException failure(Shard shard, String what, double here, double cpu) {
    return new DeviceException(
        ("gpu.parity-check: in shard %d %s is %s (0x%016x) on %s and %s (0x%016x) on the CPU: the"
                + " device breaks IEEE 754 arithmetic; use simulation.backend = cpu")
            .formatted(
                shard.number(),
                what,
                here,
                Double.doubleToRawLongBits(here),
                name,
                cpu,
                Double.doubleToRawLongBits(cpu)),
        true);
  }

  /** The captured values of the first shard. */
  private static final class Values implements PathSink {
    private final Map<Integer, double[]> byOutput = new TreeMap<>();

    @Override
    public void accept(int output, long[] paths, double[] values, int n) {
      byOutput.putIfAbsent(output, Arrays.copyOf(values, n));
    }
  }
}
