package io.pathwise.spark.run;

import io.pathwise.solve.Carry;
import io.pathwise.solve.ComputeDevice;
import io.pathwise.solve.DeviceException;
import io.pathwise.solve.DeviceRequest;
import io.pathwise.solve.PathRun;
import io.pathwise.solve.PathSink;
import io.pathwise.solve.Shard;
import io.pathwise.solve.ShardExecutor;
import io.pathwise.solve.ShardResult;
import io.pathwise.solve.ShardRunner;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The OpenCL executor with a device that is lost a few times in the middle of a task. */
public final class LosingExecutor implements ShardExecutor {
  static final String NAME = "losing";

  /** How often the device is still to be lost. */
  static final AtomicInteger LOSSES = new AtomicInteger();

  /** Found late: finding executors makes one of each. */
  private static ShardExecutor gpu() {
    return Executors.named("gpu");
  }

  @Override
  public String backend() {
    return NAME;
  }

  @Override
  public List<ComputeDevice> devices() {
    return List.of();
  }

  @Override
  public ComputeDevice device(DeviceRequest request) {
    return gpu().device(request);
  }

  @Override
  public String source(PathRun run) {
    return gpu().source(run);
  }

  @Override
  public ShardRunner open(PathRun run, DeviceRequest request) {
    ShardRunner runner = gpu().open(run, request);
    return new ShardRunner() {
      @Override
      public int batch() {
        return 1;
      }

      @Override
      public List<ShardResult> run(List<Shard> shards, PathSink sink, Carry carry) {
        List<ShardResult> results = runner.run(shards, sink, carry);
        if (LOSSES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          throw new DeviceException("the device is lost");
        }
        return results;
      }
    };
  }
}
